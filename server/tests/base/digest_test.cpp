#include "base/digest.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace wujin {
namespace {

TEST(Digest, agrees_with_the_examples_of_FIPS_180) {
  EXPECT_EQ(to_hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(to_hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
}  // namespace wujin
