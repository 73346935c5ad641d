#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "database/database.h"
#include "database/migrate.h"
#include "ledgers/ledger.h"
#include "places/place.h"

namespace wujin::ledgers {

std::span<const Migration> migrations();

// The columns a town has chosen; version 0 and the usual ones when it never did.
struct Chosen {
  std::int64_t version = 0;
  std::vector<const LedgerColumn*> columns;
};
Chosen find_chosen(Snapshot& snapshot, const places::PlaceId& town, Ledger ledger);
void keep_chosen(Transaction& transaction, const places::PlaceId& town, Ledger ledger, const Chosen& chosen);

std::vector<std::string> ids_of(std::span<const LedgerColumn* const> columns);

}  // namespace wujin::ledgers
