#include "deadlines/deadlines_api.h"

#include <functional>

#include "base/json.h"
#include "campaigns/campaign_query.h"
#include "deadlines/deadlines_actions.h"
#include "replays/replays.h"

namespace wujin::deadlines {

namespace {

Task<Result<http::Response>> get_board(const ApiParts& parts, http::Request& request) {
  const auto actor = co_await parts.sessions.actor_of(request);
  if (!actor) co_return actor.error();
  const auto campaign = campaigns::campaign_in(request);
  if (!campaign) co_return campaign.error();
  const auto order = http::list_order(request);
  const Instant now = parts.clock.now();
  const auto read = [&](Snapshot& snapshot) -> Result<http::Response> {
    auto board = read_board(snapshot, parts.catalogue, *actor, *campaign, now);
    if (!board) return board.error();
    if (!order.head.empty() && !put_in_order(*board, order))
      return Problem::at("order", ProblemCode::unknown_choice, {{"value", order.head}});
    return http::Response::of(*board);
  };
  co_return co_await parts.database.read(std::cref(read));
}

Task<Result<http::Response>> get_towns(const ApiParts& parts, http::Request& request) {
  const auto actor = co_await parts.sessions.actor_of(request);
  if (!actor) co_return actor.error();
  const Instant now = parts.clock.now();
  const auto year = campaigns::year_in(request, now);
  if (!year) co_return year.error();
  const auto read = [&](Snapshot& snapshot) -> Result<http::Response> {
    return http::Response::of(read_towns(snapshot, parts.catalogue, *actor, *year, now));
  };
  co_return co_await parts.database.read(std::cref(read));
}

struct ExemptionRequest {
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(ExemptionRequest, (), (reason))

CellKey key_of(const http::Request& request) {
  return {CampaignId(std::string(request.parameter("campaign"))), PlaceId(std::string(request.parameter("place"))),
          std::string(request.parameter("deadline")), std::string(request.parameter("period"))};
}

using Act = std::function<Result<Cell>(Transaction&, const people::Actor&, const CellKey&, Instant)>;

// Runs a verb on a cell once, whatever is repeated, and answers the cell.
Task<Result<http::Response>> write_cell(const ApiParts& parts, const http::Request& request, const people::Actor& actor,
                                        const Act& act) {
  const CellKey key = key_of(request);
  const auto attempt = replays::attempt(request, actor.account.uuid());
  if (!attempt) co_return attempt.error();
  const Instant now = parts.clock.now();
  const auto write = [&](Transaction& transaction) -> Result<http::Response> {
    return replays::once(transaction, *attempt, now, [&]() -> Result<http::Response> {
      const auto cell = act(transaction, actor, key, now);
      if (!cell) return cell.error();
      return http::Response::of(*cell);
    });
  };
  co_return co_await parts.database.write(std::cref(write));
}

Task<Result<http::Response>> put_exemption(const ApiParts& parts, http::Request& request) {
  const auto actor = co_await parts.sessions.actor_of(request);
  if (!actor) co_return actor.error();
  const auto wanted = decode_json<ExemptionRequest>(request.body);
  if (!wanted) co_return wanted.error();
  const Act act = [&](Transaction& transaction, const people::Actor& who, const CellKey& key, Instant now) {
    return exempt_place(transaction, parts.catalogue, who, key, wanted->reason, now);
  };
  co_return co_await write_cell(parts, request, *actor, act);
}

Task<Result<http::Response>> delete_exemption(const ApiParts& parts, http::Request& request) {
  const auto actor = co_await parts.sessions.actor_of(request);
  if (!actor) co_return actor.error();
  const Act act = [&](Transaction& transaction, const people::Actor& who, const CellKey& key, Instant now) {
    return lift_exemption(transaction, parts.catalogue, who, key, now);
  };
  co_return co_await write_cell(parts, request, *actor, act);
}

}  // namespace

void add_routes(http::Router& router, const ApiParts& parts) {
  router.add(http::Method::get, "/api/v1/deadlines", [parts](http::Request& request) { return get_board(parts, request); });
  router.add(http::Method::get, "/api/v1/deadlines/towns", [parts](http::Request& request) { return get_towns(parts, request); });
  const std::string exemption = "/api/v1/deadlines/{campaign}/{place}/{deadline}/{period}/exemption";
  router.add(http::Method::put, exemption, [parts](http::Request& request) { return put_exemption(parts, request); });
  router.add(http::Method::delete_, exemption, [parts](http::Request& request) { return delete_exemption(parts, request); });
}

}  // namespace wujin::deadlines
