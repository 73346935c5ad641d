#include "people/throttle.h"

#include <gtest/gtest.h>

namespace wujin::people {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

const Instant start = from_milliseconds(1'698'282'000'000);

std::string wait_of(const Result<>& refused) {
  if (refused) return "";
  const Problem problem = refused.error();
  EXPECT_EQ(problem.code(), ProblemCode::too_many_requests);
  return std::string(problem.parameters().front().second);
}

TEST(Throttle, takes_as_many_as_a_window_holds_and_says_how_long_to_wait) {
  Throttle throttle(3, minutes(5));
  for (int second = 0; second < 3; ++second) EXPECT_TRUE(throttle.take("a", start + seconds(second)));
  EXPECT_EQ(wait_of(throttle.take("a", start + seconds(10))), "290");
  EXPECT_TRUE(throttle.take("b", start + seconds(10))) << "another key has a window of its own";
  EXPECT_EQ(wait_of(throttle.take("a", start + minutes(5) - std::chrono::milliseconds(1))), "1");
  EXPECT_TRUE(throttle.take("a", start + minutes(5)));
  EXPECT_EQ(wait_of(throttle.take("a", start + minutes(5))), "1") << "the second of the first three is still inside";
}

TEST(Throttle, does_not_lengthen_the_wait_of_who_keeps_knocking) {
  Throttle throttle(1, minutes(5));
  EXPECT_TRUE(throttle.take("a", start));
  for (int minute = 1; minute < 5; ++minute) EXPECT_FALSE(throttle.take("a", start + minutes(minute)));
  EXPECT_TRUE(throttle.take("a", start + minutes(5)));
}

TEST(Throttle, admits_without_counting_until_it_is_told_to) {
  Throttle throttle(2, minutes(5));
  for (int time = 0; time < 9; ++time) EXPECT_TRUE(throttle.admit("a", start));
  throttle.note("a", start);
  EXPECT_TRUE(throttle.admit("a", start));
  throttle.note("a", start);
  EXPECT_EQ(wait_of(throttle.admit("a", start)), "300");
}

}  // namespace
}  // namespace wujin::people
