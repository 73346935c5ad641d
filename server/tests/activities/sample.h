#pragma once

#include "activities/activity.h"
#include "base/randomness.h"

// A small campaign and one recording in it, for the tests of this room.
namespace wujin::activities {

inline campaigns::Campaign sample_campaign() {
  campaigns::Campaign campaign;
  campaign.id = CampaignId("baofeng-2023");
  campaign.year = 2023;
  campaign.starts_on = *parse_date("2023-08-01");
  campaign.ends_on = *parse_date("2023-12-31");
  campaign.entries = {{"countryside", "农村", {}, {}}, {"school", "学校", {}, {}}};
  campaign.kinds = {{"outreach", "宣传活动", {}, {}}};
  campaign.forms = {{"stall", "设点宣传", {}, {}}};
  campaign.audiences = {{"farmers", "农民", {}, {}}};
  campaign.report_periods.first = *parse_month("2023-08");
  campaign.report_periods.last = *parse_month("2023-12");
  campaign.report_periods.cut_off_day = 28;
  return campaign;
}

inline ActivityChange sample_change() {
  SeededRandomness randomness(1);
  ActivityChange change;
  change.campaign = CampaignId("baofeng-2023");
  change.place = PlaceId("500118112200");
  change.entry = "countryside";
  change.started_at = *parse_instant("2023-10-26T10:00:00+08:00");
  change.title = "冬季取暖院坝会";
  change.text = "在三组院坝讲解取暖安全。";
  PhotoClaim photo;
  photo.id = Id<Photo>::random(randomness);
  photo.bytes = 1000;
  photo.sha256 = std::string(64, 'a');
  change.photos = {photo};
  return change;
}

}  // namespace wujin::activities
