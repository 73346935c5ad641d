#include "deadlines/deadlines_api.h"

#include "base/json.h"
#include "deadlines/deadlines_actions.h"

namespace wujin::deadlines {

namespace {

Task<Result<http::Response>> get_board(const ApiParts& parts, http::Request& request) {
  const auto actor = co_await parts.sessions.actor_of(request);
  if (!actor) co_return actor.error();
  const auto campaign = request.query_value("campaign");
  if (!campaign) co_return Problem::at("campaign", ProblemCode::required);
  const Instant now = parts.clock.now();
  const auto read = [&](Snapshot& snapshot) -> Result<http::Response> {
    const auto board = read_board(snapshot, parts.catalogue, *actor, CampaignId(std::string(*campaign)), now);
    if (!board) return board.error();
    return http::Response::of(*board);
  };
  co_return co_await parts.database.read(std::cref(read));
}

}  // namespace

void add_routes(http::Router& router, const ApiParts& parts) {
  router.add(http::Method::get, "/api/v1/deadlines", [parts](http::Request& request) { return get_board(parts, request); });
}

}  // namespace wujin::deadlines
