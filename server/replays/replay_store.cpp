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

constexpr std::string_view select_kept = "SELECT digest, status, headers, body FROM replays WHERE account = $1 AND key = $2";

}  // namespace

std::optional<Kept> find(Snapshot& snapshot, const Attempt& attempt) {
  return snapshot.first(select_kept, {attempt.account, attempt.key}, [](const Row& row) {
    Kept kept;
    kept.digest = row.string(0);
    kept.response.status = static_cast<http::Status>(row.integer(1));
    for (Header& header : decode_json<std::vector<Header>>(row.text(2)).value())
      kept.response.headers.emplace_back(std::move(header.name), std::move(header.value));
    const auto bytes = row.bytes(3);
    kept.response.body = std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    return kept;
  });
}

constexpr std::string_view insert_kept = R"(
  INSERT INTO replays (account, key, digest, subject, keyless, status, headers, body, at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9))";
void keep(Transaction& transaction, const Attempt& attempt, const http::Response& response, Instant now) {
  transaction.execute(insert_kept,
                      {attempt.account, attempt.key, attempt.digest, attempt.subject, attempt.keyless,
                       static_cast<int>(response.status), write_headers(response), as_bytes(body_of(response)), now});
}

constexpr std::string_view delete_keyless = "DELETE FROM replays WHERE keyless = 1 AND subject = $1";
void forget_keyless(Transaction& transaction, const std::string& subject) { transaction.execute(delete_keyless, {subject}); }

constexpr std::string_view delete_old = "DELETE FROM replays WHERE at < $1";
std::int64_t prune(Transaction& transaction, Instant before) { return transaction.execute(delete_old, {before}); }

}  // namespace wujin::replays
