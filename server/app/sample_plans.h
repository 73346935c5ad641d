#pragma once

#include <cstdint>

#include "app/application.h"
#include "app/sample_calendar.h"
#include "app/sample_people.h"
#include "app/sample_story.h"
#include "campaigns/catalogue.h"
#include "campaigns/form_templates.h"
#include "plans/open_plan.h"

namespace wujin::app {

// The plan tables of the sample town, the station's own among them, put into the calendar.
class SamplePlans {
 public:
  SamplePlans(House& house, campaigns::Catalogue& catalogue, const campaigns::Campaign& campaign, const SamplePeople& people,
              const SampleMaterial& material, SampleCalendar& calendar);

 private:
  void write_rows(const people::Actor& actor, const plans::PlanKey& key, int place, Instant now);
  void hand_in(const people::Actor& actor, const plans::PlanKey& key, Instant now);
  void accept(const plans::PlanKey& key, Instant now);

  House& house_;
  campaigns::Catalogue& catalogue_;
  const campaigns::Campaign& campaign_;
  const SamplePeople& people_;
  const SampleMaterial& material_;
  campaigns::FormTemplates forms_;
  SeededRandomness randomness_;
};

}  // namespace wujin::app
