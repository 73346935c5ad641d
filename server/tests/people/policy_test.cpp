#include "people/policy.h"

#include <gtest/gtest.h>

#include "people/account.h"

namespace wujin::people {
namespace {

Policy usual() {
  Policy policy;
  policy.lockout_failures = 5;
  policy.lockout_minutes = 15;
  policy.phone_session_days = 30;
  policy.desk_session_minutes = 30;
  policy.pin_after_minutes = 15;
  policy.password_min_length = 10;
  policy.invitation_days = 7;
  return policy;
}

std::string fault_of(const Result<>& checked) {
  if (checked) return "";
  const auto problem = checked.error();
  return std::string(slug(problem.faults().front().code));
}

TEST(PasswordRules, refuse_what_everybody_tries_first) {
  const struct {
    const char *password, *fault;
  } cases[] = {
      {"short", "too_short"},
      {"九个字的密码呀呀", "too_short"},
      {"1234567890", "password_common"},
      {"0987654321", "password_common"},
      {"password123", "password_common"},
      {"Password!!!!", "password_common"},
      {"5201314520", "password_common"},
      {"aaaaaaaaaaaa", "password_common"},
      {"qwertyuiop", "password_common"},
      {"1qaz2wsx!!", "password_common"},
      {"woaini1314520", "password_common"},
      {"abcdefghij", "password_common"},
      {"zhangsan2023", "password_holds_login"},
      {"我是ZhangSan吗好", "password_holds_login"},
      {"", "too_short"},
      {"correct horse", ""},
      {"山里有三棵老黄葛树", "too_short"},
      {"山里有三棵老黄葛树啊", ""},
  };
  for (const auto& c : cases)
    EXPECT_EQ(fault_of(check_password(c.password, "zhangsan", usual(), "password")), c.fault) << c.password;
  EXPECT_EQ(fault_of(check_password(std::string(257, 'x') + "y", "zhangsan", usual(), "password")), "too_long");
  EXPECT_EQ(fault_of(check_password("\xff\xfe not text at all", "zhangsan", usual(), "password")), "not_text");
}

TEST(Lockout, does_not_last_longer_when_the_clock_is_set_back) {
  const auto policy = usual();
  const Instant ahead = from_milliseconds(100'000'000'000);
  Lockout lockout;
  for (int i = 0; i < policy.lockout_failures; ++i) lockout = after_failure(lockout, policy, ahead);
  ASSERT_TRUE(is_locked(lockout, ahead));
  EXPECT_TRUE(is_locked(lockout, ahead - std::chrono::seconds(1))) << "two threads read the clock one after another";
  const Instant right = ahead - std::chrono::hours(8);
  EXPECT_FALSE(is_locked(lockout, right));
  EXPECT_EQ(minutes_left(lockout, right), 0);
  lockout = after_failure(lockout, policy, right);
  EXPECT_EQ(lockout.failures, 1);
  for (int i = 1; i < policy.lockout_failures; ++i) lockout = after_failure(lockout, policy, right);
  EXPECT_EQ(minutes_left(lockout, right), policy.lockout_minutes);
}

TEST(Lockout, begins_at_the_last_allowed_failure_and_ends_by_itself) {
  const auto policy = usual();
  Instant now = from_milliseconds(1'000'000'000);
  Lockout lockout;
  for (int i = 0; i < 4; ++i) lockout = after_failure(lockout, policy, now);
  EXPECT_FALSE(is_locked(lockout, now));
  lockout = after_failure(lockout, policy, now);
  EXPECT_TRUE(is_locked(lockout, now));
  EXPECT_EQ(minutes_left(lockout, now), 15);
  EXPECT_EQ(minutes_left(lockout, now + std::chrono::seconds(61)), 14);
  now += std::chrono::minutes(15);
  EXPECT_FALSE(is_locked(lockout, now));
  EXPECT_EQ(after_failure(lockout, policy, now).failures, 1);
}

TEST(Lockout, does_not_add_up_failures_of_different_days) {
  Lockout lockout;
  Instant now = from_milliseconds(1'000'000'000);
  for (int i = 0; i < 20; ++i) {
    lockout = after_failure(lockout, usual(), now);
    now += std::chrono::minutes(16);
  }
  EXPECT_FALSE(is_locked(lockout, now));
}

TEST(Policy, names_every_number_out_of_bounds) {
  EXPECT_TRUE(check(usual()).has_value());
  auto wrong = usual();
  wrong.lockout_failures = 2;
  wrong.password_min_length = 7;
  wrong.phone_session_days = 91;
  const auto problem = check(wrong).error();
  EXPECT_EQ(problem.faults().size(), 3u);
}

TEST(Login, is_two_characters_or_more_without_white_space) {
  for (const char* good : {"zhou", "张三", "zhou@town", " zhou "}) EXPECT_TRUE(checked_login(good, "login")) << good;
  for (const char* bad : {"", " ", "z", "zhou li", "张　三", "a\tb", "a\x7f"}) EXPECT_FALSE(checked_login(bad, "login")) << bad;
  EXPECT_FALSE(checked_login(std::string(65, 'a'), "login"));
}

}  // namespace
}  // namespace wujin::people
