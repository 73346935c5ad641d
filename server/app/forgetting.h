#pragma once

#include <chrono>

#include "base/clock.h"
#include "database/database.h"
#include "jobs/queue.h"
#include "jobs/workers.h"

// What the house keeps only for phones that were away, and lets go once none can need it.
namespace wujin::app {

// A phone may lie without signal for weeks and then ask for an answer it never got.
inline constexpr std::chrono::hours replay_age{60 * 24};
// One that was away for longer fetches everything anew.
inline constexpr std::chrono::hours tombstone_age{90 * 24};

// Registers the daily forgetting and asks for the first round. Call before the workers start; all outlive it.
void add_forgetting(jobs::Workers& workers, jobs::Queue& queue, Database& database, const Clock& clock);

}  // namespace wujin::app
