#include "coverage/coverage_api.h"

#include "campaigns/campaign_query.h"
#include "coverage/coverage_actions.h"

namespace wujin::coverage {
namespace {

using http::Method;
using http::Request;
using http::Response;

// `measure` and `value` come together or not at all.
Result<std::optional<Filter>> filter_of(const Request& request) {
  const auto measure = request.query_value("measure"), value = request.query_value("value");
  if (!measure && !value) return std::optional<Filter>();
  if (!measure) return Problem::at("measure", ProblemCode::required);
  if (!value) return Problem::at("value", ProblemCode::required);
  Filter filter;
  if (!boost::describe::enum_from_string(std::string(*measure).c_str(), filter.measure)) {
    return Problem::at("measure", ProblemCode::unknown_choice, {{"value", std::string(*measure)}});
  }
  filter.value = std::string(*value);
  return std::optional(filter);
}

// What `read` makes of the campaign asked for: read_coverage, read_quotas or read_suggestions.
template <class Read>
Task<Result<Response>> answer(const ApiParts& parts, Request& request, const Read& read) {
  const auto actor = co_await parts.sessions.actor_of(request);
  if (!actor) co_return actor.error();
  const auto campaign = campaigns::campaign_in(request);
  if (!campaign) co_return campaign.error();
  const Instant now = parts.clock.now();
  const auto respond = [&](Snapshot& snapshot) -> Result<Response> {
    const auto found = read(snapshot, parts.catalogue, *actor, *campaign, now);
    if (!found) return found.error();
    return Response::of(*found);
  };
  co_return co_await parts.database.read(std::cref(respond));
}

Task<Result<Response>> get_coverage(const ApiParts& parts, Request& request) {
  const auto filter = filter_of(request);
  if (!filter) co_return filter.error();
  const auto read = [&](Snapshot& snapshot, campaigns::Catalogue& catalogue, const people::Actor& actor, const CampaignId& id,
                        Instant now) { return read_coverage(snapshot, catalogue, actor, id, *filter, now); };
  co_return co_await answer(parts, request, read);
}

Task<Result<Response>> get_towns(const ApiParts& parts, Request& request) {
  const auto actor = co_await parts.sessions.actor_of(request);
  if (!actor) co_return actor.error();
  const Instant now = parts.clock.now();
  const auto year = campaigns::year_in(request, now);
  if (!year) co_return year.error();
  const auto read = [&](Snapshot& snapshot) -> Result<Response> {
    return Response::of(read_towns(snapshot, parts.catalogue, *actor, *year, now));
  };
  co_return co_await parts.database.read(std::cref(read));
}

}  // namespace

void add_routes(http::Router& router, const ApiParts& parts) {
  router.add(Method::get, "/api/v1/coverage", [parts](Request& request) { return get_coverage(parts, request); });
  router.add(Method::get, "/api/v1/coverage/quotas", [parts](Request& request) { return answer(parts, request, read_quotas); });
  router.add(Method::get, "/api/v1/coverage/suggestions",
             [parts](Request& request) { return answer(parts, request, read_suggestions); });
  router.add(Method::get, "/api/v1/coverage/towns", [parts](Request& request) { return get_towns(parts, request); });
}

}  // namespace wujin::coverage
