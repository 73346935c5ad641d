#pragma once

#include <span>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "campaigns/campaign.h"
#include "handins/handins_store.h"
#include "places/place.h"

// Towns side by side: of each thing owed, how many places handed in on time, late, not yet, or need not (contract:
// TownsDeadlines). Counts with their denominators, never a rank. Pure.
namespace wujin::deadlines {

using campaigns::CampaignId;
using campaigns::Deliverable;
using places::PlaceId;

// One thing owed in one period, whichever deadlines it is owed by. `owed` is the sum of the others.
struct DueCount {
  Deliverable deliverable = Deliverable::report;
  std::string period;
  Instant due_at;  // the first of its deadlines
  int owed = 0;
  int on_time = 0;
  int late = 0;
  int missing = 0;  // overdue
  int waiting = 0;  // not handed in, and not overdue
  int exempt = 0;
};
BOOST_DESCRIBE_STRUCT(DueCount, (), (deliverable, period, due_at, owed, on_time, late, missing, waiting, exempt))

struct TownCounts {
  CampaignId campaign;
  std::string campaign_title;
  PlaceId town;
  std::string town_name;
  int places = 0;                // villages and communities that stand today, or stood when the campaign ended
  std::vector<DueCount> counts;  // by due date
};
BOOST_DESCRIBE_STRUCT(TownCounts, (), (campaign, campaign_title, town, town_name, places, counts))

struct TownsDeadlines {
  int year = 0;
  Instant now;
  std::vector<TownCounts> rows;  // one for each campaign of the year, in the towns' own order
};
BOOST_DESCRIBE_STRUCT(TownsDeadlines, (), (year, now, rows))

// `places` are those of the campaign's town, the town itself among them.
TownCounts count_town(const campaigns::Campaign& campaign, const std::vector<const places::Place*>& places,
                      std::span<const handins::PeriodMarks> marks, Instant now);

}  // namespace wujin::deadlines
