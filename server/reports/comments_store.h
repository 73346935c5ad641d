#pragma once

#include <optional>
#include <vector>

#include "database/database.h"
#include "handins/handin.h"
#include "reports/comment.h"

namespace wujin::reports {

// Of one report, in the order they were made.
std::vector<Comment> comments_of(Snapshot& snapshot, const handins::Subject& subject);
// True when another report holds a comment of this id.
bool is_of_another_report(Snapshot& snapshot, const handins::Subject& subject, const Uuid& id);
// Inserts or replaces.
void keep_comment(Transaction& transaction, const handins::Subject& subject, const Comment& comment);
void drop_comment(Transaction& transaction, const Uuid& id);

}  // namespace wujin::reports
