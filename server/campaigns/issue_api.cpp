#include "campaigns/issue_api.h"

#include <functional>
#include <memory>

#include "base/json.h"
#include "campaigns/issue_answer.h"
#include "http/if_match.h"
#include "places/place_store.h"
#include "replays/replays.h"

namespace wujin::campaigns {
namespace {

using http::Method;
using http::Request;
using http::Response;

struct ModelList {
  std::vector<ModelAnswer> items;
};
BOOST_DESCRIBE_STRUCT(ModelList, (), (items))

CampaignId campaign_of(const Request& request) { return CampaignId(std::string(request.parameter("campaign"))); }

Response response_of(const IssuedCampaign& issued) {
  const auto answer = answer_of(issued);
  auto response = Response::of(answer);
  response.with("ETag", answer.etag);
  return response;
}

class Api {
 public:
  using Act = std::function<Result<Response>(Transaction&)>;

  Api(const ApiParts& parts, const std::vector<InUse>& in_use) : parts_(parts), in_use_(in_use) {}

  Task<Result<Response>> list_models(Request& request) const {
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    const Instant now = parts_.clock.now();
    const auto read = [&](Snapshot& snapshot) -> Result<Response> {
      const auto tree = places::read_tree(snapshot, china_date(now));
      ModelList list;
      for (const auto& standing : readable_models(snapshot, parts_.catalogue, *actor, now))
        list.items.push_back(answer_of(standing, tree, *actor));
      return Response::of(list);
    };
    co_return co_await parts_.database.read(std::cref(read));
  }

  Task<Result<Response>> issue(Request& request) const {
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    const CampaignId model = campaign_of(request);
    const PlaceId town{std::string(request.parameter("town"))};
    const Instant now = parts_.clock.now();
    const Act act = [&](Transaction& transaction) -> Result<Response> {
      const auto issued = issue_campaign(transaction, parts_.catalogue, *actor, model, town, in_use_, now);
      if (!issued) return issued.error();
      return Response::of(issued->town, issued->is_first ? http::Status::created : http::Status::ok);
    };
    co_return co_await once(request, *actor, now, act);
  }

  Task<Result<Response>> get_tightening(Request& request) const {
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    const CampaignId id = campaign_of(request);
    const Instant now = parts_.clock.now();
    const auto read = [&](Snapshot& snapshot) -> Result<Response> {
      const auto issued = issued_campaign(snapshot, parts_.catalogue, *actor, id, now);
      if (!issued) return issued.error();
      return response_of(*issued);
    };
    co_return co_await parts_.database.read(std::cref(read));
  }

  Task<Result<Response>> put_tightening(Request& request) const {
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    const auto wanted = decode_json<Tightening>(request.body);
    if (!wanted) co_return wanted.error();
    const CampaignId id = campaign_of(request);
    const auto etag = http::if_match_of(request);
    const Instant now = parts_.clock.now();
    const Act act = [&](Transaction& transaction) -> Result<Response> {
      const auto tight = tighten_campaign(transaction, parts_.catalogue, *actor, id, *wanted, etag, in_use_, now);
      if (!tight) return with_current(transaction, *actor, id, tight.error(), now);
      return response_of(*tight);
    };
    co_return co_await once(request, *actor, now, act);
  }

 private:
  // The model may have a newer version by the time of a repeat.
  Task<Result<Response>> once(const Request& request, const people::Actor& actor, Instant now, const Act& act) const {
    const auto attempt = replays::attempt(request, actor.account.uuid());
    if (!attempt) co_return attempt.error();
    const auto write = [&](Transaction& transaction) -> Result<Response> {
      return replays::once_if_keyed(transaction, *attempt, now, [&] { return act(transaction); });
    };
    co_return co_await parts_.database.write(std::cref(write));
  }

  // A stale edit is told what is there now.
  Problem with_current(Snapshot& snapshot, const people::Actor& actor, const CampaignId& id, Problem problem, Instant now) const {
    if (problem.code() != ProblemCode::stale) return problem;
    const auto current = issued_campaign(snapshot, parts_.catalogue, actor, id, now);
    if (current) problem.carrying(encode_json(answer_of(*current)));
    return problem;
  }

  ApiParts parts_;
  std::vector<InUse> in_use_;
};

}  // namespace

void add_issue_routes(http::Router& router, const ApiParts& parts, const std::vector<InUse>& in_use) {
  const auto api = std::make_shared<const Api>(parts, in_use);
  router.add(Method::get, "/api/v1/models", [api](Request& request) { return api->list_models(request); });
  router.add(Method::put, "/api/v1/models/{campaign}/towns/{town}", [api](Request& request) { return api->issue(request); });
  const std::string tightening = "/api/v1/campaigns/{campaign}/tightening";
  router.add(Method::get, tightening, [api](Request& request) { return api->get_tightening(request); });
  router.add(Method::put, tightening, [api](Request& request) { return api->put_tightening(request); });
}

}  // namespace wujin::campaigns
