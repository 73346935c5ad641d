#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "database/database.h"

namespace wujin {

// One forward step of one room's tables. Immutable once released.
struct Migration {
  std::string_view room;
  std::string_view step;           // "0001_activities": runs in the order of its name within the room
  std::optional<Dialect> dialect;  // nothing: the same text for both engines
  std::string_view sql;            // one or more statements, each ended by a semicolon at a line's end
};

// Brings the database up to date, room by room in the order given, each step in its own transaction, noting what ran. Throws when
// a step that ran before has changed or is missing: the data folder belongs to a newer or foreign program.
void migrate(Database& database, std::span<const std::span<const Migration>> rooms);

}  // namespace wujin
