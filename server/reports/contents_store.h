#pragma once

#include <optional>

#include "database/database.h"
#include "handins/handin.h"
#include "reports/content.h"

namespace wujin::reports {

// Kept with the version that is handed in, and never changed.
void keep_content(Transaction& transaction, const handins::Subject& subject, int number, const Content& content);
// Nothing for a version older than this table.
std::optional<Content> find_content(Snapshot& snapshot, const handins::Subject& subject, int number);

}  // namespace wujin::reports
