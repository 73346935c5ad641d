#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "activities/activities_actions.h"
#include "app/application.h"
#include "base/randomness.h"
#include "seed/drawn_photos.h"

namespace wujin::bench {

inline constexpr std::int64_t at_once = 1000;  // records in one commit

// What somebody is about to record.
struct Draft {
  const people::Actor* actor = nullptr;
  Instant at{};
  activities::ActivityChange change;
  std::vector<DrawnPhoto> pictures;
};

// Writes records through the server's own action, with pictures that exist as rows only.
class Recorder {
 public:
  Recorder(app::House& house, DrawnPhotos& drawn) : house_(house), drawn_(drawn) {}

  Result<Id<activities::Activity>> submit(Transaction& transaction, const people::Actor& actor,
                                          const activities::ActivityChange& change, Instant now);

  // Records number `first` to `last` as `draft` says of each, with the next pictures there are. While one commit is written, a
  // thread of its own drafts what the next one holds: `draft` is called in order, never twice at a time, and may share nothing
  // with the writing. `recorded` is told how far each commit came. Throws what was refused.
  void record_all(std::int64_t first, std::int64_t last, const std::function<Draft(std::int64_t)>& draft,
                  const std::function<void(std::int64_t)>& recorded);

 private:
  void write(std::vector<Draft>& drafts);
  Result<> write_one(Transaction& transaction, Draft& draft);

  app::House& house_;
  DrawnPhotos& drawn_;
  SystemRandomness randomness_;
};

}  // namespace wujin::bench
