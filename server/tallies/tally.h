#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"

// What was held, counted by place and week in step with every write, so that no page ever counts the records themselves. Pure.
namespace wujin::tallies {

// What of an activity is counted.
struct Held {
  std::string campaign;
  std::string town;
  std::string place;
  Date day;
  std::string organizer;
  std::string kind;  // empty: none was said; likewise below
  std::string form;
  std::string entry;
  std::string work_item;
  std::vector<std::string> audiences;
  std::int64_t people = 0;
  std::int64_t leaflets = 0;
  bool operator==(const Held&) const = default;
};

struct Counts {
  std::int64_t activities = 0;
  std::int64_t people = 0;
  std::int64_t leaflets = 0;
  Counts& operator+=(const Counts& other);
  bool operator==(const Counts&) const = default;
};

// Under which an activity is counted. `held` names who held it, the kind and the form together, as quotas ask for; each activity
// is in exactly one of them.
enum class Dimension : std::uint8_t { held, day, entry, work_item, audience };

// One line of a tally: "h station/visit/stall", "d 2" (Wednesday), "e household" …
struct Cell {
  Dimension dimension = Dimension::held;
  std::string value;
  auto operator<=>(const Cell&) const = default;
};
using Cells = std::map<Cell, Counts>;

// The cells one activity is counted in.
Cells cells_of(const Held& held);
// Adds `change` to `cells`, or takes it away; cells that come to nothing are left out.
void add(Cells& cells, const Cells& change, int sign);

// As a store keeps them, and read again. Values are a campaign's identifiers: no blanks, no line ends.
std::string written(const Cells& cells);
Cells read(std::string_view text);
// The same without making anything of it. Those of `held` come first.
using Visit = std::function<void(Dimension, std::string_view value, const Counts&)>;
void each_cell(std::string_view text, const Visit& visit);

struct WeekTally {
  std::string place;
  Date first_day;     // of the piece of a week (piece_of)
  std::string cells;  // as written; each_cell() reads them
};

// The parts of a `held` cell's value.
struct HeldParts {
  std::string_view organizer;
  std::string_view kind;
  std::string_view form;
};
HeldParts parts_of(std::string_view value);

// The first day of the piece of a Monday–Sunday week that lies in one month: what tallies are kept by, so that weeks, months and
// years can all be summed from them.
Date piece_of(Date day);

}  // namespace wujin::tallies
