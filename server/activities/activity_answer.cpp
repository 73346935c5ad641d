#include "activities/activity_answer.h"

#include <set>

#include "activities/activities_actions.h"
#include "activities/activity_owners.h"
#include "places/place_store.h"

namespace wujin::activities {
namespace {

using FactsByOwner = std::unordered_map<Uuid, photos::OwnerFacts>;

// Of the activities that near duplicates belong to, those the actor may see.
FactsByOwner near_owners_of(Snapshot& snapshot, const people::Actor& actor, const places::Tree& tree,
                            const std::vector<photos::PhotoFacts>& photos) {
  std::set<Uuid> owners;
  for (const photos::PhotoFacts& photo : photos) {
    for (const photos::Near& near : photo.near_duplicates) owners.insert(near.owner);
  }
  FactsByOwner facts;
  for (auto& owner : describe_owners(snapshot, actor, tree, std::vector(owners.begin(), owners.end()))) {
    facts.emplace(owner.owner, std::move(owner));
  }
  return facts;
}

PhotoAnswer answer_of(const ActivityPhoto& photo, const photos::PhotoFacts& facts, const FactsByOwner& near_owners) {
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
  if (facts.unreadable) answer.unreadable = true;
  for (const photos::Near& near : facts.near_duplicates) {
    const auto owner = near_owners.find(near.owner);
    if (owner == near_owners.end()) continue;
    const photos::OwnerFacts& other = owner->second;
    answer.near_duplicates.push_back(
        {near.photo, Id<Activity>(near.owner), other.place, other.place_name, other.title, other.date, near.distance});
  }
  return answer;
}

}  // namespace

PhotoAnswers::PhotoAnswers(Snapshot& snapshot, const people::Actor& actor, const places::Tree& tree, std::span<const Uuid> owners)
    : facts_(photos::of_owners(snapshot, owners)), near_owners_(near_owners_of(snapshot, actor, tree, facts_)) {
  for (const photos::PhotoFacts& photo : facts_) by_id_.emplace(photo.id, &photo);
}

std::vector<PhotoAnswer> PhotoAnswers::of(std::span<const ActivityPhoto> photos) const {
  std::vector<PhotoAnswer> answers;
  for (const ActivityPhoto& photo : photos) {
    const auto found = by_id_.find(photo.id);
    if (found != by_id_.end()) answers.push_back(answer_of(photo, *found->second, near_owners_));
  }
  return answers;
}

std::string name_of(const places::Tree& tree, const PlaceId& id) {
  const places::Place* place = tree.find(id);
  return place != nullptr ? place->name : id.text();
}

std::vector<ActivityAnswer> answers_of(Snapshot& snapshot, const people::Actor& actor, std::span<const Activity> activities,
                                       Instant now) {
  const places::Tree tree = places::read_tree(snapshot, china_date(now));
  std::vector<Uuid> owners;
  for (const Activity& activity : activities) {
    if (!activity.photos.empty()) owners.push_back(activity.id.uuid());
  }
  const PhotoAnswers photos(snapshot, actor, tree, owners);
  std::vector<ActivityAnswer> answers;
  answers.reserve(activities.size());
  for (const Activity& activity : activities) {
    ActivityAnswer answer;
    static_cast<ActivityRecord&>(answer) = record_of(activity);
    answer.place_name = name_of(tree, activity.place);
    answer.may = may_do(actor, activity, tree);
    answer.photos = photos.of(activity.photos);
    answers.push_back(std::move(answer));
  }
  return answers;
}

}  // namespace wujin::activities
