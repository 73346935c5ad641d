#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "tallies/tally.h"

namespace wujin::tallies {

// Every week of one place, read once: each value that occurs has a number, so that a page asks once what it wants of a value and
// then only adds. Pure.
class Sheet {
 public:
  struct Line {
    std::uint32_t value = 0;  // where it stands in values()
    std::int32_t activities = 0;
    std::int64_t people = 0;
    std::int64_t leaflets = 0;
    Counts counts() const { return {activities, people, leaflets}; }
  };
  struct Week {
    Date first_day;  // of the piece of a week (piece_of)
    std::size_t begin = 0;
    std::size_t others = 0;  // where the lines that are not `held` begin
    std::size_t end = 0;
    Counts held;            // of all `held` lines
    std::uint8_t days = 0;  // a bit for each weekday something was held on, Monday the lowest
  };

  // Of one place's weeks, by day.
  Sheet(std::string place, std::span<const WeekTally> weeks);

  const std::string& place() const { return place_; }
  const std::vector<Cell>& values() const { return values_; }
  const std::vector<Week>& weeks() const { return weeks_; }
  std::span<const Line> lines_of(const Week& week) const { return std::span(lines_).subspan(week.begin, week.end - week.begin); }
  // Each activity is in exactly one of these.
  std::span<const Line> held_in(const Week& week) const {
    return std::span(lines_).subspan(week.begin, week.others - week.begin);
  }

 private:
  std::string place_;
  std::vector<Cell> values_;
  std::vector<Week> weeks_;
  std::vector<Line> lines_;
};
using Sheets = std::vector<std::shared_ptr<const Sheet>>;

// One for each place of these, which stand by place and day.
Sheets sheets_of(std::span<const WeekTally> weeks);

}  // namespace wujin::tallies
