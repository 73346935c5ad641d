#include "base/calendar.h"

#include <gtest/gtest.h>

namespace wujin {
namespace {

TEST(Calendar, starts_the_china_day_at_sixteen_hundred_utc) {
  EXPECT_EQ(to_string(china_date(*parse_instant("2023-10-25T15:59:59.999Z"))), "2023-10-25");
  EXPECT_EQ(to_string(china_date(*parse_instant("2023-10-25T16:00:00Z"))), "2023-10-26");
}

TEST(Calendar, ends_a_day_where_the_next_begins) {
  const auto day = *parse_date("2023-12-31");
  EXPECT_EQ(end_of(day), start_of(*parse_date("2024-01-01")));
  EXPECT_EQ(to_string(start_of(day)), "2023-12-31T00:00:00.000+08:00");
}

TEST(Calendar, finds_the_monday_of_a_week_across_months) {
  EXPECT_EQ(to_string(monday_of(*parse_date("2023-10-01"))), "2023-09-25");  // a Sunday
  EXPECT_EQ(to_string(monday_of(*parse_date("2023-10-30"))), "2023-10-30");  // a Monday
}

TEST(Calendar, refuses_dates_that_do_not_exist) {
  for (const auto* text : {"2023-02-29", "2023-13-01", "2023-1-01", "23-01-01", "2023-01-01 ", "", "2023/01/01", "-023-01-01"}) {
    EXPECT_FALSE(parse_date(text)) << text;
  }
}

TEST(Calendar, numbers_headings_in_chinese) {
  EXPECT_EQ(chinese_number(1), "一");
  EXPECT_EQ(chinese_number(10), "十");
  EXPECT_EQ(chinese_number(11), "十一");
  EXPECT_EQ(chinese_number(20), "二十");
  EXPECT_EQ(chinese_number(99), "九十九");
  EXPECT_EQ(chinese_number(100), "100");
}

TEST(Clock, reads_offsets_and_fractions) {
  EXPECT_EQ(*parse_instant("2023-10-26T09:00:00+08:00"), *parse_instant("2023-10-26T01:00:00.000Z"));
  EXPECT_EQ(to_milliseconds(*parse_instant("1970-01-01T00:00:00.25Z")), 250);
}

TEST(Clock, refuses_moments_that_are_not_rfc_3339) {
  for (const auto* text :
       {"2023-10-26", "2023-10-26T09:00:00", "2023-10-26T24:00:00Z", "2023-10-26T09:60:00Z", "2023-10-26T09:00:00.Z",
        "2023-10-26T09:00:00+8:00", "2023-10-26 09:00:00Z", "2023-10-26T09:00:00Zx"}) {
    EXPECT_FALSE(parse_instant(text)) << text;
  }
}

}  // namespace
}  // namespace wujin
