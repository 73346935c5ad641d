#include "people/throttle.h"

#include <iterator>

namespace wujin::people {
namespace {

constexpr std::size_t most_keys = 10'000;

}  // namespace

void Throttle::drop_old(std::deque<Instant>& times, Instant now) const {
  while (!times.empty() && (now - times.front() >= window_ || times.front() > now)) times.pop_front();
}

Result<> Throttle::room_in(std::deque<Instant>& times, Instant now) const {
  drop_old(times, now);
  if (times.size() < static_cast<std::size_t>(most_)) return {};
  const auto wait = std::chrono::ceil<std::chrono::seconds>(times.front() + window_ - now);
  return Problem(ProblemCode::too_many_requests, {{"seconds", std::to_string(wait.count())}});
}

std::deque<Instant>& Throttle::times_of(std::string_view key, Instant now) {
  if (noted_.size() >= most_keys) {
    for (auto entry = noted_.begin(); entry != noted_.end();) {
      drop_old(entry->second, now);
      entry = entry->second.empty() ? noted_.erase(entry) : std::next(entry);
    }
    if (noted_.size() >= most_keys) noted_.clear();
  }
  return noted_[std::string(key)];
}

Result<> Throttle::admit(std::string_view key, Instant now) {
  const std::lock_guard lock(mutex_);
  const auto found = noted_.find(std::string(key));
  if (found == noted_.end()) return {};
  return room_in(found->second, now);
}

void Throttle::note(std::string_view key, Instant now) {
  const std::lock_guard lock(mutex_);
  auto& times = times_of(key, now);
  drop_old(times, now);
  times.push_back(now);
  if (times.size() > static_cast<std::size_t>(most_)) times.pop_front();
}

Result<> Throttle::take(std::string_view key, Instant now) {
  const std::lock_guard lock(mutex_);
  auto& times = times_of(key, now);
  auto room = room_in(times, now);
  if (room) times.push_back(now);
  return room;
}

}  // namespace wujin::people
