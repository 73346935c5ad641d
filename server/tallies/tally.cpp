#include "tallies/tally.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace wujin::tallies {
namespace {

constexpr std::string_view letters = "hdewa";  // by Dimension

std::int64_t number_of(std::string_view text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// What stands before the next `mark`; `text` goes on behind it.
std::string_view take(std::string_view& text, char mark) {
  const auto end = std::min(text.find(mark), text.size());
  const auto part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

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
    std::string_view line = take(text, '\n');
    const auto letter = letters.find(take(line, ' '));
    if (letter == std::string_view::npos) throw std::runtime_error("tallies: a stored line is no longer known");
    const auto value = take(line, ' ');
    const std::int64_t activities = number_of(take(line, ' ')), people = number_of(take(line, ' ')),
                       leaflets = number_of(take(line, ' '));
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
  const auto organizer = take(value, '/');
  const auto kind = take(value, '/');
  return {organizer, kind, value};
}

Date piece_of(Date day) { return std::max(monday_of(day), first_day(month_of(day))); }

}  // namespace wujin::tallies
