#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/randomness.h"
#include "campaigns/load.h"
#include "reports/report.h"

// A month to lay reports out from: the shipped campaign, invented activities.
namespace wujin::reports::fixture {

inline std::shared_ptr<const campaigns::CampaignBundle> shipped_campaign() {
  static const auto outcome = campaigns::load_campaign(std::string(WUJIN_SOURCE_DIR) + "/campaigns/baofeng-2023");
  return outcome.bundle;
}

// Makes the activities of a month, each with ids of its own.
class Month10 {
 public:
  activities::ActivityAnswer activity(const std::string& started_at, const std::string& text = "讲解用火用电常识。",
                                      int photos = 0) {
    activities::ActivityAnswer made;
    made.id = Id<Activity>::random(randomness_);
    made.etag = "\"1\"";
    made.place_name = "泸永桥村";
    made.entry = "countryside";
    made.started_at = parse_instant(started_at).value();
    made.title = "院坝会";
    made.text = text;
    for (int i = 0; i < photos; ++i) {
      activities::PhotoAnswer photo;
      photo.id = Id<Photo>::random(randomness_);
      photo.sha256 = "sha-" + photo.id.to_string();
      photo.received = true;
      made.photos.push_back(photo);
    }
    return made;
  }

  Id<Activity> unknown_activity() { return Id<Activity>::random(randomness_); }
  Id<Photo> unknown_photo() { return Id<Photo>::random(randomness_); }

 private:
  SeededRandomness randomness_{10};
};

inline Material material(std::vector<activities::ActivityAnswer> activities, const char* month = "2023-10") {
  const auto bundle = shipped_campaign();
  const Month parsed = parse_month(month).value();
  return {bundle->campaign,
          campaigns::document_names(bundle->campaign, bundle->tree(), places::PlaceId("500118112200"), parsed),
          parsed,
          std::move(activities),
          {}};
}

}  // namespace wujin::reports::fixture
