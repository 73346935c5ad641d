#include "documents/zip_reader.h"

#include <zip.h>

#include <algorithm>
#include <memory>
#include <set>

#include "base/text.h"
#include "documents/package_problem.h"
#include "documents/part_names.h"

namespace wujin::documents {
namespace {

struct CloseArchive {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct CloseFile {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};
using Archive = std::unique_ptr<zip_t, CloseArchive>;
using File = std::unique_ptr<zip_file_t, CloseFile>;

Problem too_large(std::string_view what, std::size_t limit) {
  return {ProblemCode::template_too_large, {{"what", std::string(what)}, {"limit", std::to_string(limit)}}};
}

Archive open(std::string_view bytes) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  zip_t* archive = source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &error);
  if (archive == nullptr && source != nullptr) zip_source_free(source);
  zip_error_fini(&error);
  return Archive(archive);
}

bool is_safe_name(std::string_view name) {
  if (name.empty() || name.size() > 200 || name.front() == '/' || !is_utf8_text(name)) return false;
  if (name.find_first_of("\\:") != std::string_view::npos) return false;
  return has_plain_steps(name);
}

// Judged before a byte is unpacked.
Result<> check(const zip_stat_t& told, const ZipLimits& limits) {
  const std::string name = told.name;
  if (!is_safe_name(name)) return about(ProblemCode::template_unsafe_path, name);
  if ((told.valid & ZIP_STAT_ENCRYPTION_METHOD) && told.encryption_method != ZIP_EM_NONE) {
    return about(ProblemCode::template_unsafe_packing, name);
  }
  if (told.comp_method != ZIP_CM_STORE && told.comp_method != ZIP_CM_DEFLATE) {
    return about(ProblemCode::template_unsafe_packing, name);
  }
  if (told.size > limits.entry) return too_large(name, limits.entry);
  if (told.size > limits.ratio_from && told.size / limits.ratio > told.comp_size) {
    return about(ProblemCode::template_bomb, name);
  }
  return {};
}

// Reads at most what the directory told, one byte more being a lie.
Result<std::string> unpack(zip_t* archive, zip_uint64_t index, const zip_stat_t& told) {
  const File file(zip_fopen_index(archive, index, 0));
  if (!file) return about(ProblemCode::template_damaged, told.name);
  std::string bytes(static_cast<std::size_t>(told.size) + 1, '\0');
  std::size_t length = 0;
  while (length < bytes.size()) {
    const auto got = zip_fread(file.get(), bytes.data() + length, bytes.size() - length);
    if (got < 0) return about(ProblemCode::template_damaged, told.name);
    if (got == 0) break;
    length += static_cast<std::size_t>(got);
  }
  if (length != told.size) return about(ProblemCode::template_damaged, told.name);
  bytes.resize(length);
  return bytes;
}

}  // namespace

Result<ZipEntries> read_zip(std::string_view bytes, const ZipLimits& limits) {
  if (bytes.size() > limits.file) return too_large(".docx", limits.file);
  const Archive archive = open(bytes);
  if (!archive) return Problem(ProblemCode::template_not_word);
  const auto count = static_cast<std::size_t>(std::max<zip_int64_t>(zip_get_num_entries(archive.get(), 0), 0));
  if (count > limits.entries) return too_large("ZIP", limits.entries);

  ZipEntries entries;
  std::set<std::string> names;  // a package's names are compared without case
  std::size_t total = 0;
  for (std::size_t index = 0; index < count; ++index) {
    zip_stat_t told;
    if (zip_stat_index(archive.get(), index, 0, &told) != 0 || told.name == nullptr)
      return Problem(ProblemCode::template_not_word);
    if (auto judged = check(told, limits); !judged) return judged.error();
    const std::string_view name = told.name;
    if (name.back() == '/') continue;
    if (!names.insert(lower_case(name)).second) {
      return about(ProblemCode::template_unsafe_path, name);
    }
    total += told.size;
    if (total > limits.total) return too_large("ZIP", limits.total);
    auto content = unpack(archive.get(), index, told);
    if (!content) return content.error();
    entries.emplace(name, std::move(*content));
  }
  return entries;
}

}  // namespace wujin::documents
