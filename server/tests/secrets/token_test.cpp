#include "secrets/token.h"

#include <gtest/gtest.h>

#include <set>

#include "base/text.h"
#include "secrets/login.h"

namespace wujin::secrets {
namespace {

TEST(Token, holds_256_random_bits_that_fit_a_link) {
  SystemRandomness randomness;
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) {
    const auto token = make_token(randomness);
    EXPECT_EQ(token.size(), 43u);
    EXPECT_EQ(token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"), std::string::npos);
    EXPECT_TRUE(seen.insert(token).second);
  }
}

TEST(Token, is_stored_as_its_sha256) {
  const auto digest = digest_of("abc");
  EXPECT_EQ(to_hex(std::string_view(reinterpret_cast<const char*>(digest.data()), digest.size())),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Token, compares_whole) {
  EXPECT_TRUE(is_equal_in_constant_time("abc", "abc"));
  EXPECT_TRUE(is_equal_in_constant_time("", ""));
  for (const char* other : {"abd", "xbc", "ab", "abcd", ""}) EXPECT_FALSE(is_equal_in_constant_time("abc", other));
}

TEST(Login, has_one_form_however_it_is_typed) {
  const struct {
    const char *typed, *normal;
  } cases[] = {
      {"Zhang01", "zhang01"},
      {"  zhang01\t", "zhang01"},
      {"　张三　", "张三"},
      {"ＺＨＡＮＧ０１", "zhang01"},
      {"张三＠宝峰", "张三@宝峰"},
      {"", ""},
      {"！～", "!~"},
      {"｡", "｡"},
      {"ÄB", "Äb"},
  };
  for (const auto& c : cases) EXPECT_EQ(normalised_login(c.typed), c.normal) << c.typed;
}

}  // namespace
}  // namespace wujin::secrets
