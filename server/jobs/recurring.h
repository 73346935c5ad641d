#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "database/database.h"
#include "jobs/queue.h"
#include "jobs/workers.h"

namespace wujin::jobs {

// Work that comes round by itself: cleaning, forgetting.
struct Recurring {
  std::string kind;
  std::chrono::hours every;
};

// Asks for the next round; one waits at a time, however often the server starts.
void ask_for_next(Database& database, Queue& queue, const Recurring& recurring);

// Registers the work. Each round asks for the next one first, so that one that fails for good ends no other. Borrows all it is
// given; ask_for_next() begins it.
void on_recurring(Workers& workers, Database& database, Queue& queue, const Recurring& recurring, std::function<void()> work);

}  // namespace wujin::jobs
