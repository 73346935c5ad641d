#include "app/sample_calendar.h"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

namespace wujin::app {

void SampleCalendar::add(Instant at, Act act) {
  steps_.push_back({at, std::move(act)});
  is_sorted_ = false;
}

void SampleCalendar::live_until(Instant moment) {
  if (!is_sorted_) {
    std::ranges::reverse(steps_);
    std::ranges::stable_sort(steps_, std::ranges::greater(), &Step::at);
    is_sorted_ = true;
  }
  while (!steps_.empty() && steps_.back().at <= moment) {
    const Step step = std::move(steps_.back());
    steps_.pop_back();
    clock_.set(step.at);
    step.act(step.at);
  }
}

Instant moment(Date date, int hour, int minute) {
  return start_of(date) + std::chrono::hours(hour) + std::chrono::minutes(minute);
}

void expect_done(const Problem* problem, std::string_view what) {
  if (!problem) return;
  std::string faults;
  for (const auto& fault : problem->faults()) faults += fmt::format(" {}:{}", fault.field, slug(fault.code));
  throw std::logic_error(
      fmt::format("the sample town cannot {}: {}{} {}", what, slug(problem->code()), faults, problem->cause()));
}

}  // namespace wujin::app
