#include <cstring>
#include <string_view>

#include "images/container.h"

namespace wujin::images {
namespace {

using namespace std::string_view_literals;

constexpr std::uint32_t start_of_scan = 0xda;
constexpr std::uint32_t end_of_image = 0xd9;

bool is_frame_header(std::uint32_t marker) {
  return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}
bool stands_alone(std::uint32_t marker) { return marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8); }

// The first marker after compressed data: 0xff followed by neither stuffing, fill nor a restart.
std::size_t after_compressed(Bytes bytes, std::size_t at) {
  while (at + 1 < bytes.size()) {
    const auto* const found = static_cast<const std::byte*>(std::memchr(bytes.data() + at, 0xff, bytes.size() - 1 - at));
    if (found == nullptr) break;
    at = static_cast<std::size_t>(found - bytes.data());
    const auto next = std::to_integer<std::uint32_t>(bytes[at + 1]);
    if (next == 0xff) {
      ++at;
    } else if (next == 0 || (next >= 0xd0 && next <= 0xd7)) {
      at += 2;
    } else {
      return at;
    }
  }
  return bytes.size();
}

Result<> read_frame_header(Bytes segment, std::uint32_t marker, Container& found) {
  if (segment.size() < 6) return Problem(ProblemCode::picture_broken);
  if (found.width != 0) return Problem(ProblemCode::picture_broken);
  found.height = big_endian(segment, 1, 2);
  found.width = big_endian(segment, 3, 2);
  found.whole_frame = marker != 0xc0 && marker != 0xc1;
  return {};
}

}  // namespace

Result<Container> walk_jpeg(Bytes bytes) {
  Container found;
  found.format = Format::jpeg;
  std::size_t at = 2;
  bool scanned = false;
  while (true) {
    if (at + 2 > bytes.size()) return Problem(ProblemCode::picture_truncated);
    if (bytes[at] != std::byte{0xff}) return Problem(ProblemCode::picture_broken);
    if (found.extras.size() > most_extras) return Problem(ProblemCode::picture_broken);
    const auto marker = std::to_integer<std::uint32_t>(bytes[at + 1]);
    if (marker == 0xff) {
      ++at;
      continue;
    }
    at += 2;
    if (marker == end_of_image) break;
    if (stands_alone(marker)) continue;
    if (at + 2 > bytes.size()) return Problem(ProblemCode::picture_truncated);
    const auto length = big_endian(bytes, at, 2);
    if (length < 2) return Problem(ProblemCode::picture_broken);
    if (length > bytes.size() - at) return Problem(ProblemCode::picture_truncated);
    const auto segment = bytes.subspan(at + 2, length - 2);
    at += length;
    if (is_frame_header(marker)) {
      if (const auto read = read_frame_header(segment, marker, found); !read) return read.error();
    } else if (marker == start_of_scan) {
      if (found.width == 0) return Problem(ProblemCode::picture_broken);
      scanned = true;
      at = after_compressed(bytes, at);
    } else if (marker == 0xe1 && found.exif.empty() && has_text(segment, 0, "Exif\0\0"sv)) {
      found.exif = copy_of(segment.subspan(6));
      found.extras.push_back(segment);
    } else if (marker >= 0xe0) {
      found.extras.push_back(segment);
    }
  }
  if (!scanned) return Problem(ProblemCode::picture_broken);
  // Phones append a second, smaller picture or a short film; what matters is that it is no page.
  if (at < bytes.size()) found.extras.push_back(bytes.subspan(at));
  return found;
}

}  // namespace wujin::images
