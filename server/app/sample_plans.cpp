#include "app/sample_plans.h"

#include <optional>
#include <utility>

#include "campaigns/due.h"
#include "campaigns/weeks.h"
#include "plans/plan_document.h"
#include "plans/plans_actions.h"

namespace wujin::app {
namespace {

// The day by which plans are handed in; the campaign's first when it asks for none.
Date due_day(const campaigns::Campaign& campaign) {
  for (const auto& deadline : campaign.deadlines) {
    if (deadline.deliverable == campaigns::Deliverable::plan && deadline.on) return *deadline.on;
  }
  return campaign.starts_on;
}

}  // namespace

// Everybody writes their rows a week before and hands in before the day; the sparse place comes two days late.
SamplePlans::SamplePlans(House& house, campaigns::Catalogue& catalogue, const campaigns::Campaign& campaign,
                         const SamplePeople& people, const SampleMaterial& material, SampleCalendar& calendar)
    : house_(house),
      catalogue_(catalogue),
      campaign_(campaign),
      people_(people),
      material_(material),
      randomness_(material.seed + 2) {
  const auto due_on = due_day(campaign);
  for (int i = 0; i < static_cast<int>(material.places.size()); ++i) {
    const auto& place = material.places[static_cast<std::size_t>(i)];
    const plans::PlanKey key{campaign.id, places::PlaceId(place.id)};
    const auto& village = people.villages.at(key.place);
    calendar.add(moment(plus_days(due_on, -7), 10, 7 * i),
                 [=, this, &village](Instant now) { write_rows(village, key, i, now); });
    const auto day = place.sparse ? plus_days(due_on, 2) : plus_days(due_on, -(i % 4));
    calendar.add(moment(day, 10 + i, 15), [=, this, &village](Instant now) { hand_in(village, key, now); });
    calendar.add(moment(plus_days(due_on, place.sparse ? 3 : 1), 15, 5 * i), [=, this](Instant now) { accept(key, now); });
  }
  const plans::PlanKey own{campaign.id, campaign.town};
  calendar.add(moment(plus_days(due_on, -8), 9, 30), [=, this](Instant now) { write_rows(people_.station, own, -1, now); });
}

// A row a week to the campaign's end. The station's own (`place` negative) goes round the places.
void SamplePlans::write_rows(const people::Actor& actor, const plans::PlanKey& key, int place, Instant now) {
  const auto written = house_.database().write_now([&](Transaction& transaction) -> Result<> {
    int index = 0;
    const auto& periods = campaign_.report_periods;
    for (Month month = periods.first; month <= periods.last; month = plus_months(month, 1)) {
      for (const auto& week : campaigns::report_weeks(month, periods.week_rule)) {
        const auto round = static_cast<std::size_t>(place < 0 ? index : place) % material_.places.size();
        const auto& held_at = material_.places[round];
        const auto row = compose_row(material_, held_at, index + (place < 0 ? 3 : place));
        plans::RowChange change;
        change.from = week.days.from;
        change.to = week.days.to;
        change.focus = row.focus;
        change.in_charge = place < 0 ? actor.display_name : row.in_charge;
        if (place < 0) change.places = std::vector<places::PlaceId>{places::PlaceId(held_at.id)};
        change.order = index++;
        const auto put = plans::put_row(transaction, catalogue_, actor, key, Id<plans::PlanRow>::random(randomness_), change,
                                        std::nullopt, true, now);
        if (!put) return put.error();
      }
    }
    return {};
  });
  expect_done(written, "write a plan");
}

void SamplePlans::hand_in(const people::Actor& actor, const plans::PlanKey& key, Instant now) {
  const auto plan =
      house_.database().read_now([&](Snapshot& snapshot) { return plans::open_plan(snapshot, catalogue_, actor, key, now); });
  expect_done(plan, "open a plan");
  const auto document = plans::make_and_keep(plans::prepare(*plan, forms_), house_.vault());
  expect_done(document, "make a plan");
  const auto handed = house_.database().write_now([&](Transaction& transaction) {
    return plans::hand_in_plan(transaction, catalogue_, actor, key, {}, std::nullopt, *document, now);
  });
  expect_done(handed, "hand a plan in");
}

void SamplePlans::accept(const plans::PlanKey& key, Instant now) {
  const auto accepted = house_.database().write_now(
      [&](Transaction& transaction) { return plans::accept_plan(transaction, catalogue_, people_.station, key, {}, now); });
  expect_done(accepted, "accept a plan");
}

}  // namespace wujin::app
