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

constexpr auto sql_stamp =
    "INSERT INTO place_stamps (campaign, place, stamp) VALUES ($1, $2, CAST(random() AS TEXT)) "
    "ON CONFLICT (campaign, place) DO UPDATE SET stamp = excluded.stamp";

void stamp(Transaction& transaction, const std::string& campaign, const std::string& place) {
  transaction.execute(sql_stamp, {campaign, place});
}

void count(Transaction& transaction, const Held* before, const Held* after) {
  if (before != nullptr) stamp(transaction, before->campaign, before->place);
  const bool is_elsewhere =
      before == nullptr || after == nullptr || before->campaign != after->campaign || before->place != after->place;
  if (after != nullptr && is_elsewhere) stamp(transaction, after->campaign, after->place);
  if (before != nullptr && after != nullptr && *before == *after) return;
  if (before != nullptr) change(transaction, *before, -1);
  if (after != nullptr) change(transaction, *after, 1);
}

void clear(Transaction& transaction) {
  transaction.execute("DELETE FROM week_tallies");
  transaction.execute("DELETE FROM town_tallies");
  transaction.execute("UPDATE place_stamps SET stamp = CAST(random() AS TEXT)");
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

constexpr auto sql_stamps = "SELECT place, stamp FROM place_stamps WHERE campaign = $1 ORDER BY place";
constexpr auto sql_stamps_of_place = "SELECT place, stamp FROM place_stamps WHERE campaign = $1 AND place = $2";

std::vector<PlaceStamp> stamps_of(Snapshot& snapshot, const std::string& campaign) {
  std::vector<PlaceStamp> stamps;
  snapshot.each(sql_stamps, {campaign}, [&](const Row& row) { stamps.push_back({row.string(0), row.string(1)}); });
  return stamps;
}

namespace {

std::shared_ptr<const Sheet> sheet_of(Snapshot& snapshot, const std::string& campaign, const PlaceStamp& place) {
  const std::string name = campaign + "/" + place.place;
  if (auto kept = snapshot.memo().find<Sheet>(name, place.stamp)) return kept;
  auto sheet = std::make_shared<const Sheet>(place.place, weeks_of(snapshot, campaign, place.place));
  snapshot.memo().keep(name, place.stamp, sheet);
  return sheet;
}

// Of places whose records all went.
void drop_empty(Sheets& sheets) {
  std::erase_if(sheets, [](const auto& sheet) { return sheet->weeks().empty(); });
}

}  // namespace

Sheets sheets_of(Snapshot& snapshot, const std::string& campaign) {
  Sheets sheets;
  for (const PlaceStamp& place : stamps_of(snapshot, campaign)) sheets.push_back(sheet_of(snapshot, campaign, place));
  drop_empty(sheets);
  return sheets;
}

Sheets sheets_of(Snapshot& snapshot, const std::string& campaign, const std::string& place) {
  Sheets sheets;
  const auto stamp = snapshot.first(sql_stamps_of_place, {campaign, place}, [](const Row& row) {
    return PlaceStamp{row.string(0), row.string(1)};
  });
  if (stamp) sheets.push_back(sheet_of(snapshot, campaign, *stamp));
  drop_empty(sheets);
  return sheets;
}

std::vector<TownWeek> town_weeks(Snapshot& snapshot, const std::string& campaign) {
  std::vector<TownWeek> weeks;
  snapshot.each(sql_town_weeks, {campaign}, [&](const Row& row) {
    weeks.push_back({row.date(0), row.integer(1), row.number(2)});
  });
  return weeks;
}

}  // namespace wujin::tallies
