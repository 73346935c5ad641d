#include "suggestions/suggestions_store.h"

#include <algorithm>
#include <limits>

#include "base/described_enum.h"

namespace wujin::suggestions {
namespace {

// In the order suggestion_of() reads them.
#define WUJIN_SUGGESTION_COLUMNS \
  "id, town, place, token, text, received_at, state, answer, reason, settled_at, settled_by, version"

secrets::TokenDigest digest_in(const Row& row, int column) {
  secrets::TokenDigest digest{};
  std::ranges::copy(row.bytes(column).first(digest.size()), digest.begin());
  return digest;
}

Suggestion suggestion_of(const Row& row) {
  Suggestion suggestion;
  suggestion.id = row.id<Suggestion>(0);
  suggestion.town = row.key<places::Place>(1);
  suggestion.place = row.key<places::Place>(2);
  suggestion.token = digest_in(row, 3);
  suggestion.text = row.maybe(4, &Row::string);
  suggestion.received_at = row.instant(5);
  suggestion.state = enum_of<State>(row.text(6));
  suggestion.answer = row.maybe(7, &Row::string);
  if (!row.is_null(8)) suggestion.reason = enum_of<SetAsideReason>(row.text(8));
  suggestion.settled_at = row.maybe(9, &Row::instant);
  suggestion.settled_by = row.maybe(10, &Row::string);
  suggestion.version = row.integer(11);
  return suggestion;
}

std::optional<std::string> reason_of(const Suggestion& suggestion) {
  return suggestion.reason ? std::optional<std::string>(name_of(*suggestion.reason)) : std::nullopt;
}

std::vector<Suggestion> page(Snapshot& snapshot, std::string_view sql, const PlaceId& of, State state,
                             const std::optional<Position>& below, int limit) {
  const Instant latest = from_milliseconds(std::numeric_limits<std::int64_t>::max());
  std::vector<Suggestion> found;
  snapshot.each(sql, {of, name_of(state), below ? below->received_at : latest, below ? below->id : Id<Suggestion>(), limit},
                [&](const Row& row) { found.push_back(suggestion_of(row)); });
  return found;
}

}  // namespace

constexpr auto sql_find = "SELECT " WUJIN_SUGGESTION_COLUMNS " FROM box_suggestions WHERE id = $1";

std::optional<Suggestion> find(Snapshot& snapshot, const Id<Suggestion>& id) {
  return snapshot.first(sql_find, {id}, &suggestion_of);
}

constexpr auto sql_find_token = "SELECT " WUJIN_SUGGESTION_COLUMNS " FROM box_suggestions WHERE token = $1";

std::optional<Suggestion> find(Snapshot& snapshot, const secrets::TokenDigest& token) {
  return snapshot.first(sql_find_token, {Value::Blob(token)}, &suggestion_of);
}

constexpr auto sql_insert = "INSERT INTO box_suggestions (" WUJIN_SUGGESTION_COLUMNS
                            ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING";

bool insert(Transaction& transaction, const Suggestion& suggestion) {
  const auto reason = reason_of(suggestion);
  return transaction.execute_counted(
             sql_insert, {suggestion.id, suggestion.town, suggestion.place, Value::Blob(suggestion.token), suggestion.text,
                          suggestion.received_at, name_of(suggestion.state), suggestion.answer, reason, suggestion.settled_at,
                          suggestion.settled_by, suggestion.version}) == 1;
}

constexpr auto sql_update =
    "UPDATE box_suggestions SET text = $2, state = $3, answer = $4, reason = $5, settled_at = $6, settled_by = $7, version = $8 "
    "WHERE id = $1";

void update(Transaction& transaction, const Suggestion& suggestion) {
  const auto reason = reason_of(suggestion);
  transaction.execute(sql_update, {suggestion.id, suggestion.text, name_of(suggestion.state), suggestion.answer, reason,
                                   suggestion.settled_at, suggestion.settled_by, suggestion.version});
}

constexpr auto sql_of_place =
    "SELECT " WUJIN_SUGGESTION_COLUMNS
    " FROM box_suggestions WHERE place = $1 AND state = $2 AND (received_at < $3 OR (received_at = $3 AND id < $4)) "
    "ORDER BY received_at DESC, id DESC LIMIT $5";

std::vector<Suggestion> list_of_place(Snapshot& snapshot, const PlaceId& place, State state, const std::optional<Position>& below,
                                      int limit) {
  return page(snapshot, sql_of_place, place, state, below, limit);
}

constexpr auto sql_of_town =
    "SELECT " WUJIN_SUGGESTION_COLUMNS
    " FROM box_suggestions WHERE town = $1 AND state = $2 AND (received_at < $3 OR (received_at = $3 AND id < $4)) "
    "ORDER BY received_at DESC, id DESC LIMIT $5";

std::vector<Suggestion> list_of_town(Snapshot& snapshot, const PlaceId& town, State state, const std::optional<Position>& below,
                                     int limit) {
  return page(snapshot, sql_of_town, town, state, below, limit);
}

constexpr auto sql_count =
    "SELECT place, state, COUNT(*), MIN(received_at) FROM box_suggestions WHERE town = $1 GROUP BY place, state "
    "ORDER BY place, state";

std::vector<BoxCount> count_of_town(Snapshot& snapshot, const PlaceId& town) {
  std::vector<BoxCount> counts;
  snapshot.each(sql_count, {town}, [&](const Row& row) {
    counts.push_back({row.key<places::Place>(0), enum_of<State>(row.text(1)), row.integer(2), row.instant(3)});
  });
  return counts;
}

constexpr auto sql_open_since = "SELECT COUNT(*) FROM box_suggestions WHERE place = $1 AND state = 'open' AND received_at >= $2";

std::int64_t count_open_since(Snapshot& snapshot, const PlaceId& place, Instant since) {
  return snapshot.first(sql_open_since, {place, since}, [](const Row& row) { return row.integer(0); }).value();
}

}  // namespace wujin::suggestions
