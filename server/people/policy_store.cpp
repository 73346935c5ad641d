#include "people/policy_store.h"

namespace wujin::people {

constexpr std::string_view read_policy_sql = R"sql(
  SELECT lockout_failures, lockout_minutes, phone_session_days, desk_session_minutes, pin_after_minutes, password_min_length,
         invitation_days, version
  FROM people_policy WHERE id = 1
)sql";

Policy read_policy(Snapshot& snapshot) {
  const auto policy = snapshot.first(read_policy_sql, {}, [](const Row& row) {
    Policy found;
    found.lockout_failures = row.number(0);
    found.lockout_minutes = row.number(1);
    found.phone_session_days = row.number(2);
    found.desk_session_minutes = row.number(3);
    found.pin_after_minutes = row.number(4);
    found.password_min_length = row.number(5);
    found.invitation_days = row.number(6);
    found.version = row.integer(7);
    return found;
  });
  return policy.value();
}

constexpr std::string_view write_policy_sql = R"sql(
  UPDATE people_policy
  SET lockout_failures = $1, lockout_minutes = $2, phone_session_days = $3, desk_session_minutes = $4, pin_after_minutes = $5,
      password_min_length = $6, invitation_days = $7, version = version + 1
  WHERE id = 1
)sql";

void write_policy(Transaction& transaction, const PolicyChange& policy) {
  transaction.execute(write_policy_sql,
                      {policy.lockout_failures, policy.lockout_minutes, policy.phone_session_days, policy.desk_session_minutes,
                       policy.pin_after_minutes, policy.password_min_length, policy.invitation_days});
}

Lockout read_lockout(Snapshot& snapshot, const LoginDigest& login) {
  const auto lockout =
      snapshot.first("SELECT failures, last_failed_at, locked_until FROM people_lockouts WHERE login_digest = $1",
                     {Value::Blob(login)}, [](const Row& row) {
                       Lockout found;
                       found.failures = row.number(0);
                       found.last_failed_at = row.instant(1);
                       found.locked_until = row.maybe(2, &Row::instant);
                       return found;
                     });
  return lockout.value_or(Lockout());
}

constexpr std::string_view write_lockout_sql = R"sql(
  INSERT INTO people_lockouts (login_digest, failures, last_failed_at, locked_until) VALUES ($1, $2, $3, $4)
  ON CONFLICT (login_digest) DO UPDATE SET failures = $2, last_failed_at = $3, locked_until = $4
)sql";

void write_lockout(Transaction& transaction, const LoginDigest& login, const Lockout& lockout) {
  transaction.execute(write_lockout_sql, {Value::Blob(login), lockout.failures, lockout.last_failed_at, lockout.locked_until});
}

void lift_lockout(Transaction& transaction, const LoginDigest& login) {
  transaction.execute("DELETE FROM people_lockouts WHERE login_digest = $1", {Value::Blob(login)});
}

std::int64_t forget_lockouts(Transaction& transaction, Instant before) {
  return transaction.execute_counted("DELETE FROM people_lockouts WHERE last_failed_at < $1", {before});
}

}  // namespace wujin::people
