#include "deadlines/towns.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "campaigns/due.h"

namespace wujin::deadlines {
namespace {

using campaigns::Due;
using places::Place;

void count(DueCount& sum, const Due& due, const handins::Mark& mark, Instant now) {
  if (due.lapsed && !mark.first) return;
  ++sum.owed;
  if (mark.exempt) {
    ++sum.exempt;
  } else if (mark.first) {
    ++(campaigns::judge(due, *mark.first).on_time ? sum.on_time : sum.late);
  } else {
    ++(now >= due.on_time_until ? sum.missing : sum.waiting);
  }
}

DueCount& count_of(std::vector<DueCount>& counts, const Due& due) {
  const auto found = std::ranges::find_if(
      counts, [&](const DueCount& one) { return one.deliverable == due.deliverable && one.period == due.period; });
  if (found != counts.end()) {
    found->due_at = std::min(found->due_at, due.due_at);
    return *found;
  }
  DueCount fresh;
  fresh.deliverable = due.deliverable;
  fresh.period = due.period;
  fresh.due_at = due.due_at;
  return counts.emplace_back(std::move(fresh));
}

// By place, as they are kept.
using PlacedMarks = std::vector<std::pair<std::string_view, handins::Mark>>;

PlacedMarks marks_of(std::span<const handins::PeriodMarks> all, const Due& due) {
  PlacedMarks marks;
  const auto found = std::ranges::find_if(
      all, [&](const handins::PeriodMarks& one) { return one.deliverable == due.deliverable && one.period == due.period; });
  if (found == all.end()) return marks;
  handins::each_mark(found->marks, [&](std::string_view place, const handins::Mark& mark) { marks.emplace_back(place, mark); });
  return marks;
}

void count_places(DueCount& sum, const campaigns::Deadline& deadline, const Due& due, const std::vector<const Place*>& places,
                  const PlacedMarks& marks, Instant now) {
  for (const Place* place : places) {
    if (std::ranges::find(deadline.applies_to, place->kind) == deadline.applies_to.end()) continue;
    const std::string_view id = place->id.text();
    const auto mark = std::ranges::lower_bound(marks, id, {}, &PlacedMarks::value_type::first);
    count(sum, campaigns::of_place(due, *place), mark == marks.end() || mark->first != id ? handins::Mark() : mark->second, now);
  }
}

}  // namespace

TownCounts count_town(const campaigns::Campaign& campaign, const std::vector<const Place*>& places,
                      std::span<const handins::PeriodMarks> marks, Instant now) {
  TownCounts row;
  row.campaign = campaign.id;
  row.campaign_title = campaign.title;
  row.town = campaign.town;
  const Date day = campaigns::nearest_day(campaign, china_date(now));
  for (const Place* place : places) {
    if (place->id == campaign.town) row.town_name = place->name;
    if (places::is_of_village_level(place->kind) && places::stands_on(*place, day)) ++row.places;
  }
  for (const campaigns::Deadline& deadline : campaign.deadlines) {
    for (const Due& due : campaigns::dues(campaign, deadline))
      count_places(count_of(row.counts, due), deadline, due, places, marks_of(marks, due), now);
  }
  std::ranges::stable_sort(row.counts, {}, &DueCount::due_at);
  return row;
}

}  // namespace wujin::deadlines
