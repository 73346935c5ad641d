#include "campaigns/due.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wujin::campaigns {
namespace {

using testing::ElementsAre;

Month month(const char* text) { return *parse_month(text); }
Date date(const char* text) { return *parse_date(text); }
Instant at(const char* text) { return *parse_instant(text); }

Deadline monthly(int day) {
  Deadline deadline;
  deadline.id = "report";
  deadline.day = day;
  deadline.first_month = month("2023-08");
  deadline.last_month = month("2023-12");
  deadline.applies_to = {PlaceKind::village, PlaceKind::community};
  return deadline;
}

Deadline once(const char* day) {
  Deadline deadline;
  deadline.id = "plan";
  deadline.deliverable = Deliverable::plan;
  deadline.on = date(day);
  deadline.applies_to = {PlaceKind::village};
  return deadline;
}

Campaign campaign_with(std::vector<Deadline> deadlines) {
  Campaign campaign;
  campaign.year = 2023;
  campaign.deadlines = std::move(deadlines);
  return campaign;
}

Due only(const Deadline& deadline) { return dues(campaign_with({deadline}), deadline).front(); }

TEST(Due, falls_each_month_from_the_first_to_the_last) {
  std::vector<std::string> list;
  const auto deadline = monthly(28);
  for (const auto& due : dues(campaign_with({deadline}), deadline)) list.push_back(due.period + " " + to_string(due.due_at));
  EXPECT_THAT(list, ElementsAre("2023-08 2023-08-29T00:00:00.000+08:00", "2023-09 2023-09-29T00:00:00.000+08:00",
                                "2023-10 2023-10-29T00:00:00.000+08:00", "2023-11 2023-11-29T00:00:00.000+08:00",
                                "2023-12 2023-12-29T00:00:00.000+08:00"));
}

TEST(Due, clips_a_day_past_the_end_of_a_month) {
  const auto deadline = monthly(31);
  const auto list = dues(campaign_with({deadline}), deadline);
  EXPECT_EQ(list[0].due_on, date("2023-08-31"));
  EXPECT_EQ(list[1].due_on, date("2023-09-30"));
}

TEST(Due, ends_the_day_before_when_the_day_itself_is_too_late) {
  auto deadline = once("2023-08-16");
  deadline.inclusive = false;
  EXPECT_EQ(to_string(only(deadline).due_at), "2023-08-16T00:00:00.000+08:00");
  EXPECT_EQ(only(deadline).due_on, date("2023-08-15"));
}

TEST(Due, shifts_off_days_as_told) {
  auto deadline = once("2023-10-28");  // a Saturday
  EXPECT_EQ(only(deadline).due_on, date("2023-10-28"));
  deadline.off_day_shift = OffDayShift::earlier;
  EXPECT_EQ(only(deadline).due_on, date("2023-10-27"));
  deadline.off_day_shift = OffDayShift::later;
  EXPECT_EQ(only(deadline).due_on, date("2023-10-30"));
  auto campaign = campaign_with({deadline});
  campaign.office_days = {{date("2023-10-30")}, {}};
  EXPECT_EQ(dues(campaign, deadline).front().due_on, date("2023-10-31"));
  campaign.office_days = {{}, {date("2023-10-28")}};
  EXPECT_EQ(dues(campaign, deadline).front().due_on, date("2023-10-28"));
}

TEST(Due, is_found_by_deliverable_place_and_month) {
  const auto campaign = campaign_with({once("2023-08-16"), monthly(28)});
  EXPECT_EQ(due_of(campaign, Deliverable::plan, PlaceKind::village)->period, "2023");
  EXPECT_EQ(due_of(campaign, Deliverable::report, PlaceKind::community, month("2023-10"))->due_on, date("2023-10-28"));
  EXPECT_FALSE(due_of(campaign, Deliverable::plan, PlaceKind::town));
  EXPECT_FALSE(due_of(campaign, Deliverable::report, PlaceKind::village, month("2024-01")));
  EXPECT_FALSE(due_of(campaign, Deliverable::summary, PlaceKind::village));
}

TEST(Timeliness, is_judged_to_the_millisecond_in_china_time) {
  struct Case {
    const char* received;
    int grace;
    Timeliness expected;
  };
  const std::vector<Case> table = {
      {"2023-08-16T23:59:59.999+08:00", 0, {true, 0}}, {"2023-08-17T00:00:00+08:00", 0, {false, 1}},
      {"2023-08-16T16:00:00Z", 0, {false, 1}},         {"2023-08-17T23:59:59+08:00", 0, {false, 1}},
      {"2023-08-18T00:00:00+08:00", 0, {false, 2}},    {"2023-08-18T23:59:59+08:00", 2, {true, 0}},
      {"2023-08-19T00:00:00+08:00", 2, {false, 3}},    {"2023-07-01T00:00:00+08:00", 0, {true, 0}},
      {"2024-08-16T12:00:00+08:00", 0, {false, 366}},
  };
  for (const auto& row : table) {
    auto deadline = once("2023-08-16");
    deadline.grace_days = row.grace;
    EXPECT_EQ(judge(only(deadline), at(row.received)), row.expected) << row.received;
  }
}

TEST(DueState, turns_from_not_due_to_due_to_overdue) {
  auto deadline = once("2023-10-28");
  EXPECT_EQ(due_state(only(deadline), at("2023-10-24T23:59:59+08:00"), 3), DueState::not_due);
  EXPECT_EQ(due_state(only(deadline), at("2023-10-25T00:00:00+08:00"), 3), DueState::due);
  EXPECT_EQ(due_state(only(deadline), at("2023-10-28T23:59:59+08:00"), 3), DueState::due);
  EXPECT_EQ(due_state(only(deadline), at("2023-10-29T00:00:00+08:00"), 3), DueState::overdue);
  EXPECT_EQ(days_left(only(deadline), at("2023-10-26T09:00:00+08:00")), 2);
  EXPECT_EQ(days_left(only(deadline), at("2023-10-30T09:00:00+08:00")), -2);
  deadline.grace_days = 1;
  EXPECT_EQ(due_state(only(deadline), at("2023-10-29T12:00:00+08:00"), 3), DueState::due);
}

TEST(CorrectBy, counts_whole_days_after_the_return) {
  EXPECT_EQ(correct_by(at("2023-10-26T23:30:00+08:00"), 3), date("2023-10-29"));
}

}  // namespace
}  // namespace wujin::campaigns
