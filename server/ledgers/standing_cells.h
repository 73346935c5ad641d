#pragma once

#include <optional>

#include "handins/handin.h"
#include "ledgers/ledger.h"

// What every list of hand-ins says alike.
namespace wujin::ledgers {

spreadsheets::Cell standing_cell(handins::Standing standing, Language language);
// 2023-10-26 09:00, of the China day; nothing for none.
spreadsheets::Cell moment_cell(const std::optional<Instant>& instant);
// 按时, 逾期; nothing before anything was handed in.
spreadsheets::Cell timeliness_cell(const std::optional<bool>& on_time, Language language);
spreadsheets::Cell yes_cell(bool is_so, Language language);
spreadsheets::Cell number_cell(const std::optional<int>& count);

}  // namespace wujin::ledgers
