#pragma once

#include "campaigns/campaign.h"
#include "http/request.h"

namespace wujin::campaigns {

// The campaign a list is asked for: `?campaign=`. Errors: required.
Result<CampaignId> campaign_in(const http::Request& request);

}  // namespace wujin::campaigns
