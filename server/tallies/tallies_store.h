#pragma once

#include <span>
#include <string>
#include <vector>

#include "database/database.h"
#include "database/migrate.h"
#include "tallies/sheet.h"
#include "tallies/tally.h"

// Kept in the transaction of every write of an activity: four short statements for each place and week it touches.
namespace wujin::tallies {

std::span<const Migration> migrations();

// An activity came, changed or went: `before` and `after` as far as there is one.
void count(Transaction& transaction, const Held* before, const Held* after);

// Forgets all; whoever keeps the records counts them anew.
void clear(Transaction& transaction);
bool is_empty(Snapshot& snapshot);

// Of a whole campaign, or of one place of it; by place and day.
std::vector<WeekTally> weeks_of(Snapshot& snapshot, const std::string& campaign);
std::vector<WeekTally> weeks_of(Snapshot& snapshot, const std::string& campaign, const std::string& place);

// The same of every place of a campaign, or of one, by place. A place whose stamp still stands is not read again.
Sheets sheets_of(Snapshot& snapshot, const std::string& campaign);
Sheets sheets_of(Snapshot& snapshot, const std::string& campaign, const std::string& place);

// A word that changes with whatever is recorded at a place in a campaign, and never comes again: what was made of its records may
// be kept under it.
struct PlaceStamp {
  std::string place;
  std::string stamp;
};
std::vector<PlaceStamp> stamps_of(Snapshot& snapshot, const std::string& campaign);
// For what concerns a record of the place but is not counted: count() does it too.
void stamp(Transaction& transaction, const std::string& campaign, const std::string& place);

// How many places below the town had anything in a Monday–Sunday week, and how much with the town's own.
struct TownWeek {
  Date week;
  std::int64_t activities = 0;
  int places = 0;
};
std::vector<TownWeek> town_weeks(Snapshot& snapshot, const std::string& campaign);

}  // namespace wujin::tallies
