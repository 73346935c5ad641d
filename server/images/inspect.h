#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/result.h"

// What a received file is, told by its content and never by its name.
namespace wujin::images {

enum class Format : std::uint8_t { jpeg, png, webp, heic };

std::string_view media_type(Format format);      // image/jpeg …
std::string_view file_extension(Format format);  // jpg …

struct Inspection {
  Format format = Format::jpeg;
  int width = 0;  // pixels, turned upright
  int height = 0;
};

// No picture is larger than this on a side or in all; what a decoder must hold whole (progressive JPEG, interlaced PNG, WebP,
// HEIC) is held to half. A 12 MP phone picture is far below, a decompression bomb above.
inline constexpr int longest_side = 30'000;
inline constexpr std::int64_t most_pixels = 100'000'000;

// Reads headers and structure only. Problems: picture_unknown (not one of the four formats: SVG, HTML, archives …),
// picture_truncated, picture_broken, picture_too_big, picture_with_script (script or markup among its metadata or behind it).
// That it decodes is not promised: render() finds out.
Result<Inspection> inspect(std::span<const std::byte> bytes);

}  // namespace wujin::images
