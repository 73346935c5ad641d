#include "ledgers/ledgers_store.h"

#include <algorithm>

#include "base/json.h"

namespace wujin::ledgers {
namespace {

// What a program of another day kept and this one no longer knows is passed over.
std::vector<const LedgerColumn*> known_columns(Ledger ledger, std::string_view json) {
  std::vector<const LedgerColumn*> known;
  const auto ids = decode_json<std::vector<std::string>>(json).value();
  for (const std::string& id : ids) {
    const auto column = std::ranges::find(columns_of(ledger), id, &LedgerColumn::id);
    if (column != columns_of(ledger).end()) known.push_back(&*column);
  }
  return known.empty() ? usual_columns(ledger) : known;
}

std::string name_of(Ledger ledger) { return boost::describe::enum_to_string(ledger, ""); }

}  // namespace

Chosen find_chosen(Snapshot& snapshot, const places::PlaceId& town, Ledger ledger) {
  constexpr auto sql = "SELECT version, chosen FROM ledger_columns WHERE town = $1 AND ledger = $2";
  const auto kept = snapshot.first(sql, {town, name_of(ledger)}, [&](const Row& row) {
    return Chosen{row.integer(0), known_columns(ledger, row.text(1))};
  });
  return kept.value_or(Chosen{0, usual_columns(ledger)});
}

void keep_chosen(Transaction& transaction, const places::PlaceId& town, Ledger ledger, const Chosen& chosen) {
  constexpr auto sql =
      "INSERT INTO ledger_columns (town, ledger, version, chosen) VALUES ($1, $2, $3, $4) "
      "ON CONFLICT (town, ledger) DO UPDATE SET version = excluded.version, chosen = excluded.chosen";
  transaction.execute(sql, {town, name_of(ledger), chosen.version, encode_json(ids_of(chosen.columns))});
}

std::vector<std::string> ids_of(std::span<const LedgerColumn* const> columns) {
  std::vector<std::string> ids;
  for (const LedgerColumn* column : columns) ids.emplace_back(column->id);
  return ids;
}

}  // namespace wujin::ledgers
