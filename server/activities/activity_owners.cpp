#include "activities/activity_owners.h"

#include "activities/activities_actions.h"
#include "changes/feed.h"
#include "people/may.h"
#include "places/place_store.h"
#include "tallies/tallies_store.h"

namespace wujin::activities {
namespace {

std::optional<Activity> present(Snapshot& snapshot, const Uuid& owner) {
  auto activity = find(snapshot, Id<Activity>(owner));
  if (activity && activity->deleted) return std::nullopt;
  return activity;
}

}  // namespace

std::vector<photos::OwnerFacts> describe_owners(Snapshot& snapshot, const people::Actor& actor, const places::Tree& tree,
                                                std::span<const Uuid> owners) {
  std::vector<photos::OwnerFacts> facts;
  for (const Uuid& owner : owners) {
    const auto activity = present(snapshot, owner);
    if (!activity || !people::may(actor, people::Verb::read_place, tree.place_and_ancestors(activity->place))) continue;
    const places::Place* place = tree.find(activity->place);
    facts.push_back({owner, activity->place, place->name, activity->title, china_date(activity->started_at)});
  }
  return facts;
}

std::vector<photos::OwnerFacts> ActivityOwners::describe(Snapshot& snapshot, const people::Actor& actor,
                                                         std::span<const Uuid> owners) const {
  if (owners.empty()) return {};
  return describe_owners(snapshot, actor, places::read_tree(snapshot, china_date(clock_.now())), owners);
}

bool ActivityOwners::may_write(Snapshot& snapshot, const people::Actor& actor, const Uuid& owner) const {
  const auto activity = present(snapshot, owner);
  if (!activity) return false;
  return !may_do(actor, *activity, places::read_tree(snapshot, china_date(clock_.now()))).empty();
}

std::string ActivityOwners::touch(Transaction& transaction, const Uuid& owner, Instant now) const {
  const auto activity = present(transaction, owner);
  if (!activity) return "";
  changes::record(
      transaction,
      {activity->town.text(), activity->campaign.text(), activity->place.text(), "activity", activity->id.to_string()}, now);
  tallies::stamp(transaction, activity->campaign.text(), activity->place.text());
  return activity->town.text();
}

}  // namespace wujin::activities
