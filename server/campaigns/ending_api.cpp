#include "campaigns/ending_api.h"

#include <functional>

#include "base/json.h"
#include "campaigns/ending_actions.h"
#include "replays/replays.h"

namespace wujin::campaigns {
namespace {

using http::Request;
using http::Response;

using Act = std::function<Result<places::Place>(Transaction&)>;

PlaceId place_of(const Request& request) { return PlaceId(std::string(request.parameter("place"))); }

Task<Result<Response>> once(const ApiParts& parts, const Request& request, const people::Actor& actor, Instant now,
                            const Act& act) {
  const auto attempt = replays::attempt(request, actor.account.uuid());
  if (!attempt) co_return attempt.error();
  const auto write = [&](Transaction& transaction) -> Result<Response> {
    const auto answer = [&]() -> Result<Response> {
      const auto place = act(transaction);
      if (!place) return place.error();
      return Response::of(*place);
    };
    return replays::once_if_keyed(transaction, *attempt, now, answer);
  };
  co_return co_await parts.database.write(std::cref(write));
}

Task<Result<Response>> put_ending(const ApiParts& parts, Request& request) {
  const auto actor = co_await parts.sessions.actor_of(request);
  if (!actor) co_return actor.error();
  const auto wanted = decode_json<EndingRequest>(request.body);
  if (!wanted) co_return wanted.error();
  const PlaceId place = place_of(request);
  const Instant now = parts.clock.now();
  const Act act = [&](Transaction& transaction) { return end_place(transaction, parts.catalogue, *actor, place, *wanted, now); };
  co_return co_await once(parts, request, *actor, now, act);
}

Task<Result<Response>> delete_ending(const ApiParts& parts, Request& request) {
  const auto actor = co_await parts.sessions.actor_of(request);
  if (!actor) co_return actor.error();
  const PlaceId place = place_of(request);
  const Instant now = parts.clock.now();
  const Act act = [&](Transaction& transaction) { return take_back_ending(transaction, *actor, place, now); };
  co_return co_await once(parts, request, *actor, now, act);
}

}  // namespace

void add_ending_routes(http::Router& router, const ApiParts& parts) {
  const std::string ending = "/api/v1/places/{place}/ending";
  router.add(http::Method::put, ending, [parts](Request& request) { return put_ending(parts, request); });
  router.add(http::Method::delete_, ending, [parts](Request& request) { return delete_ending(parts, request); });
}

}  // namespace wujin::campaigns
