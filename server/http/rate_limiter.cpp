#include "http/rate_limiter.h"

namespace wujin::http {

Result<> RateLimiter::take(std::string_view key) {
  const Instant now = clock_.now();
  const std::lock_guard lock(mutex_);
  if (buckets_.size() >= most_keys_ && !buckets_.contains(std::string(key))) forget_full(now);
  Full& full = buckets_.try_emplace(std::string(key), now).first->second;
  const Instant next = std::max(full, now) + refill_;
  const auto wait = next - now - burst_ * refill_;
  if (wait > std::chrono::milliseconds(0)) {
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
    return Problem(ProblemCode::too_many_requests, {{"seconds", std::to_string(seconds)}});
  }
  full = next;
  return {};
}

// Full buckets say nothing. When none is full, somebody is trying many keys: starting over is the lesser evil to growing.
void RateLimiter::forget_full(Instant now) {
  std::erase_if(buckets_, [&](const auto& bucket) { return bucket.second <= now; });
  if (buckets_.size() >= most_keys_) buckets_.clear();
}

}  // namespace wujin::http
