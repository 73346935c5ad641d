#include "coverage/matrix.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/number.h"
#include "campaigns/weeks.h"

namespace wujin::coverage {
namespace {

using tallies::Dimension;

// A place without a record for this long is asked about (strings.md, cov.gap).
constexpr int silent_days = 14;

template <class Record>
bool names(const std::vector<Record>& records, const std::string& id) {
  return std::ranges::find(records, id, &Record::id) != records.end();
}

// What is reached, of each kind of identifier.
struct Reached {
  std::set<std::string, std::less<>> entries, audiences, forms, work_items;
};

template <class Record>
std::vector<std::string> missing(const std::vector<Record>& records, const std::set<std::string, std::less<>>& reached) {
  std::vector<std::string> ids;
  for (const auto& record : records) {
    if (!reached.contains(record.id)) ids.push_back(record.id);
  }
  return ids;
}

void reach(std::set<std::string, std::less<>>& set, std::string_view value) {
  if (!value.empty() && !set.contains(value)) set.emplace(value);
}

void note_reached(Reached& reached, const tallies::Cell& cell) {
  if (cell.dimension == Dimension::entry) reach(reached.entries, cell.value);
  if (cell.dimension == Dimension::audience) reach(reached.audiences, cell.value);
  if (cell.dimension == Dimension::work_item) reach(reached.work_items, cell.value);
  if (cell.dimension == Dimension::held) reach(reached.forms, tallies::parts_of(cell.value).form);
}

// Whether the matrix counts what stands under a cell: each activity once.
bool is_counted(const std::optional<Filter>& filter, const tallies::Cell& cell) {
  if (!filter) return cell.dimension == Dimension::held;
  switch (filter->measure) {
    case Measure::entry:
      return cell.dimension == Dimension::entry && cell.value == filter->value;
    case Measure::audience:
      return cell.dimension == Dimension::audience && cell.value == filter->value;
    case Measure::work_item:
      return cell.dimension == Dimension::work_item && cell.value == filter->value;
    case Measure::form:
      return cell.dimension == Dimension::held && tallies::parts_of(cell.value).form == filter->value;
    case Measure::kind:
      return cell.dimension == Dimension::held && tallies::parts_of(cell.value).kind == filter->value;
  }
  return false;
}

bool is_silent(const MatrixRow& row, const Campaign& campaign, Date today) {
  const bool is_judged = today <= campaign.ends_on && days_between(campaign.starts_on, today) >= silent_days - 1;
  return is_judged && (!row.last_held_on || days_between(*row.last_held_on, today) >= silent_days);
}

// What is asked of a place: something in each week that began while it stood, and not to fall silent.
void ask(Coverage& drawn, MatrixRow& row, const places::Place& place, const Campaign& campaign) {
  row.silent = places::stands_on(place, drawn.today) && is_silent(row, campaign, drawn.today);
  for (std::size_t i = 0; i < drawn.weeks.size(); ++i) {
    WeekColumn& week = drawn.weeks[i];
    if (!places::stands_on(place, week.from)) continue;
    ++week.asked;
    if (row.counts[i] > 0) ++week.covered;
  }
}

class Drawing {
 public:
  Drawing(Coverage& drawn, const std::optional<Filter>& filter) : drawn_(drawn), filter_(filter) {
    for (std::size_t i = 0; i < drawn.rows.size(); ++i) rows_.emplace(drawn.rows[i].place.text(), i);
  }

  void add(const tallies::Sheet& sheet) {
    const auto row = rows_.find(sheet.place());
    if (row == rows_.end()) return;
    std::vector<char> is_asked_for;
    for (const tallies::Cell& cell : sheet.values()) is_asked_for.push_back(is_counted(filter_, cell) ? 1 : 0);
    std::vector<char> occurs(sheet.values().size());
    for (const auto& week : sheet.weeks()) {
      const auto column = week_of(week.first_day);
      if (!column) continue;
      add(drawn_.rows[row->second], *column, week, filter_ ? sum_of(sheet, week, is_asked_for) : week.held.activities);
      for (const auto& line : sheet.lines_of(week)) occurs[line.value] = 1;
    }
    for (std::size_t i = 0; i < occurs.size(); ++i) {
      if (occurs[i] != 0) note_reached(reached_, sheet.values()[i]);
    }
  }
  const Reached& reached() const { return reached_; }

 private:
  static std::int64_t sum_of(const tallies::Sheet& sheet, const tallies::Sheet::Week& week,
                             const std::vector<char>& is_asked_for) {
    std::int64_t sum = 0;
    for (const auto& line : sheet.lines_of(week)) sum += is_asked_for[line.value] != 0 ? line.activities : 0;
    return sum;
  }

  void add(MatrixRow& row, std::size_t column, const tallies::Sheet::Week& week, std::int64_t sum) const {
    row.counts[column] += sum;
    row.total += sum;
    const Date monday = monday_of(week.first_day);
    for (int weekday = std::min(6, days_between(monday, drawn_.today)); weekday >= 0; --weekday) {
      if ((week.days & (1U << static_cast<unsigned>(weekday))) == 0) continue;
      row.last_held_on = std::max(row.last_held_on, std::optional(plus_days(monday, weekday)));
      return;
    }
  }

  std::optional<std::size_t> week_of(Date day) const {
    const int days = days_between(monday_of(drawn_.weeks.front().from), day);
    const auto index = static_cast<std::size_t>(days / 7);
    return days < 0 || index >= drawn_.weeks.size() ? std::nullopt : std::optional(index);
  }

  Coverage& drawn_;
  const std::optional<Filter>& filter_;
  std::map<std::string, std::size_t, std::less<>> rows_;
  Reached reached_;
};

}  // namespace

bool is_known(const Filter& filter, const Campaign& campaign) {
  switch (filter.measure) {
    case Measure::entry:
      return names(campaign.entries, filter.value);
    case Measure::audience:
      return names(campaign.audiences, filter.value);
    case Measure::form:
      return names(campaign.forms, filter.value);
    case Measure::kind:
      return names(campaign.kinds, filter.value);
    case Measure::work_item:
      return names(campaign.work_items, filter.value);
  }
  return false;
}

bool is_ground(const places::Place& place, const Campaign& campaign) {
  return place.parent == campaign.town && places::is_of_village_level(place.kind) && places::stands_on(place, campaign.starts_on);
}

std::vector<WeekColumn> weeks_of(const Campaign& campaign) {
  std::vector<WeekColumn> weeks;
  for (Date day = campaign.starts_on; day <= campaign.ends_on; day = plus_days(weeks.back().to, 1)) {
    weeks.push_back({day, std::min(campaigns::quota_week(day).to, campaign.ends_on), 0, 0});
  }
  return weeks;
}

Coverage draw(const Campaign& campaign, const std::vector<const places::Place*>& places, const tallies::Sheets& sheets,
              const std::optional<Filter>& filter, Date today) {
  Coverage drawn;
  drawn.campaign = campaign.id;
  drawn.today = today;
  if (filter) drawn.measure = filter->measure;
  if (filter) drawn.value = filter->value;
  drawn.weeks = weeks_of(campaign);
  for (const places::Place* place : places) {
    MatrixRow row{place->id, place->name, place->kind, {}, 0, {}, false, false, {}};
    row.former = place->id != campaign.town && place->parent != campaign.town;
    if (place->ending) row.ended_on = place->ending->on;
    row.counts.resize(drawn.weeks.size());
    drawn.rows.push_back(std::move(row));
  }
  Drawing drawing(drawn, filter);
  for (const auto& sheet : sheets) drawing.add(*sheet);
  const auto& reached = drawing.reached();
  drawn.unreached = {missing(campaign.entries, reached.entries), missing(campaign.audiences, reached.audiences),
                     missing(campaign.forms, reached.forms), missing(campaign.work_items, reached.work_items)};
  std::set<PlaceId> asked;
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (!is_ground(*places[i], campaign)) continue;
    ask(drawn, drawn.rows[i], *places[i], campaign);
    asked.insert(places[i]->id);
  }
  std::erase_if(drawn.rows, [&](const MatrixRow& row) { return !asked.contains(row.place) && !row.last_held_on; });
  return drawn;
}

}  // namespace wujin::coverage
