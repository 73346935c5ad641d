#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "people/accounts_store.h"
#include "people/may.h"
#include "people/policy.h"
#include "people/session_cache.h"
#include "places/place.h"

namespace wujin::people {

// The places whose people the actor may look at: nothing means everybody, accounts without a grant too.
std::optional<std::vector<PlaceId>> people_places(const Actor& who, const places::Tree& tree);

// ── looking ── Errors: forbidden, not_found (an account the actor may not look at is not found)
Result<std::vector<Account>> see_accounts(const Actor& who, AccountFilter filter, const std::optional<PlaceId>& place,
                                          const std::optional<AccountPosition>& after, int limit, Snapshot& snapshot,
                                          const places::Tree& tree);
Result<Account> see_account(const Actor& who, const Id<Account>& id, Snapshot& snapshot, const places::Tree& tree);

// ── changing others ── Nobody changes an account that holds a role they could not give. Errors: forbidden, not_found, stale and
// if_match_required (each with the account as `current`), validation.
struct AccountChange {
  std::optional<std::string> display_name;
  std::optional<bool> disabled;  // ends its sessions
};
BOOST_DESCRIBE_STRUCT(AccountChange, (), (display_name, disabled))
Result<Account> change_account(const Actor& who, const Id<Account>& id, const AccountChange& change, std::string_view if_match,
                               Transaction& transaction, SessionCache& cache, const places::Tree& tree, Instant now);
Result<Account> change_grants(const Actor& who, const Id<Account>& id, std::vector<Grant> grants, std::string_view if_match,
                              Transaction& transaction, SessionCache& cache, const places::Tree& tree, Instant now);
// Everything `from` may do passes to `to`, who keeps what they had. The sessions of `from` end; with `closes` the account can no
// longer sign in. Errors: forbidden (who may not give every role that passes, or stands over either), not_found, validation.
struct PassedGrants {
  Account from, to;           // as they were
  std::vector<Grant> grants;  // that passed
};
Result<PassedGrants> pass_grants(const Actor& who, const Id<Account>& from, const Id<Account>& to, bool closes,
                                 Transaction& transaction, SessionCache& cache, const places::Tree& tree, Instant now);
// Lifts a lock-out.
Result<> unlock_account(const Actor& who, const Id<Account>& id, Transaction& transaction, const places::Tree& tree, Instant now);

// ── changing oneself ──
struct OwnChange {
  std::optional<std::string> display_name;
  std::optional<std::string> language;  // "zh-CN" or "en"
};
BOOST_DESCRIBE_STRUCT(OwnChange, (), (display_name, language))
Result<Account> change_oneself(const Actor& who, const OwnChange& change, Transaction& transaction, SessionCache& cache,
                               const places::Tree& tree, Instant now);
// Other sessions of the account end; this one goes on.
Result<> change_own_password(const Actor& who, std::string_view password_hash, Transaction& transaction, SessionCache& cache,
                             const places::Tree& tree, Instant now);

// ── the rules of signing in ──
Result<Policy> see_policy(const Actor& who, Snapshot& snapshot);
Result<Policy> change_policy(const Actor& who, const PolicyChange& change, std::string_view if_match, Transaction& transaction,
                             SessionCache& cache, const places::Tree& tree, Instant now);

}  // namespace wujin::people
