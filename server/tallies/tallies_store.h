#pragma once

#include <span>
#include <string>
#include <vector>

#include "database/database.h"
#include "database/migrate.h"
#include "tallies/tally.h"

// Kept in the transaction of every write of an activity: three short statements for each place and week it touches.
namespace wujin::tallies {

std::span<const Migration> migrations();

// An activity came, changed or went: `before` and `after` as far as there is one.
void count(Transaction& transaction, const Held* before, const Held* after);

// Forgets all; whoever keeps the records counts them anew.
void clear(Transaction& transaction);
bool is_empty(Snapshot& snapshot);

struct WeekTally {
  std::string place;
  Date first_day;     // of the piece of a week (piece_of)
  std::string cells;  // each_cell() reads them
};
// Of a whole campaign, or of one place of it; by place and day.
std::vector<WeekTally> weeks_of(Snapshot& snapshot, const std::string& campaign);
std::vector<WeekTally> weeks_of(Snapshot& snapshot, const std::string& campaign, const std::string& place);

// How many places below the town had anything in a Monday–Sunday week, and how much with the town's own.
struct TownWeek {
  Date week;
  std::int64_t activities = 0;
  int places = 0;
};
std::vector<TownWeek> town_weeks(Snapshot& snapshot, const std::string& campaign);

}  // namespace wujin::tallies
