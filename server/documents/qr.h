#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace wujin::documents {

// The text as a QR code, an SVG without a size of its own: black modules on white with the quiet zone of four, error correction
// M. Errors: too_long past what a code can hold (2,331 bytes), required when empty.
Result<std::string> qr_svg(std::string_view text);

}  // namespace wujin::documents
