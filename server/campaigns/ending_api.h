#pragma once

#include "campaigns/campaigns_api.h"

namespace wujin::campaigns {

// Adds /api/v1/places/{place}/ending (contract/openapi.yaml).
void add_ending_routes(http::Router& router, const ApiParts& parts);

}  // namespace wujin::campaigns
