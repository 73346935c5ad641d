#pragma once

#include <span>

#include "database/database.h"
#include "database/migrate.h"
#include "handins/handin.h"
#include "reports/draft.h"

namespace wujin::reports {

std::span<const Migration> migrations();

// Of a monthly report; one nobody changed yet has version 0 and is empty.
Draft find_draft(Snapshot& snapshot, const handins::Subject& subject);
// Inserts or replaces.
void keep_draft(Transaction& transaction, const handins::Subject& subject, const Draft& draft, Instant now);

}  // namespace wujin::reports
