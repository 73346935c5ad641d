#include "people/sessions_store.h"

namespace wujin::people {
namespace {

std::string_view name_of(Device device) { return device == Device::phone ? "phone" : "desk"; }

Session session_in(const Row& row) {
  return {row.id<Session>(0), row.id<Account>(1), row.text(2) == "phone" ? Device::phone : Device::desk,
          row.instant(3),     row.instant(4),     row.instant(5)};
}

}  // namespace

constexpr std::string_view insert_session_sql = R"sql(
  INSERT INTO people_sessions (id, token, account, device, created_at, last_used_at, expires_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
)sql";

void insert_session(Transaction& transaction, const Session& session, const secrets::TokenDigest& token) {
  transaction.execute(insert_session_sql, {session.id, Value::Blob(token), session.account, name_of(session.device),
                                           session.created_at, session.last_used_at, session.expires_at});
}

constexpr std::string_view find_session_sql = R"sql(
  SELECT id, account, device, created_at, last_used_at, expires_at FROM people_sessions WHERE token = $1
)sql";

std::optional<Session> find_session(Snapshot& snapshot, const secrets::TokenDigest& token) {
  return snapshot.first(find_session_sql, {Value::Blob(token)}, session_in);
}

constexpr std::string_view list_sessions_sql = R"sql(
  SELECT id, account, device, created_at, last_used_at, expires_at FROM people_sessions
  WHERE account = $1 AND expires_at > $2 ORDER BY last_used_at DESC, id LIMIT 200
)sql";

std::vector<Session> list_sessions(Snapshot& snapshot, const Id<Account>& account, Instant now) {
  std::vector<Session> sessions;
  snapshot.each(list_sessions_sql, {account, now}, [&](const Row& row) { sessions.push_back(session_in(row)); });
  return sessions;
}

void touch_session(Transaction& transaction, const Session& session) {
  transaction.execute("UPDATE people_sessions SET last_used_at = $2, expires_at = $3 WHERE id = $1",
                      {session.id, session.last_used_at, session.expires_at});
}

void delete_session(Transaction& transaction, const Id<Session>& id) {
  transaction.execute("DELETE FROM people_sessions WHERE id = $1", {id});
}

std::int64_t delete_sessions(Transaction& transaction, const Id<Account>& account, const std::optional<Id<Session>>& kept) {
  if (!kept) return transaction.execute_counted("DELETE FROM people_sessions WHERE account = $1", {account});
  return transaction.execute_counted("DELETE FROM people_sessions WHERE account = $1 AND id <> $2", {account, *kept});
}

std::int64_t delete_expired_sessions(Transaction& transaction, Instant now) {
  return transaction.execute_counted("DELETE FROM people_sessions WHERE expires_at <= $1", {now});
}

}  // namespace wujin::people
