#include "photos/photo_answer.h"

#include <algorithm>

namespace wujin::photos {

std::vector<NearAnswer> near_answers(const Seen& seen, std::size_t limit) {
  std::vector<NearAnswer> answers;
  for (const auto& near : seen.near) {
    if (answers.size() == limit) break;
    const auto owner = std::ranges::find_if(seen.near_owners, [&](const OwnerFacts& facts) { return facts.owner == near.owner; });
    if (owner == seen.near_owners.end()) continue;
    answers.push_back({near.photo, owner->owner, owner->place, owner->place_name, owner->title, owner->date, near.distance});
  }
  return answers;
}

PhotoAnswer answer_of(const Seen& seen, std::int64_t arriving) {
  const auto& photo = seen.photo;
  const auto claims = believed(photo);
  PhotoAnswer answer;
  answer.id = photo.id;
  answer.received = photo.received_at.has_value();
  answer.bytes = photo.bytes;
  answer.sha256 = photo.sha256;
  answer.received_bytes = answer.received ? photo.bytes : arriving;
  answer.received_at = photo.received_at;
  if (!photo.media_type.empty()) answer.media_type = photo.media_type;
  answer.width = photo.width;
  answer.height = photo.height;
  answer.taken_at = claims.taken_at;
  answer.latitude = claims.latitude;
  answer.longitude = claims.longitude;
  answer.activity = photo.owner;
  answer.renditions_ready = photo.drawing == Drawing::ready;
  if (photo.drawing == Drawing::unreadable) answer.unreadable = true;
  answer.near_duplicates = near_answers(seen, most_near_told);
  return answer;
}

}  // namespace wujin::photos
