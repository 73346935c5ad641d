#include "campaigns/weeks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wujin::campaigns {
namespace {

using testing::ElementsAre;

Month month(const char* text) { return *parse_month(text); }
Date date(const char* text) { return *parse_date(text); }

std::string days_of(const std::vector<ReportWeek>& weeks) {
  std::string text;
  for (const auto& week : weeks) {
    if (!text.empty()) text += " | ";
    text += to_string(week.days.from).substr(8) + "-" + to_string(week.days.to).substr(8);
  }
  return text;
}

TEST(ReportWeeks, join_short_end_pieces_as_the_table_of_the_forms_says) {
  const std::vector<std::pair<const char*, const char*>> table = {
      {"2023-08", "01-06 | 07-13 | 14-20 | 21-27 | 28-31"}, {"2023-09", "01-10 | 11-17 | 18-24 | 25-30"},
      {"2023-10", "01-08 | 09-15 | 16-22 | 23-31"},         {"2023-11", "01-05 | 06-12 | 13-19 | 20-26 | 27-30"},
      {"2023-12", "01-10 | 11-17 | 18-24 | 25-31"},         {"2027-02", "01-07 | 08-14 | 15-21 | 22-28"},
  };
  for (const auto& [text, expected] : table) EXPECT_EQ(days_of(report_weeks(month(text), WeekRule::joined)), expected) << text;
}

TEST(ReportWeeks, are_four_or_five_and_cover_every_month_exactly) {
  for (Month each = month("2023-01"); each <= month("2032-12"); each = plus_months(each, 1)) {
    const auto weeks = report_weeks(each, WeekRule::joined);
    EXPECT_THAT(weeks.size(), testing::AnyOf(4U, 5U)) << to_string(each);
    EXPECT_EQ(weeks.back().days.to, last_day(each));
    for (std::size_t i = 0; i < weeks.size(); ++i) {
      EXPECT_EQ(weeks[i].number, static_cast<int>(i) + 1);
      const Date expected = i == 0 ? first_day(each) : plus_days(weeks[i - 1].days.to, 1);
      EXPECT_EQ(weeks[i].days.from, expected) << to_string(each);
    }
  }
}

TEST(ReportWeeks, follow_their_thursday_across_months) {
  const auto weeks = report_weeks(month("2023-10"), WeekRule::thursday);
  ASSERT_EQ(weeks.size(), 4U);
  EXPECT_EQ(weeks.front().days, (DateRange{date("2023-10-02"), date("2023-10-08")}));
  const auto november = report_weeks(month("2023-11"), WeekRule::thursday);
  EXPECT_EQ(november.front().days, (DateRange{date("2023-10-30"), date("2023-11-05")}));
}

TEST(ReportWeeks, count_by_sevens) {
  EXPECT_EQ(days_of(report_weeks(month("2023-10"), WeekRule::sevens)), "01-07 | 08-14 | 15-21 | 22-28 | 29-31");
  EXPECT_EQ(days_of(report_weeks(month("2023-02"), WeekRule::sevens)), "01-07 | 08-14 | 15-21 | 22-28");
}

TEST(ReportWeeks, are_those_written_by_hand_and_joined_where_none_are) {
  const std::vector<HandWeek> hand = {{month("2023-10"), date("2023-10-01"), date("2023-10-15")},
                                      {month("2023-10"), date("2023-10-16"), date("2023-10-31")}};
  EXPECT_EQ(days_of(report_weeks(month("2023-10"), WeekRule::by_hand, hand)), "01-15 | 16-31");
  EXPECT_EQ(report_weeks(month("2023-11"), WeekRule::by_hand, hand).size(), 5U);
}

ReportPeriods calendar_months() {
  ReportPeriods rule;
  rule.first = month("2023-08");
  rule.last = month("2023-12");
  rule.cut_off_day = 28;
  return rule;
}

ReportPeriods cut_on_the_28th() {
  ReportPeriods rule = calendar_months();
  rule.supplement = SupplementRule::next_month;
  return rule;
}

TEST(ReportPeriod, is_the_calendar_month_with_its_last_days_as_a_supplement) {
  const auto period = report_period(calendar_months(), month("2023-10"));
  EXPECT_EQ(period.days, (DateRange{date("2023-10-01"), date("2023-10-31")}));
  EXPECT_EQ(period.sections.size(), 4U);
  EXPECT_FALSE(is_supplement_day(calendar_months(), date("2023-10-28")));
  EXPECT_TRUE(is_supplement_day(calendar_months(), date("2023-10-29")));
}

TEST(ReportPeriod, runs_from_the_29th_to_the_28th_with_a_last_section_for_the_days_before) {
  const auto period = report_period(cut_on_the_28th(), month("2023-09"));
  EXPECT_EQ(period.days, (DateRange{date("2023-08-29"), date("2023-09-28")}));
  ASSERT_EQ(period.sections.size(), 5U);
  EXPECT_EQ(period.sections[3].week.days, (DateRange{date("2023-09-25"), date("2023-09-28")}));
  EXPECT_TRUE(period.sections[4].supplement);
  EXPECT_EQ(period.sections[4].week.days, (DateRange{date("2023-08-29"), date("2023-08-31")}));
}

TEST(ReportPeriod, of_a_february_of_28_days_leaves_nothing_over) {
  ReportPeriods rule = cut_on_the_28th();
  rule.first = month("2023-01");
  EXPECT_EQ(report_period(rule, month("2023-03")).days.from, date("2023-03-01"));
}

TEST(ReportPeriod, has_every_day_of_the_campaign_in_exactly_one_report) {
  for (const auto& rule : {calendar_months(), cut_on_the_28th()}) {
    for (Date day = date("2023-08-01"); day <= date("2023-12-31"); day = plus_days(day, 1)) {
      const auto home = report_month_of(rule, day);
      ASSERT_TRUE(home) << to_string(day);
      int found = 0;
      for (Month each = rule.first; each <= rule.last; each = plus_months(each, 1)) {
        for (const auto& section : report_period(rule, each).sections) {
          if (!section.week.days.contains(day)) continue;
          ++found;
          EXPECT_EQ(each, *home) << to_string(day);
        }
      }
      EXPECT_EQ(found, 1) << to_string(day);
    }
    EXPECT_FALSE(report_month_of(rule, date("2023-07-31")));
    EXPECT_FALSE(report_month_of(rule, date("2024-01-01")));
  }
}

TEST(QuotaWeek, runs_monday_to_sunday_across_months) {
  EXPECT_EQ(quota_week(date("2023-10-01")), (DateRange{date("2023-09-25"), date("2023-10-01")}));
  EXPECT_EQ(quota_week(date("2023-10-31")), (DateRange{date("2023-10-30"), date("2023-11-05")}));
}

TEST(WeekLabels, read_as_the_forms_print_them) {
  const auto rule = calendar_months();
  const auto week = report_weeks(month("2023-08"), WeekRule::joined)[2];
  EXPECT_EQ(week_label(week, month("2023-08"), WeekLabel::plain, rule), "第三周");
  EXPECT_EQ(week_label(week, month("2023-08"), WeekLabel::with_month, rule), "8月第三周");
  EXPECT_EQ(plan_dates(week.days), "8月14—20日");
  const auto october = report_weeks(month("2023-10"), WeekRule::joined);
  EXPECT_EQ(week_label(october[0], month("2023-10"), WeekLabel::running, rule), "第十周");
  EXPECT_EQ(report_heading(october[0], month("2023-10")), "一、10月第一周（10月1日—8日）");
  EXPECT_EQ(report_heading(october[3], month("2023-10")), "四、10月第四周（10月23日—31日）");
}

TEST(WeekLabels, name_both_months_or_one_day_where_that_is_so) {
  const DateRange across{date("2023-08-28"), date("2023-09-03")}, one{date("2023-10-01"), date("2023-10-01")};
  EXPECT_EQ(plan_dates(across), "8月28日—9月3日");
  EXPECT_EQ(report_dates(across), "8月28日—9月3日");
  EXPECT_EQ(plan_dates(one), "10月1日");
  EXPECT_EQ(report_dates(one), "10月1日");
}

}  // namespace
}  // namespace wujin::campaigns
