#include "http/client_network.h"

#include <gtest/gtest.h>

namespace wujin::http {
namespace {

TEST(ClientNetwork, is_the_address_of_ipv4_and_the_64_of_ipv6) {
  EXPECT_EQ(client_network("192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(client_network("::ffff:192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(client_network("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  EXPECT_EQ(client_network("2001:db8:1:2::9"), client_network("2001:0db8:0001:0002:ffff::"));
  EXPECT_NE(client_network("2001:db8:1:2::9"), client_network("2001:db8:1:3::9"));
}

TEST(ClientNetwork, is_what_was_given_when_that_is_no_address) {
  for (const char* odd : {"", "unknown", "192.0.2.7:80", "fe80::1%eth0", "[::1]"}) EXPECT_EQ(client_network(odd), odd);
}

}  // namespace
}  // namespace wujin::http
