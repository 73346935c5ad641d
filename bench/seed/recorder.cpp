#include "seed/recorder.h"

#include <algorithm>
#include <future>

#include "seed/stage.h"

namespace wujin::bench {

using activities::Activity;

Result<Id<Activity>> Recorder::submit(Transaction& transaction, const people::Actor& actor,
                                      const activities::ActivityChange& change, Instant now) {
  const auto id = Id<Activity>::born(now, randomness_);
  const auto submitted = activities::submit_activity(transaction, house_.catalogue(), actor, id, change, {}, now);
  if (!submitted) return submitted.error();
  return id;
}

void Recorder::record_all(std::int64_t first, std::int64_t last, const std::function<Draft(std::int64_t)>& draft,
                          const std::function<void(std::int64_t)>& recorded) {
  const auto draft_from = [&](std::int64_t begin) {
    std::vector<Draft> drafts;
    for (std::int64_t i = begin; i < std::min(begin + at_once, last); ++i) {
      drafts.push_back(draft(i));
      drafts.back().pictures = drawn_.next(drafts.back().change, *drafts.back().actor);
    }
    return drafts;
  };
  auto next = std::async(std::launch::async, draft_from, first);
  for (std::int64_t begin = first; begin < last; begin += at_once) {
    auto drafts = next.get();
    next = std::async(std::launch::async, draft_from, begin + at_once);
    write(drafts);
    recorded(std::min(begin + at_once, last));
  }
}

void Recorder::write(std::vector<Draft>& drafts) {
  const auto kept = house_.database().write_now([&](Transaction& transaction) -> Result<> {
    for (Draft& draft : drafts) {
      if (const auto written = write_one(transaction, draft); !written) return written;
    }
    drop_drawing(transaction);
    return {};
  });
  expect(kept, "record activities");
}

Result<> Recorder::write_one(Transaction& transaction, Draft& draft) {
  const photos::House house{house_.queue(), drawn_.vault(), house_.owners()};
  const auto submitted = submit(transaction, *draft.actor, draft.change, draft.at);
  if (!submitted) return submitted.error();
  for (DrawnPhoto& picture : draft.pictures) {
    picture.photo.owner = submitted->uuid();
    leave_drawn(transaction, house, picture, draft.at);
  }
  return {};
}

}  // namespace wujin::bench
