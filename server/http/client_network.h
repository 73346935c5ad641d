#pragma once

#include <string>
#include <string_view>

namespace wujin::http {

// What tells one client from another when requests are counted: an IPv4 address, also one mapped into IPv6, or the /64 of an
// IPv6 address, since whoever has one address of a /64 has all of them. What is no address stands for itself.
std::string client_network(std::string_view address);

}  // namespace wujin::http
