#include "base/id.h"

#include <algorithm>
#include <cstring>

#include "base/randomness.h"

namespace wujin {
namespace {

constexpr bool is_dash_position(std::size_t position) {
  return position == 8 || position == 13 || position == 18 || position == 23;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// Which version of RFC 9562 the bytes are, in their variant.
void mark(Uuid::Bytes& bytes, unsigned version) {
  bytes[6] = (bytes[6] & std::byte{0x0F}) | static_cast<std::byte>(version << 4);
  bytes[8] = (bytes[8] & std::byte{0x3F}) | std::byte{0x80};
}

}  // namespace

std::optional<Uuid> Uuid::parse(std::string_view text) {
  if (text.size() != 36) return std::nullopt;
  Bytes bytes{};
  std::size_t digit = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_dash_position(i)) {
      if (text[i] != '-') return std::nullopt;
      continue;
    }
    const int value = hex_digit(text[i]);
    if (value < 0) return std::nullopt;
    bytes[digit / 2] |= static_cast<std::byte>(digit % 2 == 0 ? value << 4 : value);
    ++digit;
  }
  const Uuid uuid(bytes);
  if (uuid.is_nil()) return std::nullopt;
  return uuid;
}

std::optional<Uuid> Uuid::from_bytes(std::span<const std::byte> bytes) {
  Bytes copy{};
  if (bytes.size() != copy.size()) return std::nullopt;
  std::copy(bytes.begin(), bytes.end(), copy.begin());
  return Uuid(copy);
}

Uuid Uuid::random(Randomness& randomness) {
  Bytes bytes{};
  randomness.fill(bytes);
  mark(bytes, 4);
  return Uuid(bytes);
}

Uuid Uuid::born(Instant at, Randomness& randomness) {
  Bytes bytes{};
  randomness.fill(bytes);
  auto milliseconds = static_cast<std::uint64_t>(at.time_since_epoch().count());
  for (int i = 5; i >= 0; --i, milliseconds >>= 8)
    bytes[static_cast<std::size_t>(i)] = static_cast<std::byte>(milliseconds & 0xFF);
  mark(bytes, 7);
  return Uuid(bytes);
}

std::string Uuid::to_string() const {
  static constexpr char digits[] = "0123456789abcdef";
  std::string text(36, '-');
  std::size_t at = 0;
  for (const std::byte byte : bytes_) {
    if (is_dash_position(at)) ++at;
    text[at++] = digits[std::to_integer<unsigned>(byte) >> 4];
    text[at++] = digits[std::to_integer<unsigned>(byte) & 0xF];
  }
  return text;
}

}  // namespace wujin

std::size_t std::hash<wujin::Uuid>::operator()(const wujin::Uuid& uuid) const noexcept {
  std::uint64_t halves[2];
  std::memcpy(halves, uuid.bytes().data(), sizeof halves);
  // Ids come from strangers' phones: mix both halves so that a chosen half cannot pile up one bucket.
  return static_cast<std::size_t>(halves[0] * 0x9E3779B97F4A7C15ull ^ (halves[1] + 0x7F4A7C159E3779B9ull));
}
