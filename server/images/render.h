#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "base/result.h"
#include "images/fingerprint.h"

namespace wujin::images {

inline constexpr int small_side = 320;   // lists
inline constexpr int large_side = 1280;  // a page, and the picture in Word

// A smaller copy: upright, sRGB, on white, without any metadata.
struct Rendition {
  std::string jpeg;
  int width = 0;
  int height = 0;
};

struct Rendered {
  Rendition small;
  Rendition large;
  Fingerprint fingerprint = 0;
};

// Decodes once, no larger than needed, and draws both sizes; a picture smaller than a size is not enlarged. `file` is whole and
// has passed inspect(); the problem picture_broken says that it does not decode all the same. Meant for a worker thread of idle
// priority; safe to call from several.
Result<Rendered> render(std::span<const std::byte> file);

}  // namespace wujin::images
