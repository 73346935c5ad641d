#include "handovers/handovers_store.h"

#include "base/json.h"

namespace wujin::handovers {
namespace {

// In the order handover_of() reads them.
#define WUJIN_HANDOVER_COLUMNS \
  "id, from_account, to_account, from_name, to_name, at, handed_by, note, grants, plan_rows, calendar_feeds, closed"

Handover handover_of(const Row& row) {
  Handover handover;
  handover.id = row.id<Handover>(0);
  handover.from = row.id<Account>(1);
  handover.to = row.id<Account>(2);
  handover.from_name = row.string(3);
  handover.to_name = row.string(4);
  handover.at = row.instant(5);
  handover.handed_by = row.string(6);
  handover.note = row.string(7);
  handover.grants = decode_json<std::vector<people::Grant>>(row.text(8)).value();
  handover.plan_rows = row.number(9);
  handover.calendar_feeds = row.number(10);
  handover.closed = row.boolean(11);
  return handover;
}

}  // namespace

constexpr auto sql_insert =
    "INSERT INTO handovers (" WUJIN_HANDOVER_COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";

void insert(Transaction& transaction, const Handover& handover) {
  const std::string grants = encode_json(handover.grants);
  transaction.execute(
      sql_insert, {handover.id, handover.from, handover.to, handover.from_name, handover.to_name, handover.at, handover.handed_by,
                   handover.note, grants, handover.plan_rows, handover.calendar_feeds, handover.closed});
}

constexpr auto sql_find = "SELECT " WUJIN_HANDOVER_COLUMNS " FROM handovers WHERE id = $1";

std::optional<Handover> find(Snapshot& snapshot, const Id<Handover>& id) { return snapshot.first(sql_find, {id}, &handover_of); }

constexpr auto sql_of_account =
    "SELECT " WUJIN_HANDOVER_COLUMNS " FROM handovers WHERE from_account = $1 OR to_account = $1 ORDER BY at DESC, id LIMIT $2";

std::vector<Handover> of_account(Snapshot& snapshot, const Id<Account>& account, int limit) {
  std::vector<Handover> handovers;
  snapshot.each(sql_of_account, {account, limit}, [&](const Row& row) { handovers.push_back(handover_of(row)); });
  return handovers;
}

}  // namespace wujin::handovers
