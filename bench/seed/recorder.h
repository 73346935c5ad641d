#pragma once

#include <cstdint>

#include "activities/activities_actions.h"
#include "app/application.h"
#include "base/randomness.h"
#include "seed/drawn_photos.h"

namespace wujin::bench {

inline constexpr std::int64_t at_once = 1000;  // records in one commit

// Writes records through the server's own action, with pictures that exist as rows only.
class Recorder {
 public:
  Recorder(app::House& house, DrawnPhotos& drawn) : house_(house), drawn_(drawn) {}

  Result<Id<activities::Activity>> submit(Transaction& transaction, const people::Actor& actor,
                                          const activities::ActivityChange& change, Instant now);
  // With the next pictures there are; their jobs are left to be dropped with drop_drawing.
  Result<> record(Transaction& transaction, const people::Actor& actor, activities::ActivityChange change, Instant now);

 private:
  app::House& house_;
  DrawnPhotos& drawn_;
  SystemRandomness randomness_;
};

}  // namespace wujin::bench
