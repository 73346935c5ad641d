#include "http/rate_limiter.h"

#include <gtest/gtest.h>

namespace wujin::http {
namespace {

using namespace std::chrono_literals;

class RateLimiting : public testing::Test {
 protected:
  ManualClock clock{parse_instant("2023-10-26T09:00:00+08:00").value()};
  RateLimiter limiter{clock, 3, 10s, 2};
};

TEST_F(RateLimiting, allows_a_burst_and_then_says_how_long_to_wait) {
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(limiter.take("a").has_value());
  const auto refused = limiter.take("a");
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code(), ProblemCode::too_many_requests);
  EXPECT_EQ(refused.error().parameters().front().second, "10");
  EXPECT_TRUE(limiter.take("b").has_value()) << "another key is not concerned";
}

TEST_F(RateLimiting, gives_one_back_after_each_refill) {
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(limiter.take("a").has_value());
  clock.advance(10s);
  EXPECT_TRUE(limiter.take("a").has_value());
  EXPECT_FALSE(limiter.take("a").has_value());
}

TEST_F(RateLimiting, forgets_full_buckets_rather_than_grow) {
  EXPECT_TRUE(limiter.take("a").has_value());
  clock.advance(60s);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(limiter.take("b").has_value());
  EXPECT_TRUE(limiter.take("c").has_value());
  EXPECT_FALSE(limiter.take("b").has_value()) << "a bucket in use is kept";
}

}  // namespace
}  // namespace wujin::http
