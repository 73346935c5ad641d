#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "images/container.h"
#include "images/planes.h"

namespace wujin::images {

struct Jpeg {
  Planes planes;
  std::vector<std::uint8_t> profile;  // ICC; empty when it names none
};

// A JPEG in grey or YCbCr, as every camera writes it, as stored, its longer side brought down to `longest` while it is decoded:
// the decoder halves as far as it can, the rest is interpolated row by row, so that of a baseline file no more than the
// result and a few rows is ever held (of a progressive one libjpeg holds all). None when it is of another kind or does not
// decode.
std::optional<Jpeg> decode_jpeg(Bytes file, int longest);

// A baseline JPEG without any metadata. `quality` as libjpeg counts it, 1 to 100.
std::string encode_jpeg(const Planes& planes, int quality);

}  // namespace wujin::images
