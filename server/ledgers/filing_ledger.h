#pragma once

#include <span>
#include <vector>

#include "deadlines/board.h"
#include "ledgers/ledger.h"

namespace wujin::ledgers {

std::span<const LedgerColumn> filing_columns();

// What one place owes or has handed in, as a row; what does not apply to the place has none.
std::vector<spreadsheets::Cell> row_of(const deadlines::PlaceRow& place, const deadlines::Cell& cell, Language language,
                                       std::span<const LedgerColumn* const> columns);

}  // namespace wujin::ledgers
