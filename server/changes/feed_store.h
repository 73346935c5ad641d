#pragma once

#include <string>
#include <vector>

#include "changes/feed.h"

// The SQL of the feed.
namespace wujin::changes {

// Where a change stands: by transaction first, because on PostgreSQL a transaction that began later may commit earlier.
struct Position {
  std::int64_t transaction = 0;  // nought on SQLite, whose commits come one after another
  std::int64_t position = 0;
  auto operator<=>(const Position&) const = default;
};

struct Feed {
  std::string epoch;
  Position pruned;           // the newest tombstone forgotten
  std::int64_t settled = 0;  // every transaction below is over and seen
  Position end;              // a cursor here has seen everything settled
};
Feed read_feed(Snapshot& snapshot);

struct PlacedChange {
  Change change;
  Position at;
};
// Of settled transactions, after `after`, in order.
std::vector<PlacedChange> read_changes(Snapshot& snapshot, Position after, std::int64_t settled, const Filter& filter, int limit);

}  // namespace wujin::changes
