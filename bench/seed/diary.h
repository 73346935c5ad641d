#pragma once

#include <string>
#include <vector>

#include "activities/activity.h"
#include "app/sample_story.h"
#include "base/randomness.h"

namespace wujin::bench {

// What villages write, without end: the stories of a campaign's sample, each time at another place and moment.
class Diary {
 public:
  Diary(const campaigns::Campaign& campaign, const app::SampleMaterial& material, Date last, std::uint64_t seed);

  activities::ActivityChange entry(const places::PlaceId& place, Instant started_at, Instant recorded_at);

 private:
  campaigns::CampaignId campaign_;
  std::vector<app::SampleActivity> told_;
  SeededRandomness randomness_;
};

}  // namespace wujin::bench
