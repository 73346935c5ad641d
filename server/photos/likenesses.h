#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <vector>

#include "database/database.h"
#include "images/fingerprint_index.h"
#include "photos/photo.h"

namespace wujin::photos {

// Pictures that look alike, found by an index in memory over all fingerprints in the database. It is built when first asked, so
// that a server that only reads never pays for it, and takes in what is new each time it is asked, what other processes wrote
// included. Safe to share between threads.
class Likenesses {
 public:
  // Finds every picture that looks like this one, whose fingerprint is already committed, and notes both ways. Of two pictures
  // taken in at the same time at least the later one finds the other. Answers how many were found; safe to repeat.
  int note(Database& database, const Id<Photo>& photo);

  std::size_t size() const;
  std::size_t memory() const;  // bytes

 private:
  void catch_up(Snapshot& snapshot);

  mutable std::mutex mutex_;
  images::FingerprintIndex index_;
  std::vector<bool> present_;  // by number
  std::int64_t highest_ = 0;
};

}  // namespace wujin::photos
