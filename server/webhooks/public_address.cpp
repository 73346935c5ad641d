#include "webhooks/public_address.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

#include <arpa/inet.h>
#include <netinet/in.h>

namespace wujin::webhooks {
namespace {

struct Network {
  std::uint32_t from;
  int bits;
};

constexpr std::uint32_t v4(unsigned a, unsigned b, unsigned c, unsigned d) { return a << 24U | b << 16U | c << 8U | d; }

// RFC 6890 and the registry of special-purpose addresses.
constexpr Network not_public[] = {
    {v4(0, 0, 0, 0), 8},      {v4(10, 0, 0, 0), 8},     {v4(100, 64, 0, 0), 10}, {v4(127, 0, 0, 0), 8},
    {v4(169, 254, 0, 0), 16}, {v4(172, 16, 0, 0), 12},  {v4(192, 0, 0, 0), 24},  {v4(192, 0, 2, 0), 24},
    {v4(192, 88, 99, 0), 24}, {v4(192, 168, 0, 0), 16}, {v4(198, 18, 0, 0), 15}, {v4(198, 51, 100, 0), 24},
    {v4(203, 0, 113, 0), 24}, {v4(224, 0, 0, 0), 4},    {v4(240, 0, 0, 0), 4},
};

bool is_within(std::uint32_t address, const Network& network) {
  return (address ^ network.from) >> static_cast<unsigned>(32 - network.bits) == 0;
}

bool is_public_v4(std::uint32_t address) {
  return std::ranges::none_of(not_public, [&](const Network& network) { return is_within(address, network); });
}

std::uint32_t v4_at(const std::uint8_t* bytes) { return v4(bytes[0], bytes[1], bytes[2], bytes[3]); }

bool is_public_v6(const in6_addr& address) {
  const std::uint8_t* bytes = address.s6_addr;
  // 64:ff9b::/96 leads to IPv4, 2002::/16 too; of the rest only 2000::/3 is given out, without its documentation and Teredo
  // parts.
  constexpr std::array<std::uint8_t, 12> nat64 = {0x00, 0x64, 0xff, 0x9b};
  if (IN6_IS_ADDR_V4MAPPED(&address)) return is_public_v4(v4_at(bytes + 12));
  if (std::memcmp(bytes, nat64.data(), nat64.size()) == 0) return is_public_v4(v4_at(bytes + 12));
  if (bytes[0] == 0x20 && bytes[1] == 0x02) return is_public_v4(v4_at(bytes + 2));
  if ((bytes[0] & 0xE0U) != 0x20) return false;
  const bool is_teredo_or_special = bytes[0] == 0x20 && bytes[1] == 0x01 && (bytes[2] & 0xFEU) == 0;
  const bool is_documentation = bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0x0d && bytes[3] == 0xb8;
  return !is_teredo_or_special && !is_documentation;
}

std::uint32_t v4_of(const sockaddr& address) { return ntohl(reinterpret_cast<const sockaddr_in&>(address).sin_addr.s_addr); }

}  // namespace

bool is_public(const sockaddr& address) {
  if (address.sa_family == AF_INET) return is_public_v4(v4_of(address));
  if (address.sa_family == AF_INET6) return is_public_v6(reinterpret_cast<const sockaddr_in6&>(address).sin6_addr);
  return false;
}

bool is_loopback(const sockaddr& address) {
  if (address.sa_family == AF_INET) return is_within(v4_of(address), {v4(127, 0, 0, 0), 8});
  if (address.sa_family != AF_INET6) return false;
  return IN6_IS_ADDR_LOOPBACK(&reinterpret_cast<const sockaddr_in6&>(address).sin6_addr);
}

}  // namespace wujin::webhooks
