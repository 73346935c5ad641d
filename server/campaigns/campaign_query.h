#pragma once

#include "base/clock.h"
#include "campaigns/campaign.h"
#include "http/request.h"

namespace wujin::campaigns {

// The campaign a list is asked for: `?campaign=`. Errors: required.
Result<CampaignId> campaign_in(const http::Request& request);
// The year whose campaigns are asked for: `?year=`, this year when absent. Errors: invalid.
Result<int> year_in(const http::Request& request, Instant now);

}  // namespace wujin::campaigns
