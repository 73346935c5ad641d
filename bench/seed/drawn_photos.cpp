#include "seed/drawn_photos.h"

#include <algorithm>
#include <span>

#include "base/text.h"
#include "images/fingerprint.h"

namespace wujin::bench {
namespace {

constexpr std::int64_t each = 3, alike_every = 50;
constexpr std::size_t most_earlier = 4096, most_alike_told = 500;

std::string random_bytes(Randomness& randomness, std::size_t count) {
  std::string bytes(count, '\0');
  randomness.fill(std::as_writable_bytes(std::span(bytes)));
  return bytes;
}

}  // namespace

DrawnPhotos::DrawnPhotos(std::int64_t count) : left_(count), vault_(pretended_vault()), randomness_(20'230'801) {}

DrawnPhoto DrawnPhotos::make(const activities::ActivityChange& change, const people::Actor& uploader) {
  DrawnPhoto drawn;
  auto& photo = drawn.photo;
  drawn.facts.sha256 = random_bytes(randomness_, 32);
  drawn.facts.size = 2'400'000 + randomness_.below(200'000);
  drawn.facts.crc32 = static_cast<std::uint32_t>(randomness_.below(std::uint64_t{1} << 32U));
  photo.id = Id<photos::Photo>::born(change.recorded_at.value(), randomness_);
  photo.campaign = change.campaign.text();
  photo.uploader = uploader.account.uuid();
  photo.bytes = static_cast<std::int64_t>(drawn.facts.size);
  photo.sha256 = to_hex(drawn.facts.sha256);
  photo.drawing = photos::Drawing::ready;
  photo.media_type = "image/jpeg";
  photo.width = 4000;
  photo.height = 3000;
  std::size_t next = 0;
  for (const auto size : {photos::Size::small, photos::Size::large}) {
    const int side = photos::side_of(size);
    drawn.renditions[next++] = photos::StoredRendition{
        size, to_hex(random_bytes(randomness_, 32)), drawn.facts.crc32, std::int64_t{side} * side / 8, side, side * 3 / 4};
  }
  drawn.fingerprint = randomness_.below(std::uint64_t{1} << 63U) << 1U | randomness_.below(2);
  return drawn;
}

std::vector<DrawnPhoto> DrawnPhotos::next(activities::ActivityChange& change, const people::Actor& uploader) {
  std::vector<DrawnPhoto> pictures;
  for (auto i = std::min(each, left_); i > 0; --i, --left_) {
    pictures.push_back(make(change, uploader));
    find_likeness(pictures.back());
    activities::PhotoClaim claim;
    claim.id = pictures.back().photo.id;
    claim.bytes = pictures.back().photo.bytes;
    claim.sha256 = pictures.back().photo.sha256;
    claim.taken_at = change.started_at;
    change.photos.push_back(std::move(claim));
  }
  return pictures;
}

void DrawnPhotos::find_likeness(DrawnPhoto& drawn) {
  std::vector<Earlier>& earlier = earlier_[drawn.photo.campaign];
  if (++made_ % alike_every == 0 && !earlier.empty()) {
    const Earlier& other = earlier[randomness_.below(earlier.size())];
    drawn.fingerprint = other.fingerprint;
    for (int bits = 1 + static_cast<int>(randomness_.below(images::near_duplicate_distance)); bits > 0; --bits) {
      drawn.fingerprint ^= std::uint64_t{1} << randomness_.below(64);
    }
    drawn.alike.emplace_back(other.id, images::distance(drawn.fingerprint, other.fingerprint));
    if (alike_.size() < most_alike_told) alike_.push_back(drawn.photo.id.to_string());
  } else if (earlier.size() < most_earlier && made_ % 7 == 0) {
    earlier.push_back({drawn.photo.id, drawn.fingerprint});
  }
}

}  // namespace wujin::bench
