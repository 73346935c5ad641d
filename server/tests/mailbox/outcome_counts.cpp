#include "mailbox/outcome_counts.h"

#include <iostream>

#include <fmt/format.h>

#include "base/described_enum.h"

namespace wujin::mailbox::fixture {

void OutcomeCounts::add(Outcome outcome, bool is_wrong) {
  ++all;
  ++outcomes[outcome];
  if (is_wrong) ++wrong;
}

void print(std::string_view name, const OutcomeCounts& counts) {
  std::cout << fmt::format("{}: {} letters, fully {}, partly {}, tray {}, wrongly {}\n", name, counts.all,
                           counts.outcomes.at(Outcome::fully), counts.outcomes.at(Outcome::partly),
                           counts.outcomes.at(Outcome::tray), counts.wrong);
}

std::string in_words(const Understanding& found) {
  std::string words = fmt::format("{} activities, {} rows, {} unplaced, doubts:", found.activities.size(), found.rows.size(),
                                  found.unplaced.size());
  for (const auto doubt : found.doubts) words += fmt::format(" {}", name_of(doubt));
  for (const auto& activity : found.activities) {
    words += fmt::format("\n  week {} ({}), {} ({}), {} ({}), {} pictures: {} / {}", activity.week.value.value_or(0),
                         activity.week.percent, activity.entry.value.value_or("?"), activity.entry.percent,
                         activity.held_on.value ? to_string(*activity.held_on.value) : "?", activity.held_on.percent,
                         activity.pictures.size(), activity.heading, activity.text);
  }
  return words;
}

}  // namespace wujin::mailbox::fixture
