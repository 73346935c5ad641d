#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "campaigns/catalogue.h"
#include "coverage/matrix.h"
#include "coverage/quotas.h"
#include "coverage/suggestions.h"
#include "database/database.h"
#include "people/actor.h"

namespace wujin::coverage {

// The places the actor may read: a village its own, a station all of its town; places that left the town meanwhile stand as long
// as something was held there. Errors: not_found; validation (what is asked for is none of the campaign's).
Result<Coverage> read_coverage(Snapshot& snapshot, campaigns::Catalogue& catalogue, const people::Actor& actor,
                               const CampaignId& campaign, const std::optional<Filter>& filter, Instant now);

// The station's own quotas stand only for who may read the whole town. Errors: not_found.
Result<QuotaBoard> read_quotas(Snapshot& snapshot, campaigns::Catalogue& catalogue, const people::Actor& actor,
                               const CampaignId& campaign, Instant now);

// Of the places the actor may read. Errors: not_found.
Result<Suggestions> read_suggestions(Snapshot& snapshot, campaigns::Catalogue& catalogue, const people::Actor& actor,
                                     const CampaignId& campaign, Instant now);

// Towns side by side: how many of a town's places had anything in each week.
struct TownRow {
  CampaignId campaign;
  std::string campaign_title;
  PlaceId town;
  std::string town_name;
  int places = 0;            // villages and communities that stand today, or stood when the campaign ended
  std::vector<int> covered;  // by week, of those the answer names
  std::vector<int> asked;    // likewise: the places that stood when it began
  std::vector<std::int64_t> activities;
};
BOOST_DESCRIBE_STRUCT(TownRow, (), (campaign, campaign_title, town, town_name, places, covered, asked, activities))

struct TownsCoverage {
  int year = 0;
  Date today;
  std::vector<WeekColumn> weeks;  // Monday–Sunday, those of the year's campaigns; `covered` sums the rows
  std::vector<TownRow> rows;      // one for each campaign of the year, in the towns' own order
};
BOOST_DESCRIBE_STRUCT(TownsCoverage, (), (year, today, weeks, rows))

// The campaigns of a year whose whole town the actor may read.
TownsCoverage read_towns(Snapshot& snapshot, campaigns::Catalogue& catalogue, const people::Actor& actor, int year, Instant now);

}  // namespace wujin::coverage
