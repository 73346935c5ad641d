#include <algorithm>
#include <string_view>

#include "images/container.h"

namespace wujin::images {
namespace {

using namespace std::string_view_literals;

// The size a lossy frame header or the lossless signature tells; both fields hold 14 bits, VP8L's less one.
Result<> read_frame(Bytes body, bool lossless, Container& found) {
  if (body.size() < 10) return Problem(ProblemCode::picture_broken);
  if (lossless) {
    if (body[0] != std::byte{0x2f}) return Problem(ProblemCode::picture_broken);
    const auto packed = little_endian(body, 1, 4);
    found.width = (packed & 0x3fff) + 1;
    found.height = (packed >> 14 & 0x3fff) + 1;
  } else {
    if (!has_text(body, 3, "\x9d\x01\x2a"sv)) return Problem(ProblemCode::picture_broken);
    found.width = little_endian(body, 6, 2) & 0x3fff;
    found.height = little_endian(body, 8, 2) & 0x3fff;
  }
  return {};
}

}  // namespace

Result<Container> walk_webp(Bytes bytes) {
  Container found;
  found.format = Format::webp;
  found.whole_frame = true;
  if (bytes.size() < 20) return Problem(ProblemCode::picture_truncated);
  const std::size_t end = std::size_t{8} + little_endian(bytes, 4, 4);
  if (end > bytes.size()) return Problem(ProblemCode::picture_truncated);
  std::size_t at = 12;
  std::int64_t canvas_width = 0;
  std::int64_t canvas_height = 0;
  while (at + 8 <= end) {
    if (found.extras.size() > most_extras) return Problem(ProblemCode::picture_broken);
    const std::size_t length = little_endian(bytes, at + 4, 4);
    if (length > end - at - 8) return Problem(ProblemCode::picture_truncated);
    const auto body = bytes.subspan(at + 8, length);
    if (has_text(bytes, at, "VP8X"sv)) {
      if (length < 10) return Problem(ProblemCode::picture_broken);
      canvas_width = std::int64_t{1} + little_endian(body, 4, 3);
      canvas_height = std::int64_t{1} + little_endian(body, 7, 3);
    } else if (has_text(bytes, at, "VP8 "sv) || has_text(bytes, at, "VP8L"sv)) {
      if (const auto read = read_frame(body, has_text(bytes, at, "VP8L"sv), found); !read) return read.error();
    } else if (has_text(bytes, at, "EXIF"sv)) {
      found.exif = copy_of(has_text(body, 0, "Exif\0\0"sv) ? body.subspan(6) : body);
      found.extras.push_back(body);
    } else if (!has_text(bytes, at, "ALPH"sv) && !has_text(bytes, at, "ANMF"sv)) {
      found.extras.push_back(body);
    }
    at += 8 + length + (length & 1);
  }
  // A moving picture has no frame of its own outside ANMF; it is shown by its first one.
  found.width = std::max(found.width, canvas_width);
  found.height = std::max(found.height, canvas_height);
  if (found.width == 0) return Problem(ProblemCode::picture_broken);
  if (end < bytes.size()) found.extras.push_back(bytes.subspan(end));
  return found;
}

}  // namespace wujin::images
