#include "people/session_cache.h"

#include <cstring>
#include <utility>

namespace wujin::people {
namespace {

// More people than a town has; beyond it everything is forgotten, which costs one read each.
constexpr std::size_t most = 20'000;
constexpr std::chrono::minutes note_every{1};

}  // namespace

std::size_t SessionCache::Hash::operator()(const secrets::TokenDigest& digest) const noexcept {
  std::size_t start;
  std::memcpy(&start, digest.data(), sizeof start);
  return start;
}

bool SessionCache::is_worn(const Kept& kept) const {
  return lifetime_ && std::chrono::steady_clock::now() - kept.since > *lifetime_;
}

std::uint64_t SessionCache::generation() const {
  const std::lock_guard lock(mutex_);
  return generation_;
}

void SessionCache::keep(const secrets::TokenDigest& token, OpenSession open, std::uint64_t generation) {
  const std::lock_guard lock(mutex_);
  if (generation != generation_) return;
  if (kept_.size() >= most) kept_.clear();
  kept_.insert_or_assign(token, Kept{std::move(open), std::chrono::steady_clock::now()});
}

std::optional<OpenSession> SessionCache::use(const secrets::TokenDigest& token, Instant now, bool renews) {
  const std::lock_guard lock(mutex_);
  const auto found = kept_.find(token);
  if (found == kept_.end()) return std::nullopt;
  if (is_worn(found->second)) {
    kept_.erase(found);
    return std::nullopt;
  }
  auto& open = found->second.open;
  // Where the last use lies ahead, the clock was set back: the limit counts from now, else it would be longer by the jump.
  const bool is_later = now > open.session.last_used_at || open.session.last_used_at - now > note_every;
  if (renews && now < open.session.expires_at && is_later) {
    open.session.last_used_at = now;
    open.session.expires_at = now + open.idle_limit;
  }
  return open;
}

bool SessionCache::claim_note(const secrets::TokenDigest& token, Instant now) {
  const std::lock_guard lock(mutex_);
  const auto found = kept_.find(token);
  if (found == kept_.end()) return false;
  auto& noted = found->second.open.noted_at;
  if (std::chrono::abs(now - noted) < note_every) return false;
  noted = now;
  return true;
}

void SessionCache::forget_after(Transaction& transaction) {
  transaction.after_commit([this] { forget(); });
}

void SessionCache::forget() {
  const std::lock_guard lock(mutex_);
  ++generation_;
  kept_.clear();
}

}  // namespace wujin::people
