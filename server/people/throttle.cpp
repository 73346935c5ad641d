#include "people/throttle.h"

#include <iterator>

namespace wujin::people {
namespace {

constexpr std::size_t most_addresses = 10'000;

}  // namespace

void Throttle::drop_old(std::deque<Instant>& times, Instant now) const {
  while (!times.empty() && (now - times.front() >= window_ || times.front() > now)) times.pop_front();
}

Result<> Throttle::admit(std::string_view address, Instant now) {
  const std::lock_guard lock(mutex_);
  const auto found = failed_.find(std::string(address));
  if (found == failed_.end()) return {};
  auto& times = found->second;
  drop_old(times, now);
  if (times.size() < static_cast<std::size_t>(failures_)) return {};
  const auto wait = std::chrono::ceil<std::chrono::seconds>(times.front() + window_ - now);
  return Problem(ProblemCode::too_many_requests, {{"seconds", std::to_string(wait.count())}});
}

void Throttle::note_failure(std::string_view address, Instant now) {
  const std::lock_guard lock(mutex_);
  if (failed_.size() >= most_addresses) {
    for (auto entry = failed_.begin(); entry != failed_.end();) {
      drop_old(entry->second, now);
      entry = entry->second.empty() ? failed_.erase(entry) : std::next(entry);
    }
    if (failed_.size() >= most_addresses) failed_.clear();
  }
  auto& times = failed_[std::string(address)];
  drop_old(times, now);
  times.push_back(now);
  if (times.size() > static_cast<std::size_t>(failures_)) times.pop_front();
}

}  // namespace wujin::people
