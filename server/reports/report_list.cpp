#include "reports/report_list.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <utility>

#include "base/number.h"
#include "base/text.h"
#include "campaigns/campaign_query.h"
#include "campaigns/due.h"
#include "handins/handins_store.h"
#include "http/page_limit.h"
#include "reports/comments_store.h"
#include "reports/month_figures.h"

namespace wujin::reports {
namespace {

using HeadKey = std::optional<std::int64_t>;
using RowPlace = http::ListPlace<std::int64_t>;

// A head of the list, and what stands under it.
struct ListHead {
  std::string_view name;
  HeadKey (*key)(const ReportEntry&);
};

HeadKey late_days(const ReportEntry& entry) { return entry.on_time.value_or(false) ? 0 : entry.late_days; }
HeadKey submitted_at(const ReportEntry& entry) {
  return entry.submitted_at ? HeadKey(to_milliseconds(*entry.submitted_at)) : std::nullopt;
}

constexpr ListHead list_heads[] = {
    {"state", [](const ReportEntry& entry) -> HeadKey { return handins::urgency_of(entry.state); }},
    {"activities", [](const ReportEntry& entry) -> HeadKey { return entry.activities; }},
    {"photos", [](const ReportEntry& entry) -> HeadKey { return entry.photos; }},
    {"near_duplicates", [](const ReportEntry& entry) -> HeadKey { return entry.near_duplicates; }},
    {"submitted_at", submitted_at},
    {"late_days", late_days},
};

const ListHead* find_head(std::string_view name) {
  const auto* found = std::ranges::find(list_heads, name, &ListHead::name);
  return found == std::end(list_heads) ? nullptr : found;
}

// The reports of a month, one after another, with all that they share.
class Listing {
 public:
  Listing(Snapshot& snapshot, const Frame& frame, const people::Actor& actor, Month month)
      : frame_(frame),
        actor_(actor),
        month_(month),
        period_(to_string(month)),
        shelf_(handins::shelf_of(snapshot, campaign().id, campaigns::Deliverable::report, period_)),
        with_open_comments_(places_with_open_comments(snapshot, campaign().id, month)),
        figures_(snapshot, frame, actor, month) {}

  Result<ReportEntry> entry(const places::Place& place) {
    auto figures = figures_.of(place.id);
    if (!figures) return figures.error();
    ListedReport report{frame_,
                        place,
                        frame_.tree.place_and_ancestors(place.id),
                        month_,
                        shelf_.of(place.id, period_),
                        shelf_.exemption_of(place.id, period_),
                        campaigns::due_of(campaign(), campaigns::Deliverable::report, place, month_),
                        with_open_comments_.contains(place.id),
                        std::move(*figures)};
    return entry_of(report, actor_);
  }

 private:
  const campaigns::Campaign& campaign() const { return frame_.bundle->campaign; }

  const Frame& frame_;
  const people::Actor& actor_;
  Month month_;
  std::string period_;
  handins::Shelf shelf_;
  std::set<PlaceId> with_open_comments_;
  MonthFigures figures_;
};

Problem wrong_cursor() { return Problem::at("cursor", ProblemCode::invalid, {{"expected", "next_cursor"}}); }

// In the places' own order: only what the page shows is looked at.
Result<ReportPage> page_by_place(Listing& listing, const std::vector<const places::Place*>& places, const ListRequest& request) {
  auto next = places.begin();
  if (request.after) {
    next = std::ranges::find(places, PlaceId(*request.after), &places::Place::id);
    if (next == places.end()) return wrong_cursor();
    ++next;
  }
  ReportPage page;
  for (; next != places.end(); ++next) {
    if (page.items.size() == static_cast<std::size_t>(request.limit)) {
      page.next_cursor = page.items.back().place.text();
      break;
    }
    auto entry = listing.entry(**next);
    if (!entry) return entry.error();
    page.items.push_back(std::move(*entry));
  }
  return page;
}

// "12/500118112200": what stood under the head, and the place. A list that changed meanwhile goes on from there.
std::string cursor_of(const RowPlace& place, const PlaceId& id) {
  return (place.key ? std::to_string(*place.key) : "") + "/" + id.text();
}

Result<RowPlace> place_of(std::string_view cursor, const std::vector<const places::Place*>& places) {
  const auto key = take_until(cursor, '/');
  const auto found = std::ranges::find(places, PlaceId(std::string(cursor)), &places::Place::id);
  const auto number = parse_number<std::int64_t>(key);
  if (found == places.end() || (!number && !key.empty())) return wrong_cursor();
  return RowPlace{number ? HeadKey(*number) : std::nullopt, static_cast<std::size_t>(found - places.begin())};
}

Result<ReportPage> page_by_head(Listing& listing, const std::vector<const places::Place*>& places, const ListRequest& request) {
  const ListHead& head = *find_head(request.order.head);
  const bool descending = request.order.descending;
  std::optional<RowPlace> after;
  if (request.after) {
    const auto place = place_of(*request.after, places);
    if (!place) return place.error();
    after = *place;
  }
  std::vector<std::pair<RowPlace, ReportEntry>> rows;
  for (std::size_t i = 0; i < places.size(); ++i) {
    auto entry = listing.entry(*places[i]);
    if (!entry) return entry.error();
    const RowPlace place{head.key(*entry), i};
    if (!after || after->comes_before(place, descending)) rows.emplace_back(place, std::move(*entry));
  }
  std::ranges::sort(rows, [&](const auto& one, const auto& other) { return one.first.comes_before(other.first, descending); });
  ReportPage page;
  const auto shown = std::min(rows.size(), static_cast<std::size_t>(request.limit));
  if (shown < rows.size()) page.next_cursor = cursor_of(rows[shown - 1].first, rows[shown - 1].second.place);
  for (std::size_t i = 0; i < shown; ++i) page.items.push_back(std::move(rows[i].second));
  return page;
}

}  // namespace

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
  if (const auto cursor = request.query_value("cursor")) asked.after = std::string(*cursor);
  asked.order = http::list_order(request);
  if (!asked.order.head.empty() && find_head(asked.order.head) == nullptr)
    return Problem::at("order", ProblemCode::unknown_choice, {{"value", asked.order.head}});
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
  Listing listing(snapshot, *frame, actor, request.month);
  return request.order.head.empty() ? page_by_place(listing, places, request) : page_by_head(listing, places, request);
}

}  // namespace wujin::reports
