#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/calendar.h"
#include "base/clock.h"
#include "base/result.h"
#include "campaigns/campaign.h"

// When reminders go out by themselves. Pure.
namespace wujin::reminders {

struct Schedule {
  bool on = false;
  std::vector<int> days_before;      // 0: on the day itself
  std::vector<int> days_after;       // from 1
  std::string at = "09:00";          // China time, as below
  std::string quiet_from = "20:00";  // nothing is sent until quiet_until, over midnight if need be
  std::string quiet_until = "08:00";
  bool mail_before = false;  // before a deadline also by mail to each place that owes
  bool operator==(const Schedule&) const = default;
};
BOOST_DESCRIBE_STRUCT(Schedule, (), (on, days_before, days_after, at, quiet_from, quiet_until, mail_before))

// Faults are named below "schedule". Errors: validation; `at` within the quiet hours.
Result<> check(const Schedule& schedule);

// One day of the year's calendar that is not as its weekday says.
struct OfficeDay {
  Date date;
  bool off = true;   // else a make-up workday
  std::string name;  // 国庆节
  bool operator==(const OfficeDay&) const = default;
};
BOOST_DESCRIBE_STRUCT(OfficeDay, (), (date, off, name))

// The campaign's days with the town's own, which count where both speak of a day.
class OfficeCalendar {
 public:
  OfficeCalendar(const campaigns::OfficeDays& campaign, const std::vector<OfficeDay>& town);
  bool is_off(Date date) const;
  // Why offices are shut: the holiday's name, else the weekday; empty on a working day.
  std::string holiday(Date date) const;
  Date workday_from(Date date, int step) const;  // the date itself or the next working day in that direction

 private:
  campaigns::OfficeDays days_;
  std::map<Date, std::string> names_;
};

// A file a year, one day a line: 2023-10-01,休,国庆节 or 2023-10-07,班. Lines of # and a heading are passed over. Errors:
// validation at "csv", naming the line: a day of another year, twice, or neither 休 nor 班.
Result<std::vector<OfficeDay>> read_office_days(std::string_view csv, int year);

bool is_quiet(const Schedule& schedule, Instant now);

// The moment for a due day that has come last, at or before `now`: a reminder before moves to the working day before an off-day,
// one after to the working day after. Nothing from before `since`, when the schedule was switched on, and nothing older than
// three days; reminders before a deadline end with it.
std::optional<Instant> slot(const Schedule& schedule, Date due_on, const OfficeCalendar& calendar, Instant since, Instant now);

}  // namespace wujin::reminders
