#include "coverage/matrix.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/number.h"
#include "campaigns/weeks.h"

namespace wujin::coverage {
namespace {

using tallies::Counts;
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

void note_reached(Reached& reached, Dimension dimension, std::string_view value) {
  if (dimension == Dimension::entry) reach(reached.entries, value);
  if (dimension == Dimension::audience) reach(reached.audiences, value);
  if (dimension == Dimension::work_item) reach(reached.work_items, value);
  if (dimension == Dimension::held) reach(reached.forms, tallies::parts_of(value).form);
}

// How much of a cell the matrix counts: each activity once.
std::int64_t counted(const std::optional<Filter>& filter, Dimension dimension, std::string_view value, const Counts& counts) {
  const auto one_if = [&](bool is_asked) { return is_asked ? counts.activities : 0; };
  if (!filter) return one_if(dimension == Dimension::held);
  switch (filter->measure) {
    case Measure::entry:
      return one_if(dimension == Dimension::entry && value == filter->value);
    case Measure::audience:
      return one_if(dimension == Dimension::audience && value == filter->value);
    case Measure::work_item:
      return one_if(dimension == Dimension::work_item && value == filter->value);
    case Measure::form:
      return one_if(dimension == Dimension::held && tallies::parts_of(value).form == filter->value);
    case Measure::kind:
      return one_if(dimension == Dimension::held && tallies::parts_of(value).kind == filter->value);
  }
  return 0;
}

// The day a `day` cell of a tally stands for.
Date day_of(const tallies::WeekTally& tally, std::string_view weekday) {
  return plus_days(monday_of(tally.first_day), parse_number<int>(weekday).value_or(0));
}

// Whether a row is one of those that are expected to have something in it.
bool is_expected(const MatrixRow& row) { return !row.former && places::is_of_village_level(row.place_kind); }

bool is_silent(const MatrixRow& row, const Campaign& campaign, Date today) {
  const bool is_judged = today <= campaign.ends_on && days_between(campaign.starts_on, today) >= silent_days - 1;
  return is_judged && (!row.last_held_on || days_between(*row.last_held_on, today) >= silent_days);
}

class Drawing {
 public:
  Drawing(Coverage& drawn, const std::optional<Filter>& filter) : drawn_(drawn), filter_(filter) {
    for (std::size_t i = 0; i < drawn.rows.size(); ++i) rows_.emplace(drawn.rows[i].place.text(), i);
  }

  void add(const tallies::WeekTally& tally) {
    const auto row = rows_.find(tally.place);
    const auto week = week_of(tally.first_day);
    if (row == rows_.end() || !week) return;
    MatrixRow& into = drawn_.rows[row->second];
    std::int64_t sum = 0;
    tallies::each_cell(tally.cells, [&](Dimension dimension, std::string_view value, const Counts& counts) {
      note_reached(reached_, dimension, value);
      sum += counted(filter_, dimension, value, counts);
      if (dimension != Dimension::day) return;
      const Date day = day_of(tally, value);
      if (day <= drawn_.today && (!into.last_held_on || *into.last_held_on < day)) into.last_held_on = day;
    });
    into.counts[*week] += sum;
    into.total += sum;
  }
  const Reached& reached() const { return reached_; }

 private:
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
  return place.parent == campaign.town && places::is_of_village_level(place.kind);
}

std::vector<WeekColumn> weeks_of(const Campaign& campaign) {
  std::vector<WeekColumn> weeks;
  for (Date day = campaign.starts_on; day <= campaign.ends_on; day = plus_days(weeks.back().to, 1)) {
    weeks.push_back({day, std::min(campaigns::quota_week(day).to, campaign.ends_on), 0});
  }
  return weeks;
}

Coverage draw(const Campaign& campaign, const std::vector<const places::Place*>& places,
              const std::vector<tallies::WeekTally>& tallies, const std::optional<Filter>& filter, Date today) {
  Coverage drawn;
  drawn.campaign = campaign.id;
  drawn.today = today;
  if (filter) drawn.measure = filter->measure;
  if (filter) drawn.value = filter->value;
  drawn.weeks = weeks_of(campaign);
  for (const places::Place* place : places) {
    MatrixRow row{place->id, place->name, place->kind, {}, 0, {}, false, false};
    row.former = place->id != campaign.town && place->parent != campaign.town;
    row.counts.resize(drawn.weeks.size());
    drawn.rows.push_back(std::move(row));
  }
  Drawing drawing(drawn, filter);
  for (const tallies::WeekTally& tally : tallies) drawing.add(tally);
  const auto& reached = drawing.reached();
  drawn.unreached = {missing(campaign.entries, reached.entries), missing(campaign.audiences, reached.audiences),
                     missing(campaign.forms, reached.forms), missing(campaign.work_items, reached.work_items)};
  std::erase_if(drawn.rows, [](const MatrixRow& row) { return !is_expected(row) && !row.last_held_on; });
  for (MatrixRow& row : drawn.rows) {
    row.silent = is_expected(row) && is_silent(row, campaign, today);
    for (std::size_t week = 0; week < drawn.weeks.size(); ++week) {
      if (is_expected(row) && row.counts[week] > 0) ++drawn.weeks[week].covered;
    }
  }
  return drawn;
}

}  // namespace wujin::coverage
