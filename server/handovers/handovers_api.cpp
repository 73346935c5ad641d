#include "handovers/handovers_api.h"

#include <functional>

#include "base/json.h"
#include "handovers/handovers_actions.h"
#include "people/people_wire.h"
#include "people/refusals.h"
#include "places/place_store.h"
#include "replays/replays.h"

namespace wujin::handovers {
namespace {

using http::Method;
using http::Request;
using http::Response;
using people::GrantAnswer;

struct HoldingsAnswer {
  std::vector<GrantAnswer> grants;
  int plan_rows = 0, calendar_feeds = 0, sessions = 0;
};
BOOST_DESCRIBE_STRUCT(HoldingsAnswer, (), (grants, plan_rows, calendar_feeds, sessions))

struct HandoverAnswer {
  Id<Handover> id;
  Id<Account> from, to;
  std::string from_name, to_name;
  Instant at{};
  std::string handed_by, note;
  std::vector<GrantAnswer> grants;
  int plan_rows = 0, calendar_feeds = 0;
  bool closed = false;
};
BOOST_DESCRIBE_STRUCT(HandoverAnswer, (),
                      (id, from, to, from_name, to_name, at, handed_by, note, grants, plan_rows, calendar_feeds, closed))

struct HandoverList {
  std::vector<HandoverAnswer> items;
};
BOOST_DESCRIBE_STRUCT(HandoverList, (), (items))

HandoverAnswer answer_of(const Handover& handover, const places::Tree& tree) {
  return {handover.id,        handover.from,           handover.to,
          handover.from_name, handover.to_name,        handover.at,
          handover.handed_by, handover.note,           people::answer_of(handover.grants, tree),
          handover.plan_rows, handover.calendar_feeds, handover.closed};
}

template <class T>
Result<Id<T>> id_in(const Request& request, std::string_view parameter) {
  const auto id = Id<T>::parse(request.parameter(parameter));
  if (!id) return Problem(ProblemCode::not_found);
  return *id;
}

// Reads something of the person a path names; a refusal is kept in the trail.
template <class Look>
Task<Result<Response>> look_at(const ApiParts& parts, Request& request, const Look& look) {
  const auto who = co_await parts.sessions.actor_of(request);
  if (!who) co_return who.error();
  const auto account = id_in<Account>(request, "person");
  if (!account) co_return account.error();
  const Instant now = parts.clock.now();
  const auto read = [&](Snapshot& snapshot) { return look(snapshot, *who, *account, now); };
  auto response = co_await parts.database.read(std::cref(read));
  const auto record = account->to_string();
  const people::Refusals::Subject subject{"see_account", "account", record, ""};
  people::Refusals refusals(parts.database, parts.clock);
  if (!response) co_await refusals.note(*who, subject, response.error());
  co_return response;
}

Result<Response> see_holdings(Snapshot& snapshot, const people::Actor& who, const Id<Account>& account, Instant now) {
  const auto holdings = holdings_of(snapshot, who, account, now);
  if (!holdings) return holdings.error();
  const auto tree = places::read_tree(snapshot, china_date(now));
  return Response::of(HoldingsAnswer{people::answer_of(holdings->grants, tree), holdings->plan_rows, holdings->calendar_feeds,
                                     holdings->sessions});
}

Result<Response> see_handovers(Snapshot& snapshot, const people::Actor& who, const Id<Account>& account, Instant now) {
  const auto handovers = handovers_of(snapshot, who, account, now);
  if (!handovers) return handovers.error();
  const auto tree = places::read_tree(snapshot, china_date(now));
  HandoverList list;
  for (const Handover& handover : *handovers) list.items.push_back(answer_of(handover, tree));
  return Response::of(list);
}

Task<Result<Response>> put(const ApiParts& parts, Request& request) {
  const auto who = co_await parts.sessions.actor_of(request);
  if (!who) co_return who.error();
  const auto id = id_in<Handover>(request, "handover");
  if (!id) co_return id.error();
  const auto asked = decode_json<HandoverRequest>(request.body);
  if (!asked) co_return asked.error();
  const auto record = id->to_string();
  const auto attempt = replays::attempt(request, who->account.uuid(), "handover/" + record);
  if (!attempt) co_return attempt.error();
  const Instant now = parts.clock.now();
  const auto write = [&](Transaction& transaction) -> Result<Response> {
    return replays::once(transaction, *attempt, now, [&]() -> Result<Response> {
      const auto handover = hand_over(transaction, parts.cache, *who, *id, *asked, now);
      if (!handover) return handover.error();
      return Response::of(answer_of(*handover, places::read_tree(transaction, china_date(now))), http::Status::created);
    });
  };
  auto response = co_await parts.database.write(std::cref(write));
  const people::Refusals::Subject subject{"hand_over", "handover", record, ""};
  people::Refusals refusals(parts.database, parts.clock);
  if (!response) co_await refusals.note(*who, subject, response.error());
  co_return response;
}

}  // namespace

void add_routes(http::Router& router, const ApiParts& parts) {
  router.add(Method::get, "/api/v1/people/{person}/holdings",
             [parts](Request& request) { return look_at(parts, request, see_holdings); });
  router.add(Method::get, "/api/v1/people/{person}/handovers",
             [parts](Request& request) { return look_at(parts, request, see_handovers); });
  router.add(Method::put, "/api/v1/handovers/{handover}", [parts](Request& request) { return put(parts, request); });
}

}  // namespace wujin::handovers
