#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/json.h"
#include "photos/photos_actions.h"

// How pictures look on the wire (contract: Photo, NearDuplicate).
namespace wujin::photos {

struct NearAnswer {
  Id<Photo> photo;
  Uuid activity;
  people::PlaceId place;
  std::string place_name;
  std::string title;
  Date date;
  int distance = 0;
};
BOOST_DESCRIBE_STRUCT(NearAnswer, (), (photo, activity, place, place_name, title, date, distance))

struct NearListAnswer {
  std::vector<NearAnswer> items;
};
BOOST_DESCRIBE_STRUCT(NearListAnswer, (), (items))

struct PhotoAnswer {
  Id<Photo> id;
  bool received = false;
  std::int64_t bytes = 0;
  std::string sha256;
  std::int64_t received_bytes = 0;
  std::optional<Instant> received_at;
  std::optional<std::string> media_type;
  std::optional<int> width;
  std::optional<int> height;
  std::optional<Instant> taken_at;
  std::optional<double> latitude;
  std::optional<double> longitude;
  std::optional<Uuid> activity;
  bool renditions_ready = false;
  std::optional<bool> unreadable;
  std::vector<NearAnswer> near_duplicates;
};
BOOST_DESCRIBE_STRUCT(PhotoAnswer, (),
                      (id, received, bytes, sha256, received_bytes, received_at, media_type, width, height, taken_at, latitude,
                       longitude, activity, renditions_ready, unreadable, near_duplicates))

// `arriving`: bytes its upload has brought so far, for a picture not received yet.
PhotoAnswer answer_of(const Seen& seen, std::int64_t arriving);
// Nearest first, at most `limit`.
std::vector<NearAnswer> near_answers(const Seen& seen, std::size_t limit);

}  // namespace wujin::photos
