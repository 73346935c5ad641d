#include "base/randomness.h"

#include <sys/random.h>

#include <cerrno>
#include <system_error>

namespace wujin {

void SystemRandomness::fill(std::span<std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t got = ::getrandom(bytes.data(), bytes.size(), 0);
    if (got < 0) {
      if (errno == EINTR) continue;
      throw std::system_error(errno, std::generic_category(), "getrandom");
    }
    bytes = bytes.subspan(static_cast<std::size_t>(got));
  }
}

// SplitMix64: small, well spread, and the same on every machine.
std::uint64_t SeededRandomness::next() {
  std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ull);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
  return z ^ (z >> 31);
}

void SeededRandomness::fill(std::span<std::byte> bytes) {
  for (std::byte& byte : bytes) byte = static_cast<std::byte>(next() & 0xFF);
}

std::uint64_t SeededRandomness::below(std::uint64_t below) { return next() % below; }

}  // namespace wujin
