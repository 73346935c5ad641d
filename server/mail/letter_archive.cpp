#include "mail/letter_archive.h"

#include <zip.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>

#include "mail/letter_charset.h"
#include "mail/letter_faults.h"
#include "mail/letter_header.h"

namespace wujin::mail {
namespace {

// libzip keeps the whole directory in memory: past this many entries an archive is not opened.
constexpr std::uint64_t most_entries = 10'000;
constexpr std::uint64_t largest_directory = 4u << 20;
// A blank bitmap deflates to a thousandth, which is well; what is larger and still that dense was made to burst.
constexpr std::uint64_t free_bytes = 16u << 20;
constexpr std::uint64_t densest = 200;

struct Close {
  void operator()(zip_t* zip) const { zip_discard(zip); }
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};
using Zip = std::unique_ptr<zip_t, Close>;
using ZipFile = std::unique_ptr<zip_file_t, Close>;

std::uint64_t number_at(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint64_t value = 0;
  for (std::size_t i = size; i-- > 0;) value = value << 8 | static_cast<std::uint8_t>(at + i < bytes.size() ? bytes[at + i] : 0);
  return value;
}

bool is_small(std::uint64_t entries, std::uint64_t directory) {
  return entries <= most_entries && directory <= largest_directory;
}

// Each end of a directory there may be (APPNOTE.TXT 4.3.14 to 4.3.16) announces one that is small.
bool has_small_directory(const InputFile& file) {
  constexpr std::uint64_t tail = 65'557 + 20;
  const std::uint64_t begin = file.size() > tail ? file.size() - tail : 0;
  const std::string bytes = file.read({begin, file.size()}, tail);
  for (auto at = bytes.find("PK\x05\x06"); at != std::string::npos; at = bytes.find("PK\x05\x06", at + 1)) {
    const std::uint64_t entries = number_at(bytes, at + 10, 2), directory = number_at(bytes, at + 12, 4);
    const bool is_64 = at >= 20 && std::string_view(bytes).substr(at - 20, 4) == "PK\x06\x07";
    if (!is_64) {
      if (!is_small(entries, directory)) return false;
      continue;
    }
    const std::uint64_t record = number_at(bytes, at - 12, 8);
    if (record >= file.size()) return false;
    const std::string end = file.read({record, file.size()}, 56);
    if (end.size() < 56 || !is_small(number_at(end, 32, 8), number_at(end, 40, 8))) return false;
  }
  return true;
}

bool is_left_behind(std::string_view path, std::string_view name) {
  const std::string lowered = lower(name);
  return path.starts_with("__MACOSX/") || path.find("/__MACOSX/") != std::string_view::npos || lowered.starts_with("._") ||
         lowered == ".ds_store" || lowered == "thumbs.db" || lowered == "desktop.ini";
}

// The folders of a path, those that lead out of it left aside.
std::string folders_of(std::string_view path) {
  std::string folders;
  const auto last = path.rfind('/');
  if (last == std::string_view::npos) return folders;
  for (std::string_view rest = path.substr(0, last); !rest.empty();) {
    const auto slash = std::min(rest.find('/'), rest.size());
    const std::string folder = clean_name(rest.substr(0, slash));
    if (!folder.empty() && folders.size() < 500) folders += (folders.empty() ? "" : "/") + folder;
    rest.remove_prefix(std::min(slash + 1, rest.size()));
  }
  return folders;
}

class Unpacking {
 public:
  Unpacking(const Attachment& archive, zip_t* zip, Basket& basket, int depth)
      : zip_(zip),
        basket_(basket),
        depth_(depth),
        archive_(archive_within(archive.archive, archive.name.empty() ? "zip" : archive.name)) {}

  bool run() {
    const zip_int64_t count = zip_get_num_entries(zip_, 0);
    for (zip_uint64_t entry = 0; entry < static_cast<zip_uint64_t>(std::max<zip_int64_t>(count, 0)); ++entry) {
      if (!take(entry)) break;
    }
    return is_whole_ && has_any_;
  }

 private:
  // False: no more of them.
  bool take(zip_uint64_t entry) {
    const char* raw = zip_get_name(zip_, entry, ZIP_FL_ENC_RAW);
    if (raw == nullptr) return miss(Fault::archive_damaged);
    std::string path = to_utf8(raw);
    std::ranges::replace(path, '\\', '/');
    const std::string name = clean_name(path);
    if (path.ends_with('/') || is_left_behind(path, name)) return true;
    if (!basket_.may_unpack_another()) {
      is_whole_ = false;
      return false;
    }
    zip_stat_t stat;
    if (zip_stat_index(zip_, entry, 0, &stat) != 0) return miss(Fault::archive_damaged);
    const bool is_locked = (stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE;
    if (is_locked) return miss(Fault::archive_locked);
    const ZipFile file(zip_fopen_index(zip_, entry, 0));
    if (!file) return miss(Fault::archive_damaged);
    const auto filling = basket_.begin();
    if (!copy(file.get(), stat, *filling)) return true;
    Attachment attachment;
    attachment.name = name;
    attachment.media_type = media_type_of(name);
    attachment.archive = archive_;
    attachment.folder = folders_of(path);
    has_any_ = true;
    filling->put(std::move(attachment), depth_);
    return true;
  }

  bool copy(zip_file_t* file, const zip_stat_t& stat, Basket::Filling& filling) {
    std::string buffer(64u << 10, '\0');
    while (true) {
      const zip_int64_t got = zip_fread(file, buffer.data(), buffer.size());
      if (got < 0) return !miss(Fault::archive_damaged);
      if (got == 0) return true;
      const bool is_bursting = filling.bytes() > free_bytes && filling.bytes() / densest > stat.comp_size;
      if (is_bursting || !filling.append({buffer.data(), static_cast<std::size_t>(got)})) return !miss(Fault::too_large);
    }
  }

  bool miss(Fault fault) {
    note(basket_.faults(), fault);
    is_whole_ = false;
    return true;
  }

  zip_t* zip_;
  Basket& basket_;
  int depth_;
  std::string archive_;
  bool is_whole_ = true;
  bool has_any_ = false;
};

}  // namespace

bool is_zip(const Attachment& attachment) {
  static constexpr std::array zip_types = {"application/zip", "application/x-zip-compressed", "application/x-zip"};
  const std::string extension = extension_of(attachment.name);
  const bool is_typed = std::ranges::find(zip_types, attachment.media_type) != zip_types.end();
  if (extension != ".zip" && !(is_typed && extension.empty())) return false;
  const std::string begin = InputFile(attachment.file).read({0, 4}, 4);
  return begin == "PK\x03\x04" || begin == "PK\x05\x06";
}

bool unpack_zip(const Attachment& zip, Basket& basket, int depth) {
  if (!has_small_directory(InputFile(zip.file))) {
    note(basket.faults(), Fault::too_many_parts);
    return false;
  }
  int error = 0;
  const Zip opened(zip_open(zip.file.c_str(), ZIP_RDONLY, &error));
  if (!opened) {
    note(basket.faults(), Fault::archive_damaged);
    return false;
  }
  return Unpacking(zip, opened.get(), basket, depth).run();
}

std::vector<Attachment> unpack(const std::filesystem::path& archive, const std::string& name, const std::filesystem::path& folder,
                               const LetterLimits& limits, std::vector<Fault>& faults) {
  Attachment outer;
  outer.name = clean_name(name);
  outer.media_type = "application/zip";
  outer.file = archive;
  std::vector<Attachment> files;
  Basket basket(folder, limits, files, faults);
  const std::string begin = InputFile(archive).read({0, 4}, 4);
  if (begin == "PK\x03\x04" || begin == "PK\x05\x06") unpack_zip(outer, basket, 1);
  return files;
}

}  // namespace wujin::mail
