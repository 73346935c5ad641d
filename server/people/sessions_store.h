#pragma once

#include <optional>
#include <vector>

#include "database/database.h"
#include "people/account.h"
#include "people/policy.h"
#include "secrets/token.h"

namespace wujin::people {

// One sign-in on one device. Ends when not used for as long as the policy says.
struct Session {
  Id<Session> id;
  Id<Account> account;
  Device device = Device::desk;
  Instant created_at{};
  Instant last_used_at{};
  Instant expires_at{};
};

void insert_session(Transaction& transaction, const Session& session, const secrets::TokenDigest& token);
// Whatever its age and whoever's it is.
std::optional<Session> find_session(Snapshot& snapshot, const secrets::TokenDigest& token);
std::vector<Session> list_sessions(Snapshot& snapshot, const Id<Account>& account, Instant now);
void touch_session(Transaction& transaction, const Session& session);
void delete_session(Transaction& transaction, const Id<Session>& id);
// Every session of the account, or every one but `kept`. Answers how many.
std::int64_t delete_sessions(Transaction& transaction, const Id<Account>& account, const std::optional<Id<Session>>& kept);
std::int64_t delete_expired_sessions(Transaction& transaction, Instant now);

}  // namespace wujin::people
