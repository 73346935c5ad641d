#pragma once

#include "images/container.h"
#include "images/vips.h"

namespace wujin::images {

// A HEIC picture, upright, halved by averaging for as long as its longer side stays at least `least_side`; with its colour
// profile. libvips would keep the whole picture three times over and decode on every core; this holds it once and works on the
// caller's thread. Null when it does not decode.
Image decode_heic(Bytes file, int least_side);

}  // namespace wujin::images
