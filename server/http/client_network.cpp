#include "http/client_network.h"

#include <arpa/inet.h>

#include <array>

namespace wujin::http {

std::string client_network(std::string_view address) {
  std::string text(address);
  in6_addr parsed{};
  if (inet_pton(AF_INET6, text.c_str(), &parsed) != 1) return text;
  std::array<char, INET6_ADDRSTRLEN> written{};
  if (IN6_IS_ADDR_V4MAPPED(&parsed)) {
    return inet_ntop(AF_INET, &parsed.s6_addr[12], written.data(), written.size());
  }
  for (std::size_t i = 8; i < sizeof parsed.s6_addr; ++i) parsed.s6_addr[i] = 0;
  return std::string(inet_ntop(AF_INET6, &parsed, written.data(), written.size())) + "/64";
}

}  // namespace wujin::http
