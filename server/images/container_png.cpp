#include <string_view>

#include "images/container.h"

namespace wujin::images {

using namespace std::string_view_literals;

Result<Container> walk_png(Bytes bytes) {
  Container found;
  found.format = Format::png;
  std::size_t at = 8;
  bool has_pixels = false;
  while (true) {
    if (bytes.size() - at < 12) return Problem(ProblemCode::picture_truncated);
    if (found.extras.size() > most_extras) return Problem(ProblemCode::picture_broken);
    const auto length = big_endian(bytes, at, 4);
    if (length > bytes.size() - at - 12) return Problem(ProblemCode::picture_truncated);
    const auto body = bytes.subspan(at + 8, length);
    if (at == 8) {
      if (!has_text(bytes, at + 4, "IHDR"sv) || length != 13) return Problem(ProblemCode::picture_broken);
      found.width = big_endian(body, 0, 4);
      found.height = big_endian(body, 4, 4);
      found.whole_frame = body[12] != std::byte{0};
    } else if (has_text(bytes, at + 4, "IDAT"sv)) {
      has_pixels = true;
    } else if (has_text(bytes, at + 4, "eXIf"sv)) {
      found.exif = copy_of(body);
      found.extras.push_back(body);
    } else {
      found.extras.push_back(body);
    }
    const bool last = has_text(bytes, at + 4, "IEND"sv);
    at += std::size_t{12} + length;
    if (last) break;
  }
  if (!has_pixels) return Problem(ProblemCode::picture_broken);
  if (at < bytes.size()) found.extras.push_back(bytes.subspan(at));
  return found;
}

}  // namespace wujin::images
