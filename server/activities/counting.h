#pragma once

#include "activities/activity.h"
#include "database/database.h"

namespace wujin::activities {

// Keeps the tallies in step with a write: what was there before and what is there now, as far as there is either.
void count(Transaction& transaction, const Activity* before, const Activity* after);

// Counts all records anew when there are records but no tallies yet: a folder kept before there were any.
void count_if_never_counted(Transaction& transaction);
// Counts all records anew.
void recount(Transaction& transaction);

}  // namespace wujin::activities
