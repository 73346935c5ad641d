#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "base/clock.h"
#include "base/result.h"

namespace wujin::app {

// What the sample town does besides recording, each at its own moment; the clock stands there meanwhile.
class SampleCalendar {
 public:
  using Act = std::function<void(Instant now)>;

  explicit SampleCalendar(ManualClock& clock) : clock_(clock) {}

  void add(Instant at, Act act);
  // Does what stands before or at `moment`, in order.
  void live_until(Instant moment);

 private:
  struct Step {
    Instant at;
    Act act;
  };
  ManualClock& clock_;
  std::vector<Step> steps_;  // the next one last
  bool is_sorted_ = true;
};

Instant moment(Date date, int hour, int minute = 0);

// The sample does only what is allowed; a refusal is a bug here and throws.
void expect_done(const Problem* problem, std::string_view what);
template <class T>
void expect_done(const Result<T>& outcome, std::string_view what) {
  if (outcome) return;
  const Problem problem = outcome.error();
  expect_done(&problem, what);
}

}  // namespace wujin::app
