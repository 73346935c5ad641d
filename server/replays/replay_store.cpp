#include "replays/replay_store.h"

#include <stdexcept>

#include "base/json.h"

namespace wujin::replays {
namespace {

struct Header {
  std::string name;
  std::string value;
};
BOOST_DESCRIBE_STRUCT(Header, (), (name, value))

std::string write_headers(const http::Response& response) {
  std::vector<Header> headers;
  for (const auto& [name, value] : response.headers) headers.push_back({name, value});
  return encode_json(headers);
}

std::string_view body_of(const http::Response& response) {
  if (const auto* text = std::get_if<std::string>(&response.body)) return *text;
  if (const auto* shared = std::get_if<std::shared_ptr<const std::string>>(&response.body)) return **shared;
  throw std::logic_error("the answer to a write that may be repeated cannot be a file");
}

Value::Blob as_bytes(std::string_view text) { return std::as_bytes(std::span(text.data(), text.size())); }

constexpr std::string_view select_keyed = "SELECT digest, status, headers, body FROM replays WHERE account = $1 AND key = $2";
constexpr std::string_view select_keyless =
    "SELECT digest, status, headers, body FROM keyless_replays WHERE subject = $1 AND account = $2 AND digest = $3";

Kept read_kept(const Row& row) {
  Kept kept;
  kept.digest = row.string(0);
  kept.response.status = static_cast<http::Status>(row.integer(1));
  for (Header& header : decode_json<std::vector<Header>>(row.text(2)).value())
    kept.response.headers.emplace_back(std::move(header.name), std::move(header.value));
  const auto bytes = row.bytes(3);
  kept.response.body = std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  return kept;
}

}  // namespace

std::optional<Kept> find(Snapshot& snapshot, const Attempt& attempt) {
  if (attempt.is_keyless()) return snapshot.first(select_keyless, {attempt.subject, attempt.account, attempt.digest}, read_kept);
  return snapshot.first(select_keyed, {attempt.account, attempt.key}, read_kept);
}

constexpr std::string_view insert_keyed = R"(
  INSERT INTO replays (account, key, digest, subject, keyless, status, headers, body, at)
  VALUES ($1, $2, $3, $4, 0, $5, $6, $7, $8))";
constexpr std::string_view delete_keyless = "DELETE FROM keyless_replays WHERE subject = $1";
constexpr std::string_view upsert_keyless = R"(
  INSERT INTO keyless_replays (subject, account, digest, status, headers, body, at) VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT (subject) DO UPDATE SET account = excluded.account, digest = excluded.digest, status = excluded.status,
    headers = excluded.headers, body = excluded.body, at = excluded.at)";
void keep(Transaction& transaction, const Attempt& attempt, const http::Response& response, Instant now) {
  const int status = static_cast<int>(response.status);
  const std::string headers = write_headers(response);
  const Value::Blob body = as_bytes(body_of(response));
  if (attempt.is_keyless()) {
    transaction.execute(upsert_keyless, {attempt.subject, attempt.account, attempt.digest, status, headers, body, now});
    return;
  }
  transaction.execute(delete_keyless, {attempt.subject});
  transaction.execute(insert_keyed, {attempt.account, attempt.key, attempt.digest, attempt.subject, status, headers, body, now});
}

constexpr std::string_view delete_old = "DELETE FROM replays WHERE at < $1";
constexpr std::string_view delete_old_keyless = "DELETE FROM keyless_replays WHERE at < $1";
std::int64_t prune(Transaction& transaction, Instant before) {
  return transaction.execute_counted(delete_old, {before}) + transaction.execute_counted(delete_old_keyless, {before});
}

}  // namespace wujin::replays
