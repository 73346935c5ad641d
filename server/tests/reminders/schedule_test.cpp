#include "reminders/schedule.h"

#include <gtest/gtest.h>

#include "base/problem.h"

namespace wujin::reminders {
namespace {

Schedule schedule() {
  Schedule made;
  made.on = true;
  made.days_before = {3, 1, 0};
  made.days_after = {1, 7};
  return made;
}

const OfficeCalendar ordinary({}, {});
const Date due = *parse_date("2023-10-28");  // a Saturday
const Instant long_ago = *parse_instant("2023-01-01T00:00:00+08:00");

std::string slot_at(const char* now, const OfficeCalendar& calendar = ordinary, Instant since = long_ago) {
  const auto found = slot(schedule(), due, calendar, since, *parse_instant(now));
  return found ? to_string(*found).substr(0, 16) : "";
}

TEST(Schedule, reminds_before_on_the_working_day_before_an_off_day_and_after_on_the_next_one) {
  EXPECT_EQ(slot_at("2023-10-25T08:59:59+08:00"), "");
  EXPECT_EQ(slot_at("2023-10-25T09:00:00+08:00"), "2023-10-25T09:00");
  EXPECT_EQ(slot_at("2023-10-27T12:00:00+08:00"), "2023-10-27T09:00");  // for the 27th and for Saturday the 28th
  EXPECT_EQ(slot_at("2023-10-28T23:59:59+08:00"), "2023-10-27T09:00");
  EXPECT_EQ(slot_at("2023-10-29T12:00:00+08:00"), "");
  EXPECT_EQ(slot_at("2023-10-30T09:00:00+08:00"), "2023-10-30T09:00");  // the 29th is a Sunday
  EXPECT_EQ(slot_at("2023-11-02T08:00:00+08:00"), "2023-10-30T09:00");
  EXPECT_EQ(slot_at("2023-11-02T09:00:00+08:00"), "");  // nothing older than three days
}

TEST(Schedule, does_not_go_back_to_before_it_was_switched_on) {
  EXPECT_EQ(slot_at("2023-10-26T09:00:00+08:00", ordinary, *parse_instant("2023-10-25T10:00:00+08:00")), "");
}

TEST(Schedule, follows_the_holidays_and_make_up_workdays_of_the_towns_calendar) {
  const OfficeCalendar own({{*parse_date("2023-10-28")}, {*parse_date("2023-10-29")}},
                           {{*parse_date("2023-10-28"), false, "调休"}, {*parse_date("2023-10-30"), true, "示例假日"}});
  EXPECT_EQ(slot_at("2023-10-28T10:00:00+08:00", own), "2023-10-28T09:00");
  EXPECT_EQ(own.holiday(*parse_date("2023-10-28")), "");
  EXPECT_EQ(own.holiday(*parse_date("2023-10-30")), "示例假日");
  EXPECT_EQ(own.holiday(*parse_date("2023-11-04")), "星期六");
  EXPECT_EQ(slot_at("2023-10-29T10:00:00+08:00", own), "2023-10-29T09:00");  // a working Sunday by the campaign
}

TEST(Schedule, keeps_quiet_over_midnight) {
  for (const char* quiet : {"2023-10-26T20:00:00+08:00", "2023-10-27T00:00:00+08:00", "2023-10-27T07:59:59+08:00"}) {
    EXPECT_TRUE(is_quiet(schedule(), *parse_instant(quiet))) << quiet;
  }
  for (const char* loud : {"2023-10-26T08:00:00+08:00", "2023-10-26T19:59:59+08:00"}) {
    EXPECT_FALSE(is_quiet(schedule(), *parse_instant(loud))) << loud;
  }
}

TEST(Schedule, refuses_times_that_are_none_and_one_that_is_always_quiet) {
  EXPECT_TRUE(check(schedule()));
  for (const char* wrong : {"", "9:00", "24:00", "09:60", "ab:cd", "09:0x", "07:00", "20:00"}) {
    auto made = schedule();
    made.at = wrong;
    EXPECT_FALSE(check(made)) << wrong;
  }
  auto made = schedule();
  made.days_before = {-1, 61, 2, 2};
  const Problem problem = check(made).error();
  EXPECT_EQ(problem.faults().size(), 3U);
}

TEST(OfficeDays, are_read_from_a_file_a_station_can_write) {
  const auto days = read_office_days("\xEF\xBB\xBF日期,休班,名称\r\n# 注\n\n2023-10-01 , 休 , 国庆节\n2023-10-07,班", 2023);
  ASSERT_TRUE(days);
  ASSERT_EQ(days->size(), 2U);
  EXPECT_EQ(days->front(), (OfficeDay{*parse_date("2023-10-01"), true, "国庆节"}));
  EXPECT_FALSE(days->back().off);
  EXPECT_TRUE(read_office_days("", 2023)->empty());
  for (const char* wrong :
       {"2022-10-01,休", "a\nb", "2023-10-01", "2023-10-01,假", "2023-10-01,休\n2023-10-01,班", "2023-02-30,休\nx"}) {
    EXPECT_FALSE(read_office_days(wrong, 2023)) << wrong;
  }
}

}  // namespace
}  // namespace wujin::reminders
