#pragma once

#include <span>
#include <vector>

#include "ledgers/ledger.h"
#include "reports/report_answer.h"

namespace wujin::ledgers {

std::span<const LedgerColumn> report_columns();

// A place's report of a month, as a row.
std::vector<spreadsheets::Cell> row_of(const reports::ReportEntry& report, Language language,
                                       std::span<const LedgerColumn* const> columns);

}  // namespace wujin::ledgers
