#pragma once

#include "database/database.h"
#include "people/accounts_store.h"
#include "people/policy.h"

namespace wujin::people {

Policy read_policy(Snapshot& snapshot);
// The version rises.
void write_policy(Transaction& transaction, const PolicyChange& policy);

// No failures when nothing is noted.
Lockout read_lockout(Snapshot& snapshot, const LoginDigest& login);
void write_lockout(Transaction& transaction, const LoginDigest& login, const Lockout& lockout);
void lift_lockout(Transaction& transaction, const LoginDigest& login);
// Forgets failures nobody repeated since `before`. Answers how many.
std::int64_t forget_lockouts(Transaction& transaction, Instant before);

}  // namespace wujin::people
