#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "base/clock.h"

// What a camera wrote beside the pixels: claims, never proof (domain.md, rule 5).
namespace wujin::images {

struct ExifClaims {
  std::optional<Instant> taken_at;  // China time when the camera names no offset
  std::optional<double> latitude;   // degrees, north positive; both or none
  std::optional<double> longitude;  // degrees, east positive
};

// Of a whole JPEG, PNG, WebP or HEIC file. Malformed EXIF claims nothing and is never an error.
ExifClaims read_exif(std::span<const std::byte> file);

// 1 to 8 as EXIF defines it, 1 when it says nothing sensible. `tiff` is the block without "Exif\0\0"; may be empty.
int orientation_of(std::span<const std::byte> tiff);
// Whether turning it upright swaps width and height.
constexpr bool swaps_sides(int orientation) { return orientation >= 5; }

}  // namespace wujin::images
