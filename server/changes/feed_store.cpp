#include "changes/feed_store.h"

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
  if (filter.campaign) text += " AND (campaign = '' OR campaign = " + place(*filter.campaign) + ")";
  if (filter.place) text += " AND (place = '' OR place = " + place(*filter.place) + ")";
  return text;
}

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
  std::vector<Value> parameters{after.transaction, after.position, settled, limit};
  const std::string sql = fmt::format(
      "SELECT town, campaign, place, kind, id, deleted, transaction_number, position FROM change_entries "
      "WHERE (transaction_number, position) > ($1, $2) AND transaction_number < $3 AND {} "
      "ORDER BY transaction_number, position LIMIT $4",
      condition(filter, parameters));
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
  return transaction.execute(delete_old, {before});
}

}  // namespace wujin::changes
