#pragma once

#include <string>
#include <vector>

#include "campaigns/weeks.h"
#include "places/place.h"
#include "plans/plans_store.h"

// What all places of a town plan for a month, place by place and week by week: the sheet an office hangs on its wall. Pure.
namespace wujin::plans {

struct CalendarRow {
  places::Place place;
  std::vector<std::vector<PlanRow>> weeks;  // beside the calendar's weeks
};

struct PlanCalendar {
  std::vector<campaigns::ReportWeek> weeks;
  std::vector<CalendarRow> rows;  // in the order of `shown`, those that plan nothing too
};

// Each row of the month stands in the week most of its days lie in; one that lies in none, in the nearest.
PlanCalendar calendar_of(Month month, const campaigns::Campaign& campaign, const std::vector<places::Place>& shown,
                         const std::vector<FoundRow>& rows);

}  // namespace wujin::plans
