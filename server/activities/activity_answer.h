#pragma once

#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "activities/activity.h"
#include "database/database.h"
#include "people/actor.h"
#include "photos/owners.h"
#include "photos/photos_store.h"
#include "places/place.h"

// How activities look on the wire (contract: Activity).
namespace wujin::activities {

struct NearDuplicateAnswer {
  Id<Photo> photo;
  Id<Activity> activity;
  PlaceId place;
  std::string place_name;
  std::string title;
  Date date;
  int distance = 0;
};
BOOST_DESCRIBE_STRUCT(NearDuplicateAnswer, (), (photo, activity, place, place_name, title, date, distance))

struct PhotoAnswer : PhotoClaim {
  bool received = false;
  std::optional<Instant> received_at;
  std::optional<int> width;
  std::optional<int> height;
  std::optional<bool> renditions_ready;
  std::optional<bool> unreadable;
  std::vector<NearDuplicateAnswer> near_duplicates;
};
BOOST_DESCRIBE_STRUCT(PhotoAnswer, (PhotoClaim),
                      (received, received_at, width, height, renditions_ready, unreadable, near_duplicates))

struct ActivityAnswer : ActivityRecord {
  std::string place_name;
  std::vector<PhotoAnswer> photos;
  std::vector<std::string> may;
};
BOOST_DESCRIBE_STRUCT(ActivityAnswer, (ActivityRecord), (place_name, photos, may))

// The pictures of several activities as they were received, with the near duplicates the actor may see.
class PhotoAnswers {
 public:
  PhotoAnswers(Snapshot& snapshot, const people::Actor& actor, const places::Tree& tree, std::span<const Uuid> owners);
  PhotoAnswers(const PhotoAnswers&) = delete;
  PhotoAnswers& operator=(const PhotoAnswers&) = delete;

  std::vector<PhotoAnswer> of(std::span<const ActivityPhoto> photos) const;

 private:
  std::vector<photos::PhotoFacts> facts_;
  std::unordered_map<Id<Photo>, const photos::PhotoFacts*> by_id_;
  std::unordered_map<Uuid, photos::OwnerFacts> near_owners_;
};

// What a place is called; its id when nobody knows it.
std::string name_of(const places::Tree& tree, const PlaceId& id);

// Adds what the other rooms know: names of places, pictures as received, near duplicates the actor may see, what the actor may
// do.
std::vector<ActivityAnswer> answers_of(Snapshot& snapshot, const people::Actor& actor, std::span<const Activity> activities,
                                       Instant now);

}  // namespace wujin::activities
