#include "audit/trail_store.h"

#include <fmt/format.h>

#include <boost/describe.hpp>

#include "audit/chain.h"

namespace wujin::audit {

namespace {

constexpr std::string_view insert_entry = R"(
  INSERT INTO audit_entries (at, town, account, verb, kind, record, place, before_json, after_json, outcome, problem, request_id)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12))";
constexpr std::string_view insert_link = R"(
  INSERT INTO audit_entries (at, town, account, verb, kind, record, place, before_json, after_json, outcome, problem, request_id,
    number, position, digest)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15))";
constexpr std::string_view select_last_number = "SELECT seq FROM sqlite_sequence WHERE name = 'audit_entries'";

// SQLite's writes come one after the other, so an entry is linked as it is written: the head read here is the head it follows,
// and both are gone together when the write is rolled back.
void record_linked(Transaction& transaction, const Entry& entry, std::string_view outcome) {
  Head head = head_of(transaction, entry.town);
  StoredEntry stored;
  stored.number = transaction.first(select_last_number, {}, [](const Row& row) { return row.integer(0); }).value_or(0) + 1;
  stored.entry = entry;
  ++head.position;
  head.digest = link_digest(head.digest, head.position, stored);
  transaction.execute(insert_link,
                      {entry.at, entry.town, entry.account, entry.verb, entry.kind, entry.record, entry.place, entry.before,
                       entry.after, outcome, entry.problem, entry.request_id, stored.number, head.position, head.digest});
  save_head(transaction, head);
}

}  // namespace

void record(Transaction& transaction, const Entry& entry) {
  if (entry.account && entry.account->is_nil()) {  // the server itself: a letter that is filed
    Entry of_nobody = entry;
    of_nobody.account.reset();
    return record(transaction, of_nobody);
  }
  const std::string_view outcome = boost::describe::enum_to_string(entry.outcome, "");
  if (transaction.dialect() == Dialect::sqlite) return record_linked(transaction, entry, outcome);
  transaction.execute(insert_entry, {entry.at, entry.town, entry.account, entry.verb, entry.kind, entry.record, entry.place,
                                     entry.before, entry.after, outcome, entry.problem, entry.request_id});
}

namespace {

constexpr std::string_view entry_columns =
    "number, at, town, account, verb, kind, record, place, before_json, after_json, outcome, problem, request_id, position, "
    "digest";

StoredEntry read_entry(const Row& row) {
  StoredEntry stored;
  stored.number = row.integer(0);
  Entry& entry = stored.entry;
  entry.at = row.instant(1);
  entry.town = row.string(2);
  entry.account = row.maybe(3, &Row::uuid);
  entry.verb = row.string(4);
  entry.kind = row.string(5);
  entry.record = row.string(6);
  entry.place = row.string(7);
  entry.before = row.string(8);
  entry.after = row.string(9);
  boost::describe::enum_from_string(row.string(10).c_str(), entry.outcome);
  entry.problem = row.string(11);
  entry.request_id = row.string(12);
  stored.position = row.maybe(13, &Row::integer);
  if (!row.is_null(14)) stored.digest = row.string(14);
  return stored;
}

// A condition for each part of the filter that is given, in the order of `parameters`.
class Conditions {
 public:
  template <class T>
  void add(std::string_view comparison, const std::optional<T>& value) {
    if (!value) return;
    parameters_.emplace_back(*value);
    text_ += fmt::format(" AND {} ${}", comparison, parameters_.size());
  }
  std::string finish(int limit) {
    parameters_.emplace_back(limit);
    return fmt::format("SELECT {} FROM audit_entries WHERE 1 = 1{} ORDER BY number DESC LIMIT ${}", entry_columns, text_,
                       parameters_.size());
  }
  const std::vector<Value>& parameters() const { return parameters_; }

 private:
  std::string text_;
  std::vector<Value> parameters_;
};

}  // namespace

std::vector<ListedEntry> list(Snapshot& snapshot, const Filter& filter, std::optional<std::int64_t> below, int limit) {
  Conditions conditions;
  conditions.add("town =", filter.town);
  conditions.add("account =", filter.account);
  conditions.add("verb =", filter.verb);
  conditions.add("kind =", filter.kind);
  conditions.add("record =", filter.record);
  conditions.add("place =", filter.place);
  conditions.add("at >=", filter.from);
  conditions.add("at <", filter.until);
  conditions.add("number <", below);
  const std::string sql = conditions.finish(limit);
  std::vector<ListedEntry> entries;
  snapshot.each(sql, conditions.parameters(), [&](const Row& row) {
    StoredEntry stored = read_entry(row);
    entries.push_back({stored.number, std::move(stored.entry), stored.position});
  });
  return entries;
}

// By number, so that the short index of what is unsealed is read: counting would walk the whole chain, every second.
constexpr std::string_view select_first_unsealed =
    "SELECT number FROM audit_entries WHERE position IS NULL ORDER BY number LIMIT 1";
bool has_unsealed(Snapshot& snapshot) {
  return snapshot.first(select_first_unsealed, {}, [](const Row& row) { return row.integer(0); }).has_value();
}

constexpr std::string_view count_unsealed = "SELECT count(*) FROM audit_entries WHERE position IS NULL";
std::int64_t unsealed_count(Snapshot& snapshot) {
  return *snapshot.first(count_unsealed, {}, [](const Row& row) { return row.integer(0); });
}

std::vector<StoredEntry> unsealed_entries(Snapshot& snapshot, int limit) {
  static const std::string sql =
      fmt::format("SELECT {} FROM audit_entries WHERE position IS NULL ORDER BY number LIMIT $1", entry_columns);
  std::vector<StoredEntry> entries;
  snapshot.each(sql, {limit}, [&](const Row& row) { entries.push_back(read_entry(row)); });
  return entries;
}

std::vector<StoredEntry> sealed_entries(Snapshot& snapshot, const std::string& town, std::int64_t above, int limit) {
  static const std::string sql =
      fmt::format("SELECT {} FROM audit_entries WHERE town = $1 AND position > $2 ORDER BY position LIMIT $3", entry_columns);
  std::vector<StoredEntry> entries;
  snapshot.each(sql, {town, above, limit}, [&](const Row& row) { entries.push_back(read_entry(row)); });
  return entries;
}

constexpr std::string_view select_towns = "SELECT DISTINCT town FROM audit_entries WHERE position IS NOT NULL ORDER BY town";
std::vector<std::string> sealed_towns(Snapshot& snapshot) {
  std::vector<std::string> towns;
  snapshot.each(select_towns, {}, [&](const Row& row) { towns.push_back(row.string(0)); });
  return towns;
}

constexpr std::string_view select_heads = "SELECT town, position, digest FROM audit_heads ORDER BY town";
std::vector<Head> heads(Snapshot& snapshot) {
  std::vector<Head> found;
  snapshot.each(select_heads, {}, [&](const Row& row) { found.push_back({row.string(0), row.integer(1), row.string(2)}); });
  return found;
}

constexpr std::string_view select_head = "SELECT position, digest FROM audit_heads WHERE town = $1";
Head head_of(Snapshot& snapshot, const std::string& town) {
  const auto found = snapshot.first(select_head, {town}, [&](const Row& row) {
    return Head{town, row.integer(0), row.string(1)};
  });
  return found.value_or(Head{town, 0, ""});
}

constexpr std::string_view upsert_head = R"(
  INSERT INTO audit_heads (town, position, digest) VALUES ($1, $2, $3)
  ON CONFLICT (town) DO UPDATE SET position = excluded.position, digest = excluded.digest)";
void save_head(Transaction& transaction, const Head& head) {
  transaction.execute(upsert_head, {head.town, head.position, head.digest});
}

constexpr std::string_view update_seal = "UPDATE audit_entries SET position = $2, digest = $3 WHERE number = $1";
void save_seal(Transaction& transaction, std::int64_t number, const Head& link) {
  transaction.execute(update_seal, {number, link.position, link.digest});
}

// Another process that seals is not waited for.
constexpr std::string_view try_to_be_the_only_sealer = "SELECT CASE WHEN pg_try_advisory_xact_lock(7386914) THEN 1 ELSE 0 END";
bool is_only_sealer(Transaction& transaction) {
  if (transaction.dialect() == Dialect::sqlite) return true;
  return *transaction.first(try_to_be_the_only_sealer, {}, [](const Row& row) { return row.boolean(0); });
}

}  // namespace wujin::audit
