#pragma once

#include "campaigns/catalogue.h"
#include "database/database.h"
#include "jobs/queue.h"
#include "jobs/workers.h"

// What the house makes ready for searches when nobody waits for it.
namespace wujin::app {

// Gathers the words of every campaign's records until nothing is left to gather.
void gather_words(Database& database, campaigns::Catalogue& catalogue);

// Registers the hourly gathering and asks for the first round. Call before the workers start; all outlive it.
void add_gathering(jobs::Workers& workers, jobs::Queue& queue, Database& database, campaigns::Catalogue& catalogue);

}  // namespace wujin::app
