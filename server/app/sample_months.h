#pragma once

#include "app/application.h"
#include "app/sample_people.h"
#include "base/clock.h"
#include "campaigns/catalogue.h"
#include "reports/report_making.h"

namespace wujin::app {

// The year of reports of the sample town: what each place does with each month, in time with its activities.
class SampleMonths {
 public:
  // `sparse` is the invented place that is late once and has an empty month.
  SampleMonths(House& house, ManualClock& clock, campaigns::Catalogue& catalogue, const campaigns::Campaign& campaign,
               const SamplePeople& people, const places::PlaceId& sparse);

  // Does what was due to be done until `moment`, in order; the clock stands at each act's own moment.
  void live_until(Instant moment);

 private:
  enum class Act : std::uint8_t { hand_in, hand_in_rest, explain, send_back, accept };
  struct Step {
    Instant at;
    places::PlaceId place;
    Month month;
    Act act;
  };
  void plan_month(Month month, Date due_on);
  void plan_sparse(Month month, Date due_on, int index);
  void take(const Step& step);
  void hand_in(const Step& step);

  House& house_;
  ManualClock& clock_;
  campaigns::Catalogue& catalogue_;
  const campaigns::Campaign& campaign_;
  const SamplePeople& people_;
  places::PlaceId sparse_;
  reports::ReportForms forms_;
  std::vector<Step> steps_;  // by moment
  std::size_t done_ = 0;
};

// Draws every rendition that waits, on two threads.
void draw_waiting_renditions(House& house);

}  // namespace wujin::app
