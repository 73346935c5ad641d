#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "database/database.h"
#include "database/migrate.h"
#include "photos/photo.h"

namespace wujin::photos {

std::span<const Migration> migrations();

// A picture that looks like another, within the same campaign and of another owner.
struct Near {
  Id<Photo> photo;
  Uuid owner;
  int distance = 0;
};
inline constexpr int most_near_told = 20;

// A picture as its owner shows it.
struct PhotoFacts {
  Id<Photo> id;
  Uuid owner;
  std::int64_t bytes = 0;
  std::string sha256;
  bool received = false;
  std::optional<Instant> received_at;
  std::optional<Instant> taken_at;
  std::optional<double> latitude;
  std::optional<double> longitude;
  std::optional<int> width;
  std::optional<int> height;
  bool renditions_ready = false;
  bool unreadable = false;
  std::vector<Near> near_duplicates;  // nearest first, at most most_near_told
};
// Of all the owners, in any order: one query for the pictures, one for each that looks like others.
std::vector<PhotoFacts> of_owners(Snapshot& snapshot, std::span<const Uuid> owners);

// What a file of many pictures needs to know of one that was received.
struct Original {
  Id<Photo> id;
  std::string sha256;  // lower-case hexadecimal
  std::uint32_t crc32 = 0;
  std::uint64_t bytes = 0;
  std::string media_type;  // empty until it was looked into
};
// Of all the owners, in any order.
std::vector<Original> originals_of(Snapshot& snapshot, std::span<const Uuid> owners);

// What looks like one picture, nearest first.
std::vector<Near> near_duplicates(Snapshot& snapshot, const Id<Photo>& photo, int limit);

std::optional<Photo> find(Snapshot& snapshot, const Id<Photo>& id);
std::vector<Id<Photo>> ids_of_owner(Snapshot& snapshot, const Uuid& owner);

void insert(Transaction& transaction, const Photo& photo, Instant now);
// Owner, campaign, announcement and the phone's claims; not what was received.
void update_claim(Transaction& transaction, const Photo& photo);
void update_received(Transaction& transaction, const Photo& photo);
// The outcome of drawing: drawing, media type, size, EXIF.
void update_drawn(Transaction& transaction, const Photo& photo);
// With its renditions and fingerprint; its files become leftovers.
void remove(Transaction& transaction, const Photo& photo, Instant now);
std::vector<Photo> orphans(Snapshot& snapshot, Instant before, int limit);

// One drawn size, in the vault.
struct StoredRendition {
  Size size = Size::small;
  std::string sha256;  // hexadecimal
  std::uint32_t crc32 = 0;
  std::int64_t bytes = 0;
  int width = 0;
  int height = 0;
};
std::optional<StoredRendition> rendition(Snapshot& snapshot, const Id<Photo>& photo, Size size);
void save_rendition(Transaction& transaction, const Id<Photo>& photo, const StoredRendition& rendition);

// Files that lost a record and may have no other.
std::vector<std::string> leftovers(Snapshot& snapshot, Instant before, int limit);
void forget_leftover(Transaction& transaction, std::string_view sha256);
// Whether any picture or rendition is this file.
bool is_referenced(Snapshot& snapshot, std::string_view sha256);

// ── fingerprints, numbered in the order they were taken ──

struct NumberedFingerprint {
  std::int64_t number = 0;
  std::uint64_t fingerprint = 0;
};
void save_fingerprint(Transaction& transaction, const Id<Photo>& photo, std::uint64_t fingerprint);
std::optional<NumberedFingerprint> fingerprint_of(Snapshot& snapshot, const Id<Photo>& photo);
void each_fingerprint(Snapshot& snapshot, std::int64_t above, const std::function<void(const NumberedFingerprint&)>& take);
std::optional<Id<Photo>> photo_of_fingerprint(Snapshot& snapshot, std::int64_t number);
void save_likeness(Transaction& transaction, const Id<Photo>& one, const Id<Photo>& other, int distance);

}  // namespace wujin::photos
