#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "images/exif.h"

namespace wujin::images {

struct ExifFields {
  int orientation = 1;
  ExifClaims claims;
};

// The TIFF block, without "Exif\0\0". The moment is written in China time with its offset.
std::string exif_block(const ExifFields& fields);

// `jpeg` with the block as its first segment.
std::string with_exif(std::string_view jpeg, const ExifFields& fields);

}  // namespace wujin::images
