#pragma once

#include <span>
#include <vector>

#include "ledgers/ledger.h"
#include "plans/plan_answer.h"

namespace wujin::ledgers {

std::span<const LedgerColumn> plan_columns();

// One row of a place's plan, with what was done of it.
std::vector<spreadsheets::Cell> row_of(const plans::PlanAnswer& plan, const plans::RowAnswer& row, Language language,
                                       std::span<const LedgerColumn* const> columns);

}  // namespace wujin::ledgers
