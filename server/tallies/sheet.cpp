#include "tallies/sheet.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "base/number.h"

namespace wujin::tallies {

Sheet::Sheet(std::string place, std::span<const WeekTally> weeks) : place_(std::move(place)) {
  std::map<std::pair<Dimension, std::string_view>, std::uint32_t> numbers;
  for (const WeekTally& tally : weeks) {
    Week week{tally.first_day, lines_.size(), lines_.size(), 0, {}, 0};
    each_cell(tally.cells, [&](Dimension dimension, std::string_view value, const Counts& counts) {
      const auto [known, is_new] = numbers.try_emplace({dimension, value}, static_cast<std::uint32_t>(values_.size()));
      if (is_new) values_.push_back({dimension, std::string(value)});
      lines_.push_back({known->second, static_cast<std::int32_t>(counts.activities), counts.people, counts.leaflets});
      if (dimension == Dimension::day) week.days |= static_cast<std::uint8_t>(1U << parse_number<unsigned>(value).value_or(0));
      if (dimension != Dimension::held) return;
      week.others = lines_.size();
      week.held += counts;
    });
    week.end = lines_.size();
    weeks_.push_back(week);
  }
  lines_.shrink_to_fit();
}

Sheets sheets_of(std::span<const WeekTally> weeks) {
  Sheets sheets;
  while (!weeks.empty()) {
    const std::string& place = weeks.front().place;
    const auto next = std::ranges::find_if(weeks, [&](const WeekTally& week) { return week.place != place; });
    const auto count = static_cast<std::size_t>(next - weeks.begin());
    sheets.push_back(std::make_shared<const Sheet>(place, weeks.first(count)));
    weeks = weeks.subspan(count);
  }
  return sheets;
}

}  // namespace wujin::tallies
