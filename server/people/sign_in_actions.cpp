#include "people/sign_in_actions.h"

#include "audit/trail.h"
#include "people/people_trail.h"

namespace wujin::people {
namespace {

// Failures of a login nobody tries any more are forgotten after this, whatever the policy locks for.
constexpr std::chrono::hours failures_kept{48};

Problem locked(const Lockout& lockout, Instant now) {
  return Problem(ProblemCode::locked_out, {{"minutes", std::to_string(minutes_left(lockout, now))}});
}

void note(Transaction& transaction, const Attempt& attempt, const places::Tree& tree, const std::optional<Problem>& refused,
          Instant now) {
  audit::Entry entry;
  entry.at = now;
  entry.verb = "sign_in";
  entry.kind = "account";
  if (attempt.account) {
    const auto account = find_account(transaction, *attempt.account);
    entry = entry_about("sign_in", account.value(), tree, now);
    if (!refused) entry.account = attempt.account->uuid();
  }
  entry.outcome = refused ? audit::Outcome::refused : audit::Outcome::done;
  if (refused) entry.problem = slug(refused->code());
  entry.request_id = attempt.request_id;
  audit::record(transaction, entry);
}

}  // namespace

LoginState read_login_state(Snapshot& snapshot, const LoginDigest& login) {
  return {read_policy(snapshot), read_lockout(snapshot, login), find_credentials(snapshot, login)};
}

OpenedSession open_session(Transaction& transaction, const Id<Account>& account, Device device, Randomness& randomness,
                           Instant now) {
  delete_expired_sessions(transaction, now);
  OpenedSession opened;
  opened.token = secrets::make_token(randomness);
  opened.session.id = Id<Session>::random(randomness);
  opened.session.account = account;
  opened.session.device = device;
  opened.session.created_at = opened.session.last_used_at = now;
  opened.session.expires_at = now + idle_limit(read_policy(transaction), device);
  insert_session(transaction, opened.session, secrets::digest_of(opened.token));
  note_sign_in(transaction, account, now);
  return opened;
}

Result<SignInOutcome> judge_attempt(Transaction& transaction, const Attempt& attempt, const places::Tree& tree,
                                    Randomness& randomness, Instant now) {
  SignInOutcome outcome;
  const auto lockout = read_lockout(transaction, attempt.login);
  if (is_locked(lockout, now)) {
    outcome.refused = locked(lockout, now);
  } else if (!attempt.is_right || !attempt.account) {
    forget_lockouts(transaction, now - failures_kept);
    const auto raised = after_failure(lockout, read_policy(transaction), now);
    write_lockout(transaction, attempt.login, raised);
    outcome.refused = is_locked(raised, now) ? locked(raised, now) : Problem(ProblemCode::wrong_login);
  } else {
    lift_lockout(transaction, attempt.login);
    outcome.opened = open_session(transaction, *attempt.account, attempt.device, randomness, now);
  }
  note(transaction, attempt, tree, outcome.refused, now);
  return outcome;
}

Result<> sign_out(const Actor& who, Transaction& transaction, SessionCache& cache, const places::Tree& tree, Instant now) {
  delete_session(transaction, who.session);
  cache.forget_after(transaction);
  auto entry = entry_by(who, "sign_out", tree, now);
  entry.kind = "session";
  entry.record = who.session.to_string();
  audit::record(transaction, entry);
  return {};
}

Result<> sign_out_everywhere(const Actor& who, Transaction& transaction, SessionCache& cache, const places::Tree& tree,
                             Instant now) {
  delete_sessions(transaction, who.account, std::nullopt);
  cache.forget_after(transaction);
  auto entry = entry_by(who, "sign_out_everywhere", tree, now);
  entry.kind = "account";
  entry.record = who.account.to_string();
  audit::record(transaction, entry);
  return {};
}

}  // namespace wujin::people
