#include "plans/plan_calendar.h"

#include <algorithm>

namespace wujin::plans {
namespace {

// The place of a row's week in the calendar; the weeks are in order and never none.
std::size_t index_of(const PlanRow& row, const campaigns::Campaign& campaign, const std::vector<campaigns::ReportWeek>& weeks) {
  const auto own = week_of(row, campaign);
  const auto found = std::ranges::find_if(
      weeks, [&](const campaigns::ReportWeek& week) { return own ? week.number == own->number : week.days.to >= row.from; });
  return found == weeks.end() ? weeks.size() - 1 : static_cast<std::size_t>(found - weeks.begin());
}

}  // namespace

PlanCalendar calendar_of(Month month, const campaigns::Campaign& campaign, const std::vector<places::Place>& shown,
                         const std::vector<FoundRow>& rows) {
  PlanCalendar calendar;
  calendar.weeks = weeks_of(campaign, month);
  for (const places::Place& place : shown) {
    CalendarRow& line = calendar.rows.emplace_back(CalendarRow{place, {}});
    line.weeks.resize(calendar.weeks.size());
    for (const FoundRow& found : rows) {
      const bool is_shown = found.place == place.id && found.row.month == month;
      if (is_shown) line.weeks[index_of(found.row, campaign, calendar.weeks)].push_back(found.row);
    }
  }
  return calendar;
}

}  // namespace wujin::plans
