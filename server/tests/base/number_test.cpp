#include "base/number.h"

#include <cstdint>

#include <gtest/gtest.h>

namespace wujin {
namespace {

TEST(Number, IsTheWholeOfTheText) {
  EXPECT_EQ(parse_number<int>("42"), 42);
  EXPECT_EQ(parse_number<int>("007"), 7);
  EXPECT_EQ(parse_number<int>("-3"), -3);
  EXPECT_EQ(parse_number<unsigned>("ff", 16), 255U);
  EXPECT_EQ(parse_number<std::uint16_t>("65535"), 65535);
}

TEST(Number, IsNoneWhenAnythingElseStandsThere) {
  for (const char* text : {"", " 1", "1 ", "+1", "1.0", "1e3", "0x1", "一", "-", "--1"}) {
    EXPECT_EQ(parse_number<int>(text), std::nullopt) << text;
  }
  EXPECT_EQ(parse_number<unsigned>("-1"), std::nullopt);
}

TEST(Number, IsNoneWhenItDoesNotFit) {
  EXPECT_EQ(parse_number<std::uint16_t>("65536"), std::nullopt);
  EXPECT_EQ(parse_number<int>("2147483648"), std::nullopt);
  EXPECT_EQ(parse_number<std::int64_t>("99999999999999999999"), std::nullopt);
}

}  // namespace
}  // namespace wujin
