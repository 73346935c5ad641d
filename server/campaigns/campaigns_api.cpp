#include "campaigns/campaigns_api.h"

#include <functional>
#include <memory>

#include "campaigns/campaign_answer.h"
#include "campaigns/campaigns_actions.h"
#include "places/place_store.h"

namespace wujin::campaigns {
namespace {

using http::Method;
using http::Request;
using http::Response;

struct CampaignList {
  std::vector<CampaignAnswer> items;
};
BOOST_DESCRIBE_STRUCT(CampaignList, (), (items))

class Api {
 public:
  explicit Api(const ApiParts& parts) : parts_(parts) {}

  Task<Result<Response>> list(Request& request) const {
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    const Instant now = parts_.clock.now();
    const auto read = [&](Snapshot& snapshot) -> Result<Response> {
      const auto tree = places::read_tree(snapshot, china_date(now));
      CampaignList answer;
      for (const auto& bundle : visible_campaigns(snapshot, parts_.catalogue, *actor, now)) {
        answer.items.push_back(answer_of(*bundle, tree, parts_.sample));
      }
      return Response::of(answer);
    };
    co_return co_await parts_.database.read(std::cref(read));
  }

  Task<Result<Response>> get(Request& request) const {
    const Answer answer = [this](Snapshot& snapshot, const CampaignBundle& bundle, Instant now) -> Result<Response> {
      return Response::of(answer_of(bundle, places::read_tree(snapshot, china_date(now)), parts_.sample));
    };
    co_return co_await of_version(request, answer);
  }

  Task<Result<Response>> map(Request& request) const {
    const Answer answer = [](Snapshot&, const CampaignBundle& bundle, Instant) -> Result<Response> {
      if (bundle.map.shapes.empty()) return ProblemCode::not_found;
      return Response::of(bundle.map);
    };
    co_return co_await of_version(request, answer);
  }

 private:
  using Answer = std::function<Result<Response>(Snapshot&, const CampaignBundle&, Instant)>;

  // What follows from a campaign's latest version alone, and is known by its ETag.
  Task<Result<Response>> of_version(Request& request, const Answer& answer) const {
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    const Instant now = parts_.clock.now();
    const auto read = [&](Snapshot& snapshot) -> Result<Response> {
      const CampaignId id{std::string(request.parameter("campaign"))};
      const auto bundle = visible_campaign(snapshot, parts_.catalogue, *actor, id, now);
      if (!bundle) return bundle.error();
      const auto etag = etag_of((*bundle)->campaign);
      Result<Response> response = Response::empty(http::Status::not_modified);
      if (request.header("if-none-match") != etag) response = answer(snapshot, **bundle, now);
      if (response) response->with("ETag", etag);
      return response;
    };
    co_return co_await parts_.database.read(std::cref(read));
  }

  ApiParts parts_;
};

}  // namespace

void add_routes(http::Router& router, const ApiParts& parts) {
  const auto api = std::make_shared<const Api>(parts);
  router.add(Method::get, "/api/v1/campaigns", [api](Request& request) { return api->list(request); });
  router.add(Method::get, "/api/v1/campaigns/{campaign}", [api](Request& request) { return api->get(request); });
  router.add(Method::get, "/api/v1/campaigns/{campaign}/map", [api](Request& request) { return api->map(request); });
}

}  // namespace wujin::campaigns
