#include "activities/activity_answer.h"

#include <set>
#include <unordered_map>

#include "activities/activities_actions.h"
#include "people/may.h"
#include "photos/photos_store.h"
#include "places/places_store.h"

namespace wujin::activities {
namespace {

using FactsById = std::unordered_map<Id<Photo>, const photos::PhotoFacts*>;

// The activities that near duplicates belong to, for those the actor may see.
std::unordered_map<Uuid, Activity> others_of(Snapshot& snapshot, const people::Actor& actor, const places::Tree& tree,
                                             const std::vector<photos::PhotoFacts>& facts) {
  std::unordered_map<Uuid, Activity> others;
  for (const photos::PhotoFacts& photo : facts) {
    for (const photos::Near& near : photo.near_duplicates) {
      if (others.contains(near.owner)) continue;
      auto activity = find(snapshot, Id<Activity>(near.owner));
      if (!activity || activity->deleted) continue;
      if (people::may(actor, people::Verb::read_place, tree.place_and_ancestors(activity->place))) {
        others.emplace(near.owner, std::move(*activity));
      }
    }
  }
  return others;
}

std::string name_of(const places::Tree& tree, const PlaceId& id) {
  const places::Place* place = tree.find(id);
  return place != nullptr ? place->name : id.text();
}

PhotoAnswer answer_of(const ActivityPhoto& photo, const photos::PhotoFacts& facts, const places::Tree& tree,
                      const std::unordered_map<Uuid, Activity>& others) {
  PhotoAnswer answer;
  answer.id = photo.id;
  answer.caption = photo.caption;
  answer.bytes = facts.bytes;
  answer.sha256 = facts.sha256;
  answer.taken_at = facts.taken_at;
  answer.latitude = facts.latitude;
  answer.longitude = facts.longitude;
  answer.received = facts.received;
  answer.received_at = facts.received_at;
  answer.width = facts.width;
  answer.height = facts.height;
  answer.renditions_ready = facts.renditions_ready;
  for (const photos::Near& near : facts.near_duplicates) {
    const auto other = others.find(near.owner);
    if (other == others.end()) continue;
    const Activity& activity = other->second;
    answer.near_duplicates.push_back({near.photo, activity.id, activity.place, name_of(tree, activity.place), activity.title,
                                      china_date(activity.started_at), near.distance});
  }
  return answer;
}

}  // namespace

std::vector<ActivityAnswer> answers_of(Snapshot& snapshot, const people::Actor& actor, const std::vector<Activity>& activities) {
  const places::Tree tree = places::tree(snapshot);
  std::vector<Uuid> owners;
  for (const Activity& activity : activities) owners.push_back(activity.id.uuid());
  const std::vector<photos::PhotoFacts> facts = photos::of_owners(snapshot, owners);
  const auto others = others_of(snapshot, actor, tree, facts);
  FactsById by_id;
  for (const photos::PhotoFacts& photo : facts) by_id.emplace(photo.id, &photo);

  std::vector<ActivityAnswer> answers;
  answers.reserve(activities.size());
  for (const Activity& activity : activities) {
    ActivityAnswer answer;
    static_cast<ActivityContent&>(answer) = activity;
    answer.id = activity.id;
    answer.etag = etag_of(activity.version);
    answer.place_name = name_of(tree, activity.place);
    answer.received_at = activity.received_at;
    answer.updated_at = activity.updated_at;
    answer.recorded_by = activity.recorded_by_name;
    answer.month = activity.month;
    answer.supplement = activity.supplement;
    answer.may = may_do(actor, activity, tree);
    for (const ActivityPhoto& photo : activity.photos) {
      const auto found = by_id.find(photo.id);
      if (found != by_id.end()) answer.photos.push_back(answer_of(photo, *found->second, tree, others));
    }
    answers.push_back(std::move(answer));
  }
  return answers;
}

}  // namespace wujin::activities
