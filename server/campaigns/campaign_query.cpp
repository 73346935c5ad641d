#include "campaigns/campaign_query.h"

#include "base/number.h"

namespace wujin::campaigns {

Result<CampaignId> campaign_in(const http::Request& request) {
  const auto campaign = request.query_value("campaign");
  if (!campaign) return Problem::at("campaign", ProblemCode::required);
  return CampaignId(std::string(*campaign));
}

Result<int> year_in(const http::Request& request, Instant now) {
  const auto text = request.query_value("year");
  if (!text) return static_cast<int>(china_date(now).year());
  const auto year = parse_number<int>(*text);
  if (!year) return Problem::at("year", ProblemCode::invalid, {{"expected", "2023"}});
  return *year;
}

}  // namespace wujin::campaigns
