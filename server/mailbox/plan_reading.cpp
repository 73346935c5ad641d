#include "mailbox/plan_reading.h"

#include <algorithm>

#include "campaigns/weeks.h"
#include "mailbox/headings.h"
#include "mailbox/plain_text.h"
#include "mailbox/tables.h"
#include "mailbox/written_dates.h"

namespace wujin::mailbox {
namespace {

using campaigns::Campaign;
using campaigns::DateRange;
using documents::ReadTable;

struct RowWords {
  std::u32string month;
  std::u32string time;  // week and days
  Text week_label;
  bool has_two_times = false;  // and which of them counts is not told
  Text places;
  Text focus;
  Text in_charge;
};

class PlanReader {
 public:
  PlanReader(const Campaign& campaign, const PlaceNames& places, const std::optional<PlaceId>& own, Date received_on)
      : campaign_(campaign), places_(places), own_(own), near_(std::clamp(received_on, campaign.starts_on, campaign.ends_on)) {}

  void read(const ReadTable& table) {
    const auto shape = shape_of(table);
    const Grid grid(table);
    month_.reset();
    for (int row = shape.header + 1; row < grid.rows(); ++row) {
      if (is_note(grid, row)) {
        take_month_across(Text(documents::text_of(*grid.row(row).front())).plain);
        continue;
      }
      read_row(words_of(grid, row, shape));
    }
  }

  PlanReading take() { return std::move(reading_); }

 private:
  static Text text_of_cell(const Grid& grid, int row, const TableShape& shape, Column column) {
    const auto found = shape.columns.find(column);
    if (found == shape.columns.end()) return {};
    const auto* cell = grid.at(row, found->second);
    return cell != nullptr ? Text(documents::text_of(*cell)) : Text();
  }

  // One cell across the row: 备注：…
  static bool is_note(const Grid& grid, int row) { return grid.columns() > 1 && grid.row(row).size() == 1; }

  // 8月, in one cell across the row: of the rows below it.
  void take_month_across(std::u32string_view text) {
    constexpr std::size_t longest = 10;
    const auto months = written_months(text);
    if (months.size() == 1 && bare(text).size() <= longest) month_ = resolved(months.front(), {near_, std::nullopt});
  }

  static RowWords words_of(const Grid& grid, int row, const TableShape& shape) {
    RowWords words;
    words.month = text_of_cell(grid, row, shape, Column::month).plain;
    const auto week = text_of_cell(grid, row, shape, Column::week);
    const auto when = text_of_cell(grid, row, shape, Column::when);
    const auto until = text_of_cell(grid, row, shape, Column::until);
    words.time = week.plain.empty() ? when.plain : week.plain + U" " + when.plain;
    if (!until.is_empty()) words.time += U"-" + until.plain;
    words.has_two_times = !text_of_cell(grid, row, shape, Column::when_too).is_empty();
    words.week_label = week.is_empty() ? when : week;
    words.places = text_of_cell(grid, row, shape, Column::where);
    words.focus = text_of_cell(grid, row, shape, Column::content);
    words.in_charge = text_of_cell(grid, row, shape, Column::person);
    return words;
  }

  void read_row(const RowWords& words) {
    const bool is_empty = words.places.is_empty() && words.focus.is_empty();
    if (is_empty) return;  // a line of the form left blank
    FoundRow row;
    remember_month(words);
    const auto days = words.has_two_times ? std::nullopt : days_of(words);
    const auto shown = excerpt(words.time);
    if (days) {
      row.from = {days->from, 92, Why::date, shown};
      row.to = {days->to, 92, Why::date, shown};
    } else {
      reading_.has_unclear_row = true;
    }
    row.places = places_of(words);
    if (!row.places.is_sure()) reading_.has_unclear_row = true;
    row.week_label = to_utf8(label_of(words.week_label));
    row.focus = focus_of(words);
    row.in_charge = to_utf8(words.in_charge.shown);
    reading_.rows.push_back(std::move(row));
  }

  // Without the days in brackets behind it.
  static std::u32string label_of(const Text& text) {
    const auto bracket = text.plain.find(U'(');
    const auto end = bracket == std::u32string::npos ? text.plain.find(U'（') : bracket;
    return text.part(0, end).shown;
  }

  // What a plan says of where within the place is its focus too.
  std::string focus_of(const RowWords& words) const {
    const bool is_elsewhere = places_.in(words.places.plain).empty() && !words.places.is_empty();
    if (!is_elsewhere) return to_utf8(words.focus.shown);
    if (words.focus.is_empty()) return to_utf8(words.places.shown);
    return to_utf8(words.places.shown + U"，" + words.focus.shown);
  }

  void remember_month(const RowWords& words) {
    for (const auto& text : {words.month, words.time}) {
      const auto months = written_months(text);
      const auto dates = written_dates(text);
      if (!months.empty()) {
        month_ = resolved(months.front(), {near_, std::nullopt});
        return;
      }
      if (!dates.empty() && dates.front().from.month) {
        if (const auto day = resolved(dates.front().from, {near_, month_})) month_ = month_of(*day);
        return;
      }
    }
  }

  std::optional<DateRange> days_of(const RowWords& words) const {
    const auto dates = written_dates(words.time);
    std::optional<DateRange> told;
    if (dates.size() > 1) return std::nullopt;
    if (dates.size() == 1) {
      told = resolved(dates.front(), {near_, month_});
      if (!told) return std::nullopt;
    }
    const auto label = week_in(words.time);
    const auto named = label ? week_days(*label) : std::nullopt;
    if (!told) return named && is_within(*named) ? named : std::nullopt;
    // A week's number may be counted otherwise; days apart from it by more than one week are a slip.
    constexpr int most_apart = 7;
    if (named && std::abs(days_between(named->from, told->from)) > most_apart) return std::nullopt;
    return is_within(*told) ? told : std::nullopt;
  }

  bool is_within(const DateRange& days) const { return days.to >= campaign_.starts_on && days.from <= campaign_.ends_on; }

  std::optional<DateRange> week_days(const WeekHeading& label) const {
    const auto& periods = campaign_.report_periods;
    auto month = label.month ? std::optional(resolved(*label.month, {near_, std::nullopt})) : month_;
    int number = label.number;
    if (!month && campaign_.options.week_label == campaigns::WeekLabel::running) {
      for (month = periods.first; *month <= periods.last; month = plus_months(*month, 1)) {
        const auto count = static_cast<int>(campaigns::report_weeks(*month, periods.week_rule, periods.hand_weeks).size());
        if (number <= count) break;
        number -= count;
      }
    }
    if (!month) return std::nullopt;
    for (const auto& week : campaigns::report_weeks(*month, periods.week_rule, periods.hand_weeks)) {
      if (week.number == number) return week.days;
    }
    return std::nullopt;
  }

  Finding<std::vector<PlaceId>> places_of(const RowWords& words) const {
    std::vector<PlaceId> named;
    for (const auto& mention : places_.in(words.places.plain)) {
      const bool is_new = std::find(named.begin(), named.end(), mention.place) == named.end();
      if (is_new && (mention.is_full || mention.length + 1 >= words.places.plain.size() || named.empty())) {
        named.push_back(mention.place);
      }
    }
    if (!named.empty()) return {named, 95, Why::text, excerpt(words.places.plain)};
    const bool means_all = contains_any(words.places.plain, {U"各村", U"全镇", U"所有村", U"各社区"});
    if (own_ && !means_all) return {std::vector{*own_}, 85, Why::neighbour, excerpt(words.places.plain)};
    return {};
  }

  const Campaign& campaign_;
  const PlaceNames& places_;
  const std::optional<PlaceId>& own_;
  Date near_;
  std::optional<Month> month_;  // of the row above, or its own
  PlanReading reading_;
};

}  // namespace

PlanReading read_plan(const std::vector<const ReadTable*>& tables, const Campaign& campaign, const PlaceNames& places,
                      const std::optional<PlaceId>& own, Date received_on) {
  PlanReader reader(campaign, places, own, received_on);
  for (const auto* table : tables) reader.read(*table);
  return reader.take();
}

}  // namespace wujin::mailbox
