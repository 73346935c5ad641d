#pragma once

#include <optional>
#include <vector>

#include "database/database.h"
#include "reminders/feed.h"
#include "secrets/token.h"

// The SQL of calendar feeds; revoked ones are never found.
namespace wujin::reminders {

void insert(Transaction& transaction, const Feed& feed, const secrets::TokenDigest& token);
std::optional<Feed> find_feed(Snapshot& snapshot, const secrets::TokenDigest& token);
// Of one account, the latest first.
std::vector<Feed> feeds_of(Snapshot& snapshot, const Id<people::Account>& account);
void revoke(Transaction& transaction, const Id<Feed>& id, Instant now);

}  // namespace wujin::reminders
