#include "mailbox/pictures.h"

#include <stdexcept>

#include "base/number.h"
#include "documents/word_reading.h"
#include "files/digests.h"

namespace wujin::mailbox {
namespace {

template <class List>
const typename List::value_type* element(const List& list, int index) {
  if (index < 0 || static_cast<std::size_t>(index) >= list.size()) return nullptr;
  return &list[static_cast<std::size_t>(index)];
}

const Part* loose_part(const Contents& contents, int number) {
  const int* part = element(contents.loose, number);
  return part == nullptr ? nullptr : element(contents.parts, *part);
}

}  // namespace

Result<std::string> picture_of(const files::Vault& vault, const Contents& contents, const PictureRef& picture) {
  if (picture.source == -1) {
    const Part* part = loose_part(contents, picture.number);
    if (part == nullptr) return Problem(ProblemCode::not_found);
    return vault.read(files::stored_hash(part->sha256));
  }
  const TextSource* source = element(contents.sources, picture.source);
  if (source == nullptr) return Problem(ProblemCode::not_found);
  const std::string* name = element(source->pictures, picture.number);
  if (name == nullptr) return Problem(ProblemCode::not_found);
  const bool is_letter = source->part == -1;
  const Part* document = element(contents.parts, is_letter ? parse_number<int>(*name).value_or(-1) : source->part);
  if (document == nullptr) return Problem(ProblemCode::not_found);
  if (is_letter) return vault.read(files::stored_hash(document->sha256));
  const auto word = documents::WordFile::open(vault.path(files::stored_hash(source->converted.value_or(document->sha256))));
  if (!word) return word.error();
  return word->picture(*name);
}

std::string_view shown_picture_type(std::string_view bytes) {
  using namespace std::string_view_literals;
  if (bytes.starts_with("\xFF\xD8\xFF"sv)) return "image/jpeg";
  if (bytes.starts_with("\x89PNG\r\n\x1A\n"sv)) return "image/png";
  if (bytes.starts_with("GIF87a"sv) || bytes.starts_with("GIF89a"sv)) return "image/gif";
  if (bytes.starts_with("RIFF"sv) && bytes.size() >= 12 && bytes.substr(8, 4) == "WEBP"sv) return "image/webp";
  return "";
}

bool is_picture(std::string_view bytes) {
  if (!shown_picture_type(bytes).empty()) return true;
  if (bytes.size() < 12 || bytes.substr(4, 4) != "ftyp") return false;
  const auto brand = bytes.substr(8, 4);
  return brand == "heic" || brand == "heix" || brand == "mif1" || brand == "msf1" || brand == "hevc";
}

}  // namespace wujin::mailbox
