#pragma once

#include "app/application.h"
#include "app/sample_calendar.h"
#include "app/sample_people.h"
#include "campaigns/catalogue.h"
#include "reports/report_making.h"

namespace wujin::app {

// The reports of the sample town: what each place does with each month, put into the calendar.
class SampleMonths {
 public:
  // `sparse` is the invented place that is late once and has an empty month. Months that begin after `last_told` are left alone.
  SampleMonths(House& house, campaigns::Catalogue& catalogue, const campaigns::Campaign& campaign, const SamplePeople& people,
               const places::PlaceId& sparse, Date last_told, SampleCalendar& calendar);

 private:
  void plan_month(Month month, Date due_on);
  void plan_sparse(Month month, Date due_on, int index);

  void hand_in(const reports::ReportKey& key, Instant now);
  void explain(const reports::ReportKey& key, Instant now);
  void send_back(const reports::ReportKey& key, Instant now);
  void accept(const reports::ReportKey& key, Instant now);

  House& house_;
  campaigns::Catalogue& catalogue_;
  const campaigns::Campaign& campaign_;
  const SamplePeople& people_;
  places::PlaceId sparse_;
  SampleCalendar& calendar_;
  campaigns::FormTemplates forms_;
};

// Draws every rendition that waits, on two threads.
void draw_waiting_renditions(House& house);

// Makes the month's document and hands it in, as the place's own page does. Every picture of it must be drawn. Throws when it is
// refused.
void hand_in_month(House& house, campaigns::FormTemplates& forms, const people::Actor& village, const reports::ReportKey& key,
                   Instant now);

}  // namespace wujin::app
