#include "reports/report_list.h"

#include "http/page_limit.h"
#include "people/may.h"

namespace wujin::reports {
namespace {

// Places of the campaign's town that owe a monthly report and that the actor may read.
std::vector<const places::Place*> places_of(const Frame& frame, const people::Actor& actor) {
  const campaigns::Campaign& campaign = frame.bundle->campaign;
  std::vector<const places::Place*> found;
  for (const places::Place* place : frame.tree.subtree(campaign.town)) {
    const bool owes = campaign.deadline_for(campaigns::Deliverable::report, place->kind) != nullptr;
    if (owes && people::may(actor, people::Verb::read_place, frame.tree.place_and_ancestors(place->id))) found.push_back(place);
  }
  return found;
}

}  // namespace

Result<ListRequest> list_request_of(const http::Request& request) {
  ListRequest asked;
  const auto campaign = request.query_value("campaign");
  if (!campaign) return Problem::at("campaign", ProblemCode::required);
  asked.campaign = CampaignId(std::string(*campaign));
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
  const auto places = places_of(*frame, actor);
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
