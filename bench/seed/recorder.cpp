#include "seed/recorder.h"

namespace wujin::bench {

using activities::Activity;

Result<Id<Activity>> Recorder::submit(Transaction& transaction, const people::Actor& actor,
                                      const activities::ActivityChange& change, Instant now) {
  const auto id = Id<Activity>::born(now, randomness_);
  const auto submitted = activities::submit_activity(transaction, house_.catalogue(), actor, id, change, {}, now);
  if (!submitted) return submitted.error();
  return id;
}

Result<> Recorder::record(Transaction& transaction, const people::Actor& actor, activities::ActivityChange change, Instant now) {
  const photos::House house{house_.queue(), drawn_.vault(), house_.owners()};
  auto pictures = drawn_.next(change, actor);
  const auto submitted = submit(transaction, actor, change, now);
  if (!submitted) return submitted.error();
  for (auto& picture : pictures) drawn_.leave(transaction, house, picture, *submitted, now);
  return {};
}

}  // namespace wujin::bench
