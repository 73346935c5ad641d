#pragma once

#include <optional>
#include <string_view>

#include "base/clock.h"
#include "database/database.h"
#include "people/session_cache.h"
#include "people/sessions.h"

namespace wujin::people {

// The cookie that carries a session's token.
inline constexpr std::string_view session_cookie = "wujin_session";

// The token of a request: `Authorization: Bearer` before the cookie.
std::optional<std::string_view> token_in(const http::Request& request);

// Sessions as the database and the cache know them.
class StoredSessions final : public Sessions {
 public:
  StoredSessions(Database& database, SessionCache& cache, const Clock& clock)
      : database_(database), cache_(cache), clock_(clock) {}

  Task<Result<Actor>> actor_of(http::Request& request) override;

 private:
  Task<std::optional<OpenSession>> load(const secrets::TokenDigest& token, Instant now);
  Task<void> note_use(Session session);

  Database& database_;
  SessionCache& cache_;
  const Clock& clock_;
};

}  // namespace wujin::people
