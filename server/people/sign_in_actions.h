#pragma once

#include <optional>
#include <string>

#include "base/randomness.h"
#include "database/database.h"
#include "people/accounts_store.h"
#include "people/policy_store.h"
#include "people/session_cache.h"
#include "people/sessions_store.h"
#include "places/place.h"

namespace wujin::people {

// What is known of a login before its password is looked at.
struct LoginState {
  Policy policy;
  Lockout lockout;
  std::optional<Credentials> credentials;  // nothing: no such login
};
LoginState read_login_state(Snapshot& snapshot, const LoginDigest& login);

// A session that has just begun, with the only copy of its token.
struct OpenedSession {
  Session session;
  std::string token;
};

// Begins a session and drops those that ran out.
OpenedSession open_session(Transaction& transaction, const Id<Account>& account, Device device, Randomness& randomness,
                           Instant now);

// Somebody tried to sign in.
struct Attempt {
  LoginDigest login{};
  std::optional<Id<Account>> account;
  bool is_right = false;  // there is such an account, it is not disabled, and the password is its own
  Device device = Device::desk;
  std::string request_id;
};

// A refusal is an outcome too: it counts as a failure, which must be kept.
struct SignInOutcome {
  std::optional<Problem> refused;  // wrong_login or locked_out
  std::optional<OpenedSession> opened;
};

// Judges the attempt by the lock-out as it is now (others may have failed since), counts a failure or opens a session, and writes
// the trail either way.
Result<SignInOutcome> judge_attempt(Transaction& transaction, const Attempt& attempt, const places::Tree& tree,
                                    Randomness& randomness, Instant now);

// Ends this session, or every session of the account.
Result<> sign_out(const Actor& who, Transaction& transaction, SessionCache& cache, const places::Tree& tree, Instant now);
Result<> sign_out_everywhere(const Actor& who, Transaction& transaction, SessionCache& cache, const places::Tree& tree,
                             Instant now);

}  // namespace wujin::people
