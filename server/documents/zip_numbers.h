#pragma once

#include <cstdint>
#include <string>

namespace wujin::documents {

// Numbers as a ZIP writes them, the low byte first.
inline void append16(std::string& out, std::uint16_t number) {
  out += static_cast<char>(number & 0xff);
  out += static_cast<char>(number >> 8);
}

inline void append32(std::string& out, std::uint32_t number) {
  append16(out, static_cast<std::uint16_t>(number & 0xffff));
  append16(out, static_cast<std::uint16_t>(number >> 16));
}

inline void append64(std::string& out, std::uint64_t number) {
  append32(out, static_cast<std::uint32_t>(number & 0xffffffff));
  append32(out, static_cast<std::uint32_t>(number >> 32));
}

}  // namespace wujin::documents
