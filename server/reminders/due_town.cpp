#include "reminders/due_town.h"

#include <algorithm>

#include "activities/activities_store.h"
#include "deadlines/deadlines_actions.h"

namespace wujin::reminders {

std::optional<DueTown> due_town(Snapshot& snapshot, const campaigns::Catalogue::Bundle& bundle, const places::Tree& tree,
                                Date due_on, const std::string& address, Instant now) {
  const Campaign& campaign = bundle->campaign;
  const auto board = deadlines::town_board(snapshot, campaign, tree, now);
  const auto days = due_days(board);
  const auto day = std::ranges::find(days, due_on, &DueDay::on);
  if (day == days.end()) return std::nullopt;
  DueTown town{bundle, *day, owing_of(board, *day), {}, read_settings(snapshot, campaign.town)};
  town.telling.now = now;
  town.telling.address = town.kept.settings.address.value_or(address);
  town.telling.holiday = office_calendar(snapshot, campaign).holiday(due_on);
  // A plan says nothing of what was done.
  const bool is_plan_alone =
      std::ranges::all_of(day->columns, [](const deadlines::Column& column) { return column.deliverable == Deliverable::plan; });
  if (is_plan_alone) return town;
  for (const auto& one : activities::recorded(snapshot, campaign.id, campaign.town, month_of_reports(*day))) {
    town.telling.recorded[one.place] = one.activities;
  }
  return town;
}

std::vector<Owing> among(const std::vector<Owing>& owing, const std::vector<PlaceId>& places) {
  std::vector<Owing> chosen;
  std::ranges::copy_if(owing, std::back_inserter(chosen),
                       [&](const Owing& one) { return std::ranges::find(places, one.place) != places.end(); });
  return chosen;
}

OfficeCalendar office_calendar(Snapshot& snapshot, const Campaign& campaign) {
  return {campaign.office_days, office_days_of(snapshot, campaign.town)};
}

}  // namespace wujin::reminders
