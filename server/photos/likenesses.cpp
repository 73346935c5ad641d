#include "photos/likenesses.h"

#include <algorithm>

#include "photos/photos_store.h"

namespace wujin::photos {
namespace {

// Numbers are given out before they are committed; PostgreSQL may show a higher one first. So far back it is looked again.
constexpr std::int64_t out_of_order = 1000;

// A picture like hundreds of others (a black one) would otherwise be noted with each of them.
constexpr std::size_t most_noted = 200;

struct Found {
  Id<Photo> photo;
  int distance = 0;
};

}  // namespace

void Likenesses::catch_up(Snapshot& snapshot) {
  const auto back = snapshot.dialect() == Dialect::postgres ? out_of_order : 0;
  each_fingerprint(snapshot, std::max<std::int64_t>(0, highest_ - back), [&](const NumberedFingerprint& one) {
    const auto number = static_cast<std::size_t>(one.number);
    if (number >= present_.size()) present_.resize(std::max(number + 1, present_.size() * 2));
    highest_ = std::max(highest_, one.number);
    if (present_[number]) return;
    present_[number] = true;
    index_.add(static_cast<images::FingerprintIndex::Number>(number), one.fingerprint);
  });
}

int Likenesses::note(Database& database, const Id<Photo>& photo) {
  // Before the snapshot: what the index holds and an older snapshot does not show would be taken for removed.
  std::unique_lock lock(mutex_);
  const auto found = database.read_now([&](Snapshot& snapshot) {
    std::vector<Found> alike;
    const auto mine = fingerprint_of(snapshot, photo);
    if (!mine) return alike;
    catch_up(snapshot);
    for (const auto& match : index_.near(mine->fingerprint, images::near_duplicate_distance)) {
      if (match.number == mine->number || alike.size() == most_noted) continue;
      if (const auto other = photo_of_fingerprint(snapshot, match.number)) {
        alike.push_back({*other, match.distance});
      } else {
        // Removed since; its number never comes again.
        index_.remove(match.number, mine->fingerprint);
      }
    }
    return alike;
  });
  lock.unlock();
  if (found.empty()) return 0;
  const auto noted = database.write_now([&](Transaction& transaction) -> Result<int> {
    int count = 0;
    if (!find(transaction, photo)) return count;
    for (const auto& one : found) {
      if (!find(transaction, one.photo)) continue;
      save_likeness(transaction, photo, one.photo, one.distance);
      ++count;
    }
    return count;
  });
  return noted.value();
}

std::size_t Likenesses::size() const {
  const std::lock_guard lock(mutex_);
  return index_.size();
}

std::size_t Likenesses::memory() const {
  const std::lock_guard lock(mutex_);
  return index_.memory() + present_.capacity() / 8;
}

}  // namespace wujin::photos
