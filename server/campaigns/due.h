#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "campaigns/campaign.h"

// When something is due and whether it came on time. The server's clock alone decides (domain.md, Calendar).
namespace wujin::campaigns {

// One thing owed: a deadline in one of its periods.
struct Due {
  std::string deadline;  // its id
  Deliverable deliverable = Deliverable::report;
  std::string period;          // 2023-10 for a monthly one, 2023 for one a campaign
  std::optional<Month> month;  // of a monthly one
  Date due_on;                 // the last day on which it is on time, grace not counted
  Instant due_at;              // on time until this moment, exclusive: 24:00 of due_on
  Instant on_time_until;       // due_at and the grace, exclusive
  bool lapsed = false;         // of a place that does not stand that day any more: no longer owed
};

// Every due of a deadline, in order. A day past a month's end is clipped to it; an off-day shifts as the deadline says.
std::vector<Due> dues(const Campaign& campaign, const Deadline& deadline);
// What a place of a kind owes of a deliverable; `month` for a monthly one. Nothing when it owes none.
std::optional<Due> due_of(const Campaign& campaign, Deliverable deliverable, PlaceKind kind, std::optional<Month> month = {});
// The same for a place, which may have ended before.
std::optional<Due> due_of(const Campaign& campaign, Deliverable deliverable, const places::Place& place,
                          std::optional<Month> month = {});
// A due as it stands for a place.
Due of_place(Due due, const places::Place& place);

// Within the grace it is on time; past it the days are counted from the due date itself, every day begun counts.
struct Timeliness {
  bool on_time = true;
  int late_days = 0;
  bool operator==(const Timeliness&) const = default;
};
Timeliness judge(const Due& due, Instant received);

enum class DueState : std::uint8_t { not_due, due, overdue };
// Of something not handed in. Due soon: at most `due_soon_days` days left; overdue: past the grace.
DueState due_state(const Due& due, Instant now, int due_soon_days);
// China days from today to due_on; 0 today, negative when past.
int days_left(const Due& due, Instant now);

// The day by which a return is to be corrected: `days` days after, the last one inclusive.
Date correct_by(Instant returned_at, int days);

bool is_off_day(Date date, const OfficeDays& office_days);

}  // namespace wujin::campaigns
