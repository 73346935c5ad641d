#pragma once

#include <string>
#include <vector>

#include "activities/activity.h"
#include "database/database.h"
#include "people/actor.h"
#include "photos/photo.h"
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

struct ActivityAnswer : ActivityContent {
  Id<Activity> id;
  std::string etag;
  std::string place_name;
  std::vector<PhotoAnswer> photos;
  Instant received_at;
  Instant updated_at;
  std::string recorded_by;
  Month month;
  bool supplement = false;
  std::vector<std::string> may;
};
BOOST_DESCRIBE_STRUCT(ActivityAnswer, (ActivityContent),
                      (id, etag, place_name, photos, received_at, updated_at, recorded_by, month, supplement, may))

// Adds what the other rooms know: names of places, pictures as received, near duplicates the actor may see, what the actor may
// do.
std::vector<ActivityAnswer> answers_of(Snapshot& snapshot, const people::Actor& actor, const std::vector<Activity>& activities,
                                       Instant now);

}  // namespace wujin::activities
