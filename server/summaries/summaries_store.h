#pragma once

#include <span>

#include "database/database.h"
#include "database/migrate.h"
#include "handins/handin.h"
#include "summaries/summary.h"

namespace wujin::summaries {

std::span<const Migration> migrations();

// An empty one when nobody changed anything yet.
Draft find_draft(Snapshot& snapshot, const handins::Subject& subject);
// Inserts or replaces.
void keep_draft(Transaction& transaction, const handins::Subject& subject, const Draft& draft, Instant now);

}  // namespace wujin::summaries
