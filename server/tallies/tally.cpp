#include "tallies/tally.h"

#include <algorithm>
#include <stdexcept>

#include "base/number.h"
#include "base/text.h"

namespace wujin::tallies {
namespace {

constexpr std::string_view letters = "hdewa";  // by Dimension

}  // namespace

Counts& Counts::operator+=(const Counts& other) {
  activities += other.activities;
  people += other.people;
  leaflets += other.leaflets;
  return *this;
}

Cells cells_of(const Held& held) {
  const Counts one{1, held.people, held.leaflets};
  Cells cells;
  cells[{Dimension::held, held.organizer + "/" + held.kind + "/" + held.form}] = one;
  const unsigned weekday = std::chrono::weekday(std::chrono::sys_days(held.day)).iso_encoding() - 1;
  cells[{Dimension::day, std::to_string(weekday)}] = {1, 0, 0};
  if (!held.entry.empty()) cells[{Dimension::entry, held.entry}] = one;
  if (!held.work_item.empty()) cells[{Dimension::work_item, held.work_item}] = one;
  for (const std::string& audience : held.audiences) cells[{Dimension::audience, audience}] = one;
  return cells;
}

void add(Cells& cells, const Cells& change, int sign) {
  for (const auto& [cell, counts] : change) {
    Counts& sum = cells[cell];
    sum += {sign * counts.activities, sign * counts.people, sign * counts.leaflets};
    if (sum == Counts()) cells.erase(cell);
  }
}

std::string written(const Cells& cells) {
  std::string text;
  for (const auto& [cell, counts] : cells) {
    text += letters[static_cast<std::size_t>(cell.dimension)];
    text += ' ' + cell.value + ' ' + std::to_string(counts.activities) + ' ' + std::to_string(counts.people) + ' ' +
            std::to_string(counts.leaflets) + '\n';
  }
  return text;
}

void each_cell(std::string_view text, const Visit& visit) {
  while (!text.empty()) {
    std::string_view line = take_until(text, '\n');
    const auto letter = letters.find(take_until(line, ' '));
    if (letter == std::string_view::npos) throw std::runtime_error("tallies: a stored line is no longer known");
    const auto value = take_until(line, ' ');
    const auto next_number = [&line] { return parse_number<std::int64_t>(take_until(line, ' ')).value_or(0); };
    const std::int64_t activities = next_number(), people = next_number(), leaflets = next_number();
    visit(static_cast<Dimension>(letter), value, {activities, people, leaflets});
  }
}

Cells read(std::string_view text) {
  Cells cells;
  each_cell(text, [&](Dimension dimension, std::string_view value, const Counts& counts) {
    cells.emplace_hint(cells.end(), Cell{dimension, std::string(value)}, counts);
  });
  return cells;
}

HeldParts parts_of(std::string_view value) {
  const auto organizer = take_until(value, '/');
  const auto kind = take_until(value, '/');
  return {organizer, kind, value};
}

Date piece_of(Date day) { return std::max(monday_of(day), first_day(month_of(day))); }

}  // namespace wujin::tallies
