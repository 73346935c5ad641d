#pragma once

#include <vector>

#include "campaigns/campaigns_actions.h"
#include "campaigns/campaigns_api.h"

namespace wujin::campaigns {

// Adds /api/v1/campaigns/{campaign}/forms… (contract/openapi.yaml). `in_use` of the rooms that keep records.
void add_form_routes(http::Router& router, const ApiParts& parts, const std::vector<InUse>& in_use);

}  // namespace wujin::campaigns
