#pragma once

#include <sys/socket.h>

namespace wujin::webhooks {

// Whether an address is one of the open internet; those of this machine, of private, shared, link-local, multicast and reserved
// networks are not, also where an IPv6 address stands for such a one (RFC 6890).
bool is_public(const sockaddr& address);
bool is_loopback(const sockaddr& address);

}  // namespace wujin::webhooks
