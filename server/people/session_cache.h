#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "database/database.h"
#include "people/actor.h"
#include "people/sessions_store.h"
#include "secrets/token.h"

namespace wujin::people {

// What a request's token stands for, as far as it can be kept.
struct OpenSession {
  Session session;
  Actor actor;
  std::chrono::milliseconds idle_limit{};
  Instant noted_at{};  // the last use that the database knows
};

// Sessions lately used, so that a request asks the database for nothing. Every write that touches accounts, grants, sessions or
// the policy calls forget_after(). Safe to share between threads.
class SessionCache {
 public:
  // `lifetime` bounds how long another process's sign-out may go unseen; nothing: this process is the only one that writes.
  explicit SessionCache(std::optional<std::chrono::milliseconds> lifetime) : lifetime_(lifetime) {}

  // Rises with every forgetting: what was read before it must not be kept.
  std::uint64_t generation() const;
  void keep(const secrets::TokenDigest& token, OpenSession open, std::uint64_t generation);

  // Marks the session used now. Answers a copy as it was kept, its `session` renewed; nothing when it is not kept.
  std::optional<OpenSession> use(const secrets::TokenDigest& token, Instant now, bool renews);
  // Says that the database knows of this use; the first caller a minute answers true and writes it.
  bool claim_note(const secrets::TokenDigest& token, Instant now);

  // Everything kept is read anew once this transaction has committed.
  void forget_after(Transaction& transaction);
  void forget();

 private:
  struct Hash {
    std::size_t operator()(const secrets::TokenDigest& digest) const noexcept;
  };
  struct Kept {
    OpenSession open;
    std::chrono::steady_clock::time_point since;
  };
  bool is_worn(const Kept& kept) const;

  std::optional<std::chrono::milliseconds> lifetime_;
  mutable std::mutex mutex_;
  std::uint64_t generation_ = 0;
  std::unordered_map<secrets::TokenDigest, Kept, Hash> kept_;
};

}  // namespace wujin::people
