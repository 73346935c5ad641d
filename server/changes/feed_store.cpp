#include "changes/feed_store.h"

#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"

namespace wujin::changes {
namespace {

constexpr std::string_view count_on = "UPDATE change_feed SET last_position = last_position + 1";
constexpr std::string_view upsert_sqlite = R"(
  INSERT INTO change_entries (kind, id, town, campaign, place, deleted, at, transaction_number, position)
  VALUES ($1, $2, $3, $4, $5, $6, $7, 0, (SELECT last_position FROM change_feed))
  ON CONFLICT (kind, id, town, campaign, place) DO UPDATE SET
    deleted = excluded.deleted, at = excluded.at, transaction_number = excluded.transaction_number, position = excluded.position)";
// A counting row would make every write wait for the one before; a sequence does not.
constexpr std::string_view upsert_postgres = R"(
  INSERT INTO change_entries (kind, id, town, campaign, place, deleted, at, transaction_number, position)
  VALUES ($1, $2, $3, $4, $5, $6, $7, pg_current_xact_id()::text::bigint, nextval('change_positions'))
  ON CONFLICT (kind, id, town, campaign, place) DO UPDATE SET
    deleted = excluded.deleted, at = excluded.at, transaction_number = excluded.transaction_number, position = excluded.position)";

}  // namespace

void record(Transaction& transaction, const Change& change, Instant at) {
  const bool lite = transaction.dialect() == Dialect::sqlite;
  if (lite) transaction.execute(count_on);
  transaction.execute(lite ? upsert_sqlite : upsert_postgres,
                      {change.kind, change.id, change.town, change.campaign, change.place, change.deleted, at});
}

namespace {

constexpr std::string_view select_feed = "SELECT epoch, pruned_transaction, pruned_position, last_position FROM change_feed";
// Every transaction below it is over; what it wrote is in this very snapshot.
constexpr std::string_view select_settled = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint";

// Which rows a filter lets through, as SQL whose parameters are appended to `parameters`.
std::string condition(const Filter& filter, std::vector<Value>& parameters) {
  const auto place = [&](const std::string& text) {
    parameters.emplace_back(text);
    return fmt::format("${}", parameters.size());
  };
  std::string visible = "town = ''";
  for (const Scope& scope : filter.scopes) {
    if (scope.town.empty()) {
      visible = "1 = 1";
      break;
    }
    visible += " OR (town = " + place(scope.town);
    if (!scope.place.empty()) visible += " AND (place = '' OR place = " + place(scope.place) + ")";
    visible += ")";
  }
  std::string text = "(" + visible + ")";
  if (filter.place) text += " AND (place = '' OR place = " + place(*filter.place) + ")";
  return text;
}

constexpr std::size_t most_places = 64;  // SQLite joins no more than 500 readings, and beyond a few dozen one walk costs less

// The single places a filter comes down to, with what concerns all of their towns and every town; none when it lets a whole town
// through or too many places. Each is one stretch of the index by place.
std::vector<Scope> places_of(const Filter& filter) {
  std::set<std::pair<std::string, std::string>> places{{"", ""}};
  for (const Scope& scope : filter.scopes) {
    const std::string& place = scope.place.empty() ? filter.place.value_or("") : scope.place;
    if (scope.town.empty() || place.empty()) return {};
    places.emplace(scope.town, "");
    if (!filter.place || *filter.place == place) places.emplace(scope.town, place);
  }
  if (places.size() > most_places) return {};
  std::vector<Scope> result;
  result.reserve(places.size());
  for (const auto& [town, place] : places) result.push_back({town, place});
  return result;
}

constexpr std::string_view in_order = " ORDER BY transaction_number, position LIMIT $4";

}  // namespace

Feed read_feed(Snapshot& snapshot) {
  Feed feed;
  snapshot.each(select_feed, {}, [&](const Row& row) {
    feed.epoch = row.string(0);
    feed.pruned = {row.integer(1), row.integer(2)};
    feed.settled = 1;
    feed.end = {0, row.integer(3)};
  });
  if (snapshot.dialect() == Dialect::postgres) {
    feed.settled = *snapshot.first(select_settled, {}, [](const Row& row) { return row.integer(0); });
    feed.end = {feed.settled, 0};
  }
  return feed;
}

std::vector<PlacedChange> read_changes(Snapshot& snapshot, Position after, std::int64_t settled, const Filter& filter,
                                       int limit) {
  const std::vector<Scope> places = places_of(filter);
  std::vector<Value> parameters{after.transaction, after.position, settled, limit};
  std::string rest = "(transaction_number, position) > ($1, $2) AND transaction_number < $3";
  if (filter.campaign) {
    parameters.emplace_back(*filter.campaign);
    rest += fmt::format(" AND (campaign = '' OR campaign = ${})", parameters.size());
  }
  const auto where = [&](std::string_view condition) {
    return fmt::format(
        "SELECT town, campaign, place, kind, id, deleted, transaction_number, position FROM change_entries WHERE {} AND {}{}",
        condition, rest, in_order);
  };
  std::string sql;
  if (places.empty()) {
    sql = where(condition(filter, parameters));
  } else {
    // One reading a place, each stopping at the limit: what changed elsewhere meanwhile is never walked past.
    for (const Scope& place : places) {
      parameters.emplace_back(place.town);
      parameters.emplace_back(place.place);
      const auto of_place = fmt::format("town = ${} AND place = ${}", parameters.size() - 1, parameters.size());
      sql += fmt::format("{} SELECT * FROM ({}) AS of_place_{}", sql.empty() ? "" : " UNION ALL", where(of_place),
                         parameters.size());
    }
    sql = fmt::format("SELECT * FROM ({}) AS of_places{}", sql, in_order);
  }
  std::vector<PlacedChange> changes;
  snapshot.each(sql, parameters, [&](const Row& row) {
    Change change{row.string(0), row.string(1), row.string(2), row.string(3), row.string(4), row.boolean(5)};
    changes.push_back({std::move(change), {row.integer(6), row.integer(7)}});
  });
  return changes;
}

constexpr std::string_view update_epoch = "UPDATE change_feed SET epoch = $1";
void renew_epoch(Transaction& transaction, Randomness& randomness) {
  std::array<std::byte, 8> bytes;
  randomness.fill(bytes);
  transaction.execute(update_epoch, {to_hex(std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()))});
}

// A cluster counts its own transactions: rows of a dump may carry numbers this one has not reached.
constexpr std::string_view count_foreign =
    "SELECT count(*) FROM change_entries WHERE transaction_number >= pg_current_xact_id()::text::bigint";
constexpr std::string_view settle_foreign = "UPDATE change_entries SET transaction_number = 0";
constexpr std::string_view forget_pruned = "UPDATE change_feed SET pruned_transaction = 0, pruned_position = 0";
void open_epoch(Transaction& transaction, Randomness& randomness) {
  const auto epoch = transaction.first(select_feed, {}, [](const Row& row) { return row.string(0); });
  bool renews = epoch.value().empty();
  if (transaction.dialect() == Dialect::postgres &&
      *transaction.first(count_foreign, {}, [](const Row& row) { return row.integer(0); }) > 0) {
    transaction.execute(settle_foreign);
    transaction.execute(forget_pruned);
    renews = true;
  }
  if (renews) renew_epoch(transaction, randomness);
}

constexpr std::string_view select_newest_old = R"(
  SELECT transaction_number, position FROM change_entries WHERE deleted = 1 AND at < $1
  ORDER BY transaction_number DESC, position DESC LIMIT 1)";
constexpr std::string_view delete_old = "DELETE FROM change_entries WHERE deleted = 1 AND at < $1";
constexpr std::string_view update_pruned = R"(
  UPDATE change_feed SET pruned_transaction = $1, pruned_position = $2
  WHERE (pruned_transaction, pruned_position) < ($1, $2))";
std::int64_t prune(Transaction& transaction, Instant before) {
  const auto newest = transaction.first(select_newest_old, {before}, [](const Row& row) {
    return Position{row.integer(0), row.integer(1)};
  });
  if (!newest) return 0;
  transaction.execute(update_pruned, {newest->transaction, newest->position});
  return transaction.execute_counted(delete_old, {before});
}

}  // namespace wujin::changes
