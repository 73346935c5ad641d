#include "ledgers/photo_archive.h"

#include <algorithm>
#include <stdexcept>
#include <tuple>
#include <unordered_map>

#include <fmt/format.h>

#include "base/calendar.h"
#include "base/digest.h"
#include "base/text.h"
#include "documents/file_name.h"
#include "files/digests.h"

namespace wujin::ledgers {
namespace {

// Together with date and number they stay below the 255 bytes a name may have on most disks.
constexpr std::size_t most_of_place = 20;
constexpr std::size_t most_of_title = 40;

std::string extension_of(std::string_view media_type) {
  if (media_type == "image/jpeg") return ".jpg";
  return media_type.starts_with("image/") ? "." + std::string(media_type.substr(6)) : "";
}

// Systems that take A and a for the same name would let one file fall upon the other.
std::string folded(std::string text) {
  for (char& letter : text) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return text;
}

std::string digest_of(const ShownPhoto& photo) { return files::stored_hash(photo.original.sha256); }

std::string etag_of(std::span<const documents::StoredFile> files, std::span<const std::string> digests) {
  std::string list;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const auto& file = files[i];
    list += file.name;
    list += '\0';
    list += digests[i] + std::to_string(file.size) + ' ' + std::to_string(file.crc32) + ' ';
    list += std::to_string(to_milliseconds(file.modified)) + '\n';
  }
  return to_hex(sha256(list)).substr(0, 32);
}

std::vector<std::string> digests_of(std::span<const ShownPhoto> shown) {
  std::vector<std::string> digests;
  digests.reserve(shown.size());
  for (const ShownPhoto& photo : shown) digests.push_back(digest_of(photo));
  return digests;
}

}  // namespace

void put_in_order(std::vector<ShownPhoto>& shown) {
  std::ranges::sort(shown, {}, [](const ShownPhoto& photo) {
    return std::tie(photo.place_order, photo.place_name, photo.held_at, photo.activity, photo.position);
  });
}

std::vector<documents::StoredFile> stored_files(std::span<const ShownPhoto> shown) {
  std::vector<documents::StoredFile> files;
  files.reserve(shown.size());
  std::unordered_map<std::string, int> numbers;
  for (const ShownPhoto& photo : shown) {
    const std::string place = documents::file_name(photo.place_name, "", most_of_place);
    const std::string stem = fmt::format("{}/{} {} {}", place, to_string(china_date(photo.held_at)), place,
                                         documents::file_name(photo.title, "", most_of_title));
    const int number = ++numbers[folded(stem)];
    files.push_back({fmt::format("{} {}{}", stem, number, extension_of(photo.original.media_type)), photo.original.bytes,
                     photo.original.crc32, photo.held_at});
  }
  return files;
}

PhotoArchive::PhotoArchive(std::span<const ShownPhoto> shown, const files::Vault& vault)
    : zip_(stored_files(shown)), digests_(digests_of(shown)), etag_(etag_of(zip_.files(), digests_)), vault_(vault) {}

http::Pieces::Piece PhotoArchive::at(std::uint64_t offset) const {
  auto part = zip_.at(offset);
  if (auto* bytes = std::get_if<std::string>(&part)) return std::move(*bytes);
  const auto& content = std::get<documents::StoredZip::Content>(part);
  return http::FilePart{vault_.path(digests_[content.file]), content.offset, content.length};
}

}  // namespace wujin::ledgers
