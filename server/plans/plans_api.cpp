#include "plans/plans_api.h"

#include <algorithm>
#include <functional>
#include <memory>

#include "base/json.h"
#include "campaigns/campaign_query.h"
#include "http/if_match.h"
#include "http/page_limit.h"
#include "people/may.h"
#include "places/place_store.h"
#include "plans/plan_answer.h"
#include "plans/plan_document.h"
#include "plans/plans_actions.h"
#include "replays/replays.h"

namespace wujin::plans {
namespace {

using http::Method;
using http::Request;
using http::Response;
using people::Actor;

struct PlanList {
  std::vector<PlanEntry> items;
  std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(PlanList, (), (items, next_cursor))

// A plan, to the house's one way of handing in.
struct PlanKind {
  using Key = PlanKey;
  using Open = OpenPlan;

  static Result<PlanKey> key_of(const Request& request) {
    return PlanKey{CampaignId(std::string(request.parameter("campaign"))), PlaceId(std::string(request.parameter("place")))};
  }
  static std::string subject_of(const PlanKey& key) { return "plan/" + key.campaign.text() + "/" + key.place.text(); }
  static Making prepare(Snapshot&, const handins::ApiParts& parts, const OpenPlan& plan) {
    return plans::prepare(plan, parts.forms);
  }
  static std::string file_name(const OpenPlan& plan) { return document_name(plan); }
  static PlanAnswer answer(Snapshot& snapshot, const OpenPlan& plan, const Actor& actor, Instant now) {
    return answer_of(snapshot, plan, actor, now);
  }

  static constexpr auto open = &open_plan;
  static constexpr auto hand_in = &hand_in_plan;
  static constexpr auto withdraw = &withdraw_plan;
  static constexpr auto give_back = &return_plan;
  static constexpr auto accept = &accept_plan;
};

class Api : public handins::HandInApi<PlanKind> {
 public:
  explicit Api(const ApiParts& parts) : HandInApi(parts), randomness_(parts.randomness) {}

  Task<Result<Response>> list(Request& request) const {
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    const auto campaign = campaigns::campaign_in(request);
    if (!campaign) co_return campaign.error();
    const auto limit = http::page_limit(request);
    if (!limit) co_return limit.error();
    const std::string after(request.query_value("cursor").value_or(""));
    const Instant now = parts_.clock.now();
    const auto read = [&](Snapshot& snapshot) { return list_page(snapshot, *actor, *campaign, after, *limit, now); };
    co_return co_await parts_.database.read(std::cref(read));
  }

  Task<Result<Response>> calendar(Request& request) const {
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    const auto campaign = campaigns::campaign_in(request);
    if (!campaign) co_return campaign.error();
    const auto month = parse_month(request.query_value("month").value_or(""));
    if (!month) co_return Problem::at("month", ProblemCode::invalid, {{"expected", "2023-10"}});
    const Instant now = parts_.clock.now();
    const auto read = [&](Snapshot& snapshot) -> Result<Response> {
      const auto planned = read_calendar(snapshot, parts_.catalogue, *actor, *campaign, *month, now);
      if (!planned) return planned.error();
      return Response::of(answer_of(*planned, *campaign, *month));
    };
    co_return co_await parts_.database.read(std::cref(read));
  }

  Task<Result<Response>> change(Request& request) const {
    const auto asked = co_await asked_of(request);
    if (!asked) co_return asked.error();
    const auto change = decode_json<HeadChange>(request.body);
    if (!change) co_return change.error();
    const auto etag = http::if_match_of(request);
    const Instant now = parts_.clock.now();
    const Act act = [&](Transaction& transaction) {
      return change_plan(transaction, parts_.catalogue, asked->actor, asked->key, *change, etag, now);
    };
    co_return co_await write(request, *asked, now, act);
  }

  Task<Result<Response>> put_row(Request& request) const {
    const auto asked = co_await asked_of(request);
    if (!asked) co_return asked.error();
    const auto id = Id<PlanRow>::parse(request.parameter("row"));
    if (!id) co_return Problem(ProblemCode::not_found);
    const auto change = decode_json<RowChange>(request.body);
    if (!change) co_return change.error();
    const auto etag = http::if_match_of(request);
    const bool must_be_new = request.header("if-none-match") == "*";
    const Instant now = parts_.clock.now();
    const RowAct act = [&](Transaction& transaction) -> Result<Response> {
      const auto put =
          plans::put_row(transaction, parts_.catalogue, asked->actor, asked->key, *id, *change, etag, must_be_new, now);
      if (!put) return put.error();
      const auto plan = open(transaction, *asked, now);
      if (!plan) return plan.error();
      const auto row = answer_of(transaction, *plan, put->row);
      Response response = Response::of(row, put->is_new ? http::Status::created : http::Status::ok);
      response.with("ETag", row.etag);
      return response;
    };
    co_return co_await write_row(request, *asked, *id, now, act);
  }

  Task<Result<Response>> remove_row(Request& request) const {
    const auto asked = co_await asked_of(request);
    if (!asked) co_return asked.error();
    const auto id = Id<PlanRow>::parse(request.parameter("row"));
    if (!id) co_return Problem(ProblemCode::not_found);
    const auto etag = http::if_match_of(request);
    const Instant now = parts_.clock.now();
    const RowAct act = [&](Transaction& transaction) -> Result<Response> {
      const auto removed = plans::remove_row(transaction, parts_.catalogue, asked->actor, asked->key, *id, etag, now);
      if (!removed) return removed.error();
      return Response::empty();
    };
    co_return co_await write_row(request, *asked, *id, now, act);
  }

  Task<Result<Response>> copy(Request& request) const {
    const auto asked = co_await asked_of(request);
    if (!asked) co_return asked.error();
    const auto wanted = decode_json<CopyRequest>(request.body);
    if (!wanted) co_return wanted.error();
    const Instant now = parts_.clock.now();
    const Act act = [&](Transaction& transaction) {
      return copy_month(transaction, parts_.catalogue, asked->actor, asked->key, *wanted, randomness_, now);
    };
    co_return co_await write(request, *asked, now, act);
  }

 private:
  using RowAct = std::function<Result<Response>(Transaction&)>;

  // Every place of the campaign's town that the actor may read, in its own order.
  Result<Response> list_page(Snapshot& snapshot, const Actor& actor, const CampaignId& id, const std::string& after, int limit,
                             Instant now) const {
    const auto places = readable_plans(snapshot, parts_.catalogue, actor, id, now);
    if (!places) return places.error();
    PlanList page;
    auto next = places->begin();
    if (!after.empty()) {
      next = std::ranges::find(*places, PlaceId(after));
      if (next != places->end()) ++next;
    }
    for (; next != places->end(); ++next) {
      if (page.items.size() == static_cast<std::size_t>(limit)) {
        page.next_cursor = page.items.back().place.text();
        break;
      }
      const auto plan = open_plan(snapshot, parts_.catalogue, actor, {id, *next}, now);
      if (plan) page.items.push_back(entry_of(snapshot, *plan, actor, now));
    }
    return Response::of(page);
  }

  // Runs a verb on one row once: two people editing two rows never meet.
  Task<Result<Response>> write_row(const Request& request, const Asked& asked, const Id<PlanRow>& id, Instant now,
                                   const RowAct& act) const {
    const auto attempt = replays::attempt(request, asked.actor.account.uuid(), "plan_row/" + id.to_string());
    if (!attempt) co_return attempt.error();
    const auto body = [&](Transaction& transaction) -> Result<Response> {
      return replays::once(transaction, *attempt, now, [&]() -> Result<Response> {
        auto response = act(transaction);
        if (response || response.error().code() != ProblemCode::stale) return response;
        Problem problem = response.error();
        const auto plan = open(transaction, asked, now);
        if (!plan) return problem;
        const auto row = std::ranges::find(plan->rows, id, &PlanRow::id);
        if (row != plan->rows.end()) problem.carrying(encode_json(answer_of(transaction, *plan, *row)));
        return problem;
      });
    };
    co_return co_await parts_.database.write(std::cref(body));
  }

  Randomness& randomness_;
};

}  // namespace

void add_routes(http::Router& router, const ApiParts& parts) {
  const auto api = std::make_shared<const Api>(parts);
  const std::string plan = "/api/v1/plans/{campaign}/{place}";
  router.add(Method::get, "/api/v1/plans", [api](Request& request) { return api->list(request); });
  router.add(Method::get, "/api/v1/plans/calendar", [api](Request& request) { return api->calendar(request); });
  handins::add_hand_in_routes<PlanKind>(router, plan, api);
  router.add(Method::put, plan, [api](Request& request) { return api->change(request); });
  router.add(Method::put, plan + "/rows/{row}", [api](Request& request) { return api->put_row(request); });
  router.add(Method::delete_, plan + "/rows/{row}", [api](Request& request) { return api->remove_row(request); });
  router.add(Method::post, plan + "/copy", [api](Request& request) { return api->copy(request); });
  router.add(Method::post, plan + "/sign-off", [api](Request& request) { return api->decide(request, &sign_off_plan); });
}

}  // namespace wujin::plans
