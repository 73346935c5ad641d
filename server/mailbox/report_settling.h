#pragma once

#include <vector>

#include "campaigns/campaign.h"
#include "mailbox/campaign_words.h"
#include "mailbox/outline.h"
#include "mailbox/place_names.h"
#include "mailbox/understanding.h"

// Gives a report's activities their week, day and entry, and each picture its activity. Pure.
namespace wujin::mailbox {

struct SettledReport {
  std::vector<FoundActivity> activities;
  std::vector<PictureRef> unplaced;
  std::vector<Doubt> doubts;
};

struct Settling {
  const campaigns::Campaign& campaign;
  const CampaignWords& words;
  const PlaceNames& places;
  Month month;
  Date received_on;
  int source = 0;                         // the report's, among Incoming::sources
  const std::vector<std::string>& loose;  // names of loose pictures
};

void add_once(std::vector<Doubt>& doubts, Doubt doubt);

SettledReport settle_report(Outline outline, const Settling& settling);

}  // namespace wujin::mailbox
