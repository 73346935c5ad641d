#pragma once

#include "images/container.h"
#include "images/vips.h"

namespace wujin::images {

// A baseline JPEG, as stored, its longer side brought down to `longest` while it is decoded; with its colour profile. The decoder
// halves as far as it can, the rest is interpolated row by row, so that no more than the result and a few rows is ever held.
// Null when it does not decode.
Image decode_jpeg(Bytes file, int longest);

// Whether the above takes it: of the kind every camera writes. The others go by libvips.
bool is_plain_jpeg(const Container& container);

}  // namespace wujin::images
