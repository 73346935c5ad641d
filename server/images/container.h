#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "images/inspect.h"

// How the four formats are laid out on disk, read without decoding a pixel. Private to images.
namespace wujin::images {

using Bytes = std::span<const std::byte>;

// What walking a file's structure found.
struct Container {
  Format format = Format::jpeg;
  std::int64_t width = 0;  // as stored, before any turning
  std::int64_t height = 0;
  bool whole_frame = false;     // decoding holds the whole picture in memory: progressive, interlaced, WebP, HEIC
  bool upright = false;         // the decoder turns it itself (HEIC)
  std::vector<std::byte> exif;  // the TIFF block of EXIF, without "Exif\0\0"; empty when there is none
  std::vector<Bytes> extras;    // everything that is no pixel: where a script could hide
};

// No camera writes so many parts; a file of nothing but empty ones would cost more memory than its pixels.
inline constexpr std::size_t most_extras = 4096;

// Each answers the problem picture_unknown, picture_truncated or picture_broken when the bytes are not a whole file of the
// format.
Result<Container> walk_jpeg(Bytes bytes);
Result<Container> walk_png(Bytes bytes);
Result<Container> walk_webp(Bytes bytes);
Result<Container> walk_heic(Bytes bytes);

// Whichever of them fits the first bytes.
Result<Container> walk(Bytes bytes);

// By the first bytes alone.
std::optional<Format> sniff(Bytes bytes);

inline std::uint32_t big_endian(Bytes bytes, std::size_t at, int count) {
  std::uint32_t value = 0;
  for (int i = 0; i < count; ++i) value = value << 8 | std::to_integer<std::uint32_t>(bytes[at + static_cast<std::size_t>(i)]);
  return value;
}
inline std::uint32_t little_endian(Bytes bytes, std::size_t at, int count) {
  std::uint32_t value = 0;
  for (int i = count - 1; i >= 0; --i) {
    value = value << 8 | std::to_integer<std::uint32_t>(bytes[at + static_cast<std::size_t>(i)]);
  }
  return value;
}
inline std::vector<std::byte> copy_of(Bytes bytes) { return {bytes.begin(), bytes.end()}; }
bool has_text(Bytes bytes, std::size_t at, std::string_view text);

}  // namespace wujin::images
