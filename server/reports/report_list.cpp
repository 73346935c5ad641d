#include "reports/report_list.h"

#include "campaigns/campaign_query.h"
#include "http/page_limit.h"

namespace wujin::reports {

Result<ListRequest> list_request_of(const http::Request& request) {
  ListRequest asked;
  const auto campaign = campaigns::campaign_in(request);
  if (!campaign) return campaign.error();
  asked.campaign = *campaign;
  const auto month = request.query_value("month");
  if (!month) return Problem::at("month", ProblemCode::required);
  const auto parsed = parse_month(*month);
  if (!parsed) return Problem::at("month", ProblemCode::invalid, {{"expected", "2023-10"}});
  asked.month = *parsed;
  if (const auto cursor = request.query_value("cursor")) asked.after = PlaceId(std::string(*cursor));
  const auto limit = http::page_limit(request);
  if (!limit) return limit.error();
  asked.limit = *limit;
  return asked;
}

Result<ReportPage> list_reports(Snapshot& snapshot, campaigns::Catalogue& catalogue, const people::Actor& actor,
                                const ListRequest& request, Instant now) {
  const auto frame = open_frame(snapshot, catalogue, request.campaign, now);
  if (!frame) return frame.error();
  const auto places = reporting_places(*frame, actor);
  if (places.empty() || !frame->bundle->campaign.has_month(request.month)) return Problem(ProblemCode::not_found);
  auto next = places.begin();
  if (request.after) {
    next = std::ranges::find(places, *request.after, &places::Place::id);
    if (next == places.end()) return Problem::at("cursor", ProblemCode::invalid, {{"expected", "next_cursor"}});
    ++next;
  }
  ReportPage page;
  for (; next != places.end(); ++next) {
    if (page.items.size() == static_cast<std::size_t>(request.limit)) {
      page.next_cursor = page.items.back().place.text();
      break;
    }
    const auto report = open_report(snapshot, *frame, actor, {request.campaign, (*next)->id, request.month});
    if (!report) return report.error();
    page.items.push_back(entry_of(*report, actor, now));
  }
  return page;
}

}  // namespace wujin::reports
