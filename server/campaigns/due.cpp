#include "campaigns/due.h"

#include <algorithm>

namespace wujin::campaigns {
namespace {

Date shifted(Date date, OffDayShift shift, const OfficeDays& office_days) {
  if (shift == OffDayShift::none) return date;
  const int step = shift == OffDayShift::earlier ? -1 : 1;
  // A year without an open office would be a broken calendar: stop there rather than search for ever.
  for (int tried = 0; tried < 366 && is_off_day(date, office_days); ++tried) date = plus_days(date, step);
  return date;
}

Due due_on(const Campaign& campaign, const Deadline& deadline, Date named, std::string period, std::optional<Month> month) {
  const Date last = shifted(deadline.inclusive ? named : plus_days(named, -1), deadline.off_day_shift, campaign.office_days);
  return {deadline.id,
          deadline.deliverable,
          std::move(period),
          month,
          last,
          end_of(last),
          end_of(plus_days(last, deadline.grace_days))};
}

}  // namespace

std::vector<Due> dues(const Campaign& campaign, const Deadline& deadline) {
  if (deadline.on) return {due_on(campaign, deadline, *deadline.on, std::to_string(campaign.year), std::nullopt)};
  std::vector<Due> list;
  for (Month month = *deadline.first_month; month <= *deadline.last_month; month = plus_months(month, 1)) {
    const Date named = std::min(plus_days(first_day(month), deadline.day - 1), last_day(month));
    list.push_back(due_on(campaign, deadline, named, to_string(month), month));
  }
  return list;
}

std::optional<Due> due_of(const Campaign& campaign, Deliverable deliverable, PlaceKind kind, std::optional<Month> month) {
  const auto* deadline = campaign.deadline_for(deliverable, kind);
  if (!deadline) return std::nullopt;
  for (const auto& due : dues(campaign, *deadline)) {
    if (!due.month || due.month == month) return due;
  }
  return std::nullopt;
}

std::optional<Due> due_of(const Campaign& campaign, Deliverable deliverable, const places::Place& place,
                          std::optional<Month> month) {
  auto due = due_of(campaign, deliverable, place.kind, month);
  if (due) due = of_place(std::move(*due), place);
  return due;
}

Due of_place(Due due, const places::Place& place) {
  due.lapsed = !places::stands_on(place, due.due_on);
  return due;
}

Timeliness judge(const Due& due, Instant received) {
  if (received < due.on_time_until) return {true, 0};
  return {false, days_between(due.due_on, china_date(received))};
}

DueState due_state(const Due& due, Instant now, int due_soon_days) {
  if (now >= due.on_time_until) return DueState::overdue;
  return days_left(due, now) <= due_soon_days ? DueState::due : DueState::not_due;
}

int days_left(const Due& due, Instant now) { return days_between(china_date(now), due.due_on); }

Date correct_by(Instant returned_at, int days) { return plus_days(china_date(returned_at), days); }

bool is_off_day(Date date, const OfficeDays& office_days) {
  if (std::ranges::count(office_days.working, date) > 0) return false;
  if (std::ranges::count(office_days.off, date) > 0) return true;
  const auto day = std::chrono::weekday(std::chrono::sys_days(date));
  return day == std::chrono::Saturday || day == std::chrono::Sunday;
}

}  // namespace wujin::campaigns
