#include "tallies/tallies_store.h"

#include <optional>
#include <utility>

namespace wujin::tallies {
namespace {

constexpr auto sql_find_cells = "SELECT cells FROM week_tallies WHERE campaign = $1 AND place = $2 AND first_day = $3";
constexpr auto sql_put_cells =
    "INSERT INTO week_tallies (campaign, place, first_day, cells) VALUES ($1, $2, $3, $4) "
    "ON CONFLICT (campaign, place, first_day) DO UPDATE SET cells = excluded.cells";
constexpr auto sql_remove_cells = "DELETE FROM week_tallies WHERE campaign = $1 AND place = $2 AND first_day = $3";
constexpr auto sql_is_held = "SELECT 1 FROM week_tallies WHERE campaign = $1 AND place = $2 AND first_day = $3";
constexpr auto sql_add_to_town =
    "INSERT INTO town_tallies (campaign, town, week, activities, places) VALUES ($1, $2, $3, $4, $5) "
    "ON CONFLICT (campaign, town, week) DO UPDATE SET activities = town_tallies.activities + excluded.activities, "
    "places = town_tallies.places + excluded.places";

// Whether the place has anything in the other piece of a week that two months share.
bool is_held_in_other_piece(Transaction& transaction, const Held& held, Date piece) {
  const Date monday = monday_of(held.day), sunday = plus_days(monday, 6);
  if (month_of(monday) == month_of(sunday)) return false;
  const Date other = piece == monday ? first_day(month_of(sunday)) : monday;
  return transaction.first(sql_is_held, {held.campaign, held.place, other}, [](const Row& row) { return row.integer(0); })
      .has_value();
}

void change(Transaction& transaction, const Held& held, int sign) {
  const Date piece = piece_of(held.day);
  Cells cells =
      transaction.first(sql_find_cells, {held.campaign, held.place, piece}, [](const Row& row) { return read(row.text(0)); })
          .value_or(Cells());
  const bool was_held = !cells.empty();
  add(cells, cells_of(held), sign);
  const bool is_held = !cells.empty();
  if (is_held) {
    transaction.execute(sql_put_cells, {held.campaign, held.place, piece, written(cells)});
  } else {
    transaction.execute(sql_remove_cells, {held.campaign, held.place, piece});
  }
  int places = 0;
  // The town itself is none of its places.
  if (held.place != held.town && was_held != is_held && !is_held_in_other_piece(transaction, held, piece))
    places = is_held ? 1 : -1;
  transaction.execute(sql_add_to_town, {held.campaign, held.town, monday_of(held.day), sign, places});
}

WeekTally week_of(const Row& row) { return {row.string(0), row.date(1), row.string(2)}; }

}  // namespace

void count(Transaction& transaction, const Held* before, const Held* after) {
  if (before != nullptr && after != nullptr && *before == *after) return;
  if (before != nullptr) change(transaction, *before, -1);
  if (after != nullptr) change(transaction, *after, 1);
}

void clear(Transaction& transaction) {
  transaction.execute("DELETE FROM week_tallies");
  transaction.execute("DELETE FROM town_tallies");
}

bool is_empty(Snapshot& snapshot) {
  return !snapshot.first("SELECT 1 FROM town_tallies LIMIT 1", {}, [](const Row& row) { return row.integer(0); });
}

constexpr auto sql_weeks_of = "SELECT place, first_day, cells FROM week_tallies WHERE campaign = $1 ORDER BY place, first_day";
constexpr auto sql_weeks_of_place =
    "SELECT place, first_day, cells FROM week_tallies WHERE campaign = $1 AND place = $2 ORDER BY first_day";
constexpr auto sql_town_weeks =
    "SELECT week, activities, places FROM town_tallies WHERE campaign = $1 AND activities > 0 ORDER BY week";

std::vector<WeekTally> weeks_of(Snapshot& snapshot, const std::string& campaign) {
  std::vector<WeekTally> weeks;
  snapshot.each(sql_weeks_of, {campaign}, [&](const Row& row) { weeks.push_back(week_of(row)); });
  return weeks;
}

std::vector<WeekTally> weeks_of(Snapshot& snapshot, const std::string& campaign, const std::string& place) {
  std::vector<WeekTally> weeks;
  snapshot.each(sql_weeks_of_place, {campaign, place}, [&](const Row& row) { weeks.push_back(week_of(row)); });
  return weeks;
}

std::vector<TownWeek> town_weeks(Snapshot& snapshot, const std::string& campaign) {
  std::vector<TownWeek> weeks;
  snapshot.each(sql_town_weeks, {campaign}, [&](const Row& row) {
    weeks.push_back({row.date(0), row.integer(1), row.number(2)});
  });
  return weeks;
}

}  // namespace wujin::tallies
