#pragma once

#include <string>
#include <string_view>

namespace wujin {

// The 32 bytes of SHA-256. Files of any size are hashed piece by piece where they are received.
std::string sha256(std::string_view bytes);

}  // namespace wujin
