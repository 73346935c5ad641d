#include "campaigns/campaign_query.h"

namespace wujin::campaigns {

Result<CampaignId> campaign_in(const http::Request& request) {
  const auto campaign = request.query_value("campaign");
  if (!campaign) return Problem::at("campaign", ProblemCode::required);
  return CampaignId(std::string(*campaign));
}

}  // namespace wujin::campaigns
