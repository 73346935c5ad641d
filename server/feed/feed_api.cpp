#include "feed/feed_api.h"

#include "base/json.h"
#include "feed/changes_page.h"
#include "http/page_limit.h"

namespace wujin::feed {
namespace {

Result<ChangesRequest> request_of(const http::Request& request) {
  ChangesRequest asked;
  if (const auto since = request.query_value("since")) asked.since = std::string(*since);
  if (const auto campaign = request.query_value("campaign")) asked.campaign = campaigns::CampaignId(std::string(*campaign));
  if (const auto place = request.query_value("place")) asked.place = places::PlaceId(std::string(*place));
  const auto limit = http::page_limit(request);
  if (!limit) return limit.error();
  asked.limit = *limit;
  return asked;
}

Task<Result<http::Response>> list_changes(const ApiParts& parts, http::Request& request) {
  const auto actor = co_await parts.sessions.actor_of(request);
  if (!actor) co_return actor.error();
  const auto asked = request_of(request);
  if (!asked) co_return asked.error();
  const Instant now = parts.clock.now();
  const auto read = [&](Snapshot& snapshot) -> Result<http::Response> {
    const auto page = read_changes(snapshot, *actor, *asked, now);
    if (!page) return page.error();
    return http::Response::of(*page);
  };
  co_return co_await parts.database.read(std::cref(read));
}

}  // namespace

void add_routes(http::Router& router, const ApiParts& parts) {
  router.add(http::Method::get, "/api/v1/changes", [parts](http::Request& request) { return list_changes(parts, request); });
}

}  // namespace wujin::feed
