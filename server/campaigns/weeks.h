#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/calendar.h"
#include "campaigns/campaign.h"

// Two kinds of week, never to be mixed: a form's report week, numbered within a month, and a quota's true Monday–Sunday week.
namespace wujin::campaigns {

struct DateRange {
  Date from;
  Date to;  // inclusive
  bool contains(Date date) const { return from <= date && date <= to; }
  bool operator==(const DateRange&) const = default;
};

// ── report weeks ──

struct ReportWeek {
  int number = 0;  // from 1 within its month
  DateRange days;
  bool operator==(const ReportWeek&) const = default;
};

// The weeks of a month's form, in order, never empty. Under `joined` four or five that cover exactly the month. `hand_weeks`
// matter only under by_hand; a month they do not name falls back to `joined`.
std::vector<ReportWeek> report_weeks(Month month, WeekRule rule, const std::vector<HandWeek>& hand_weeks = {});

// A part of a month's report: a week, or the days left over from the month before (supplement_rule next_month).
struct ReportSection {
  ReportWeek week;  // number 0 for the supplement
  bool supplement = false;
};

// One month's report: which days belong to it and how it is divided. The sections cover the period without gap or overlap.
struct ReportPeriod {
  Month month;
  DateRange days;
  std::vector<ReportSection> sections;
};
ReportPeriod report_period(const ReportPeriods& rule, Month month);
// The month in whose report a day belongs (its China date); nothing when the campaign asks for no report of it.
std::optional<Month> report_month_of(const ReportPeriods& rule, Date date);
// True when a day of a calendar-month period lies after the cut-off: it is handed in as a supplement.
bool is_supplement_day(const ReportPeriods& rule, Date date);

// ── quota weeks ──

DateRange quota_week(Date date);

// ── labels, as the forms print them (forms.md, sections 1–3) ──

std::string week_name(int number);  // 第三周
// 第三周, 8月第三周 or 第十二周 (counted from `first`, the first month of the plan).
std::string week_label(const ReportWeek& week, Month month, WeekLabel style, const ReportPeriods& rule);
std::string plan_dates(DateRange days);    // 8月14—20日; 8月28日—9月3日 across months; 10月1日 for one day
std::string report_dates(DateRange days);  // 10月1日—8日; 10月30日—11月5日; 10月1日
std::string report_heading(const ReportWeek& week, Month month);  // 一、10月第一周（10月1日—8日）

}  // namespace wujin::campaigns
