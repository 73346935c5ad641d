#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "activities/activity.h"
#include "base/randomness.h"
#include "seed/drawn_photo.h"

namespace wujin::bench {

// Makes up pictures, three an activity until there are enough: a hash, a size and a fingerprint by a seeded generator. Every
// fiftieth looks like an earlier one of its campaign, a few bits apart, and is noted as such.
class DrawnPhotos {
 public:
  explicit DrawnPhotos(std::int64_t count);

  const files::Vault& vault() const { return *vault_; }
  // Adds the claims to `change`; the pictures are left once the activity stands, in the order in which they were made.
  std::vector<DrawnPhoto> next(activities::ActivityChange& change, const people::Actor& uploader);

  const std::vector<std::string>& alike() const { return alike_; }  // some that look like another

 private:
  DrawnPhoto make(const activities::ActivityChange& change, const people::Actor& uploader);
  void find_likeness(DrawnPhoto& drawn);

  struct Earlier {
    Id<photos::Photo> id;
    std::uint64_t fingerprint = 0;
  };
  std::int64_t left_;
  std::unique_ptr<files::Vault> vault_;
  SeededRandomness randomness_;
  std::map<std::string, std::vector<Earlier>> earlier_;  // some of those made, to look like, by campaign
  std::int64_t made_ = 0;
  std::vector<std::string> alike_;
};

}  // namespace wujin::bench
