#include "campaigns/weeks.h"

#include <algorithm>

#include <fmt/format.h>

namespace wujin::campaigns {
namespace {

int month_number(Date date) { return static_cast<int>(static_cast<unsigned>(date.month())); }
int day_number(Date date) { return static_cast<int>(static_cast<unsigned>(date.day())); }
int length(DateRange range) { return days_between(range.from, range.to) + 1; }

std::vector<ReportWeek> numbered(const std::vector<DateRange>& ranges) {
  std::vector<ReportWeek> weeks;
  weeks.reserve(ranges.size());
  for (const auto& range : ranges) weeks.push_back({static_cast<int>(weeks.size()) + 1, range});
  return weeks;
}

std::vector<DateRange> joined_weeks(Month month) {
  // Four days: the greater part of a week. A shorter piece at either end joins its neighbour.
  constexpr int least = 4;
  std::vector<DateRange> ranges;
  for (Date from = first_day(month); from <= last_day(month);) {
    const Date to = std::min(plus_days(monday_of(from), 6), last_day(month));
    ranges.push_back({from, to});
    from = plus_days(to, 1);
  }
  if (length(ranges.front()) < least) {
    ranges[1].from = ranges.front().from;
    ranges.erase(ranges.begin());
  }
  if (length(ranges.back()) < least) {
    ranges[ranges.size() - 2].to = ranges.back().to;
    ranges.pop_back();
  }
  return ranges;
}

std::vector<DateRange> thursday_weeks(Month month) {
  std::vector<DateRange> ranges;
  for (Date monday = monday_of(first_day(month)); monday <= last_day(month); monday = plus_days(monday, 7)) {
    if (month_of(plus_days(monday, 3)) == month) ranges.push_back({monday, plus_days(monday, 6)});
  }
  return ranges;
}

std::vector<DateRange> seven_day_weeks(Month month) {
  std::vector<DateRange> ranges;
  for (Date from = first_day(month); from <= last_day(month); from = plus_days(from, 7)) {
    ranges.push_back({from, std::min(plus_days(from, 6), last_day(month))});
  }
  return ranges;
}

std::vector<DateRange> weeks_by_hand(Month month, const std::vector<HandWeek>& hand_weeks) {
  std::vector<DateRange> ranges;
  for (const auto& week : hand_weeks) {
    if (week.month == month) ranges.push_back({week.from, week.to});
  }
  return ranges.empty() ? joined_weeks(month) : ranges;
}

// Day 31 of a shorter month is its last.
Date day_in(Month month, int day) { return std::min(plus_days(first_day(month), day - 1), last_day(month)); }

// How far a month's report reaches under next_month: the last one to the month's end, for no other follows.
Date cut_off(const ReportPeriods& rule, Month month) {
  return month == rule.last ? last_day(month) : day_in(month, rule.cut_off_day);
}

}  // namespace

std::vector<ReportWeek> report_weeks(Month month, WeekRule rule, const std::vector<HandWeek>& hand_weeks) {
  switch (rule) {
    case WeekRule::thursday:
      return numbered(thursday_weeks(month));
    case WeekRule::sevens:
      return numbered(seven_day_weeks(month));
    case WeekRule::by_hand:
      return numbered(weeks_by_hand(month, hand_weeks));
    case WeekRule::joined:
      break;
  }
  return numbered(joined_weeks(month));
}

ReportPeriod report_period(const ReportPeriods& rule, Month month) {
  ReportPeriod period;
  period.month = month;
  const auto weeks = report_weeks(month, rule.week_rule, rule.hand_weeks);
  if (rule.supplement == SupplementRule::same_month) {
    for (const auto& week : weeks) period.sections.push_back({week, false});
    period.days = {weeks.front().days.from, weeks.back().days.to};
    return period;
  }
  const Date end = cut_off(rule, month);
  for (auto week : weeks) {
    if (week.days.from > end) break;
    week.days.to = std::min(week.days.to, end);
    period.sections.push_back({week, false});
  }
  period.days = {first_day(month), end};
  if (month == rule.first) return period;
  const Month before = plus_months(month, -1);
  const Date left_over = plus_days(cut_off(rule, before), 1);
  if (left_over <= last_day(before)) {
    period.days.from = left_over;
    period.sections.push_back({{0, {left_over, last_day(before)}}, true});
  }
  return period;
}

std::optional<Month> report_month_of(const ReportPeriods& rule, Date date) {
  Month month = rule.week_rule == WeekRule::thursday ? month_of(plus_days(monday_of(date), 3)) : month_of(date);
  const bool left_over = rule.supplement == SupplementRule::next_month && month >= rule.first && date > cut_off(rule, month);
  if (left_over) month = plus_months(month, 1);
  if (month < rule.first || month > rule.last) return std::nullopt;
  return month;
}

bool is_supplement_day(const ReportPeriods& rule, Date date) {
  return rule.supplement == SupplementRule::same_month && day_number(date) > rule.cut_off_day;
}

DateRange quota_week(Date date) {
  const Date monday = monday_of(date);
  return {monday, plus_days(monday, 6)};
}

std::string week_name(int number) { return "第" + chinese_number(number) + "周"; }

std::string week_label(const ReportWeek& week, Month month, WeekLabel style, const ReportPeriods& rule) {
  if (style == WeekLabel::plain) return week_name(week.number);
  if (style == WeekLabel::with_month) {
    return fmt::format("{}月{}", static_cast<unsigned>(month.month()), week_name(week.number));
  }
  int before = 0;
  for (Month earlier = rule.first; earlier < month; earlier = plus_months(earlier, 1)) {
    before += static_cast<int>(report_weeks(earlier, rule.week_rule, rule.hand_weeks).size());
  }
  return week_name(before + week.number);
}

std::string plan_dates(DateRange range) {
  const std::string from = fmt::format("{}月{}", month_number(range.from), day_number(range.from));
  if (range.from == range.to) return from + "日";
  if (month_number(range.from) != month_number(range.to)) {
    return fmt::format("{}日—{}月{}日", from, month_number(range.to), day_number(range.to));
  }
  return fmt::format("{}—{}日", from, day_number(range.to));
}

std::string report_dates(DateRange range) {
  std::string from = fmt::format("{}月{}日", month_number(range.from), day_number(range.from));
  if (range.from == range.to) return from;
  if (month_number(range.from) != month_number(range.to)) {
    return fmt::format("{}—{}月{}日", from, month_number(range.to), day_number(range.to));
  }
  return fmt::format("{}—{}日", from, day_number(range.to));
}

std::string report_heading(const ReportWeek& week, Month month) {
  return fmt::format("{}、{}月{}（{}）", chinese_number(week.number), static_cast<unsigned>(month.month()),
                     week_name(week.number), report_dates(week.days));
}

}  // namespace wujin::campaigns
