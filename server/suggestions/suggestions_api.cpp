#include "suggestions/suggestions_api.h"

#include <functional>
#include <memory>

#include "base/json.h"
#include "http/client_network.h"
#include "http/if_match.h"
#include "http/page_limit.h"
#include "http/time_cursor.h"
#include "people/refusals.h"
#include "places/place_store.h"
#include "replays/replays.h"
#include "suggestions/pace.h"
#include "suggestions/suggestion_answer.h"
#include "suggestions/suggestions_actions.h"

namespace wujin::suggestions {
namespace {

using http::Method;
using http::Request;
using http::Response;
using http::Status;
using people::Actor;

struct TokenRequest {
  std::string token;
};
BOOST_DESCRIBE_STRUCT(TokenRequest, (), (token))

// Two thousand characters, each escaped at its longest, and the token.
constexpr std::uint64_t largest_suggestion = 32 * 1024;

Result<Id<Suggestion>> id_of(const Request& request) {
  const auto id = Id<Suggestion>::parse(request.parameter("suggestion"));
  if (!id) return Problem(ProblemCode::not_found);
  return *id;
}

PlaceId box_of(const Request& request) { return PlaceId(std::string(request.parameter("place"))); }

Result<PlaceId> place_in(const Request& request) {
  const auto place = request.query_value("place");
  if (!place) return Problem::at("place", ProblemCode::required);
  return PlaceId(std::string(*place));
}

Result<State> state_in(const Request& request) {
  const auto asked = request.query_value("state");
  if (!asked) return State::open;
  State state{};
  if (!boost::describe::enum_from_string(std::string(*asked).c_str(), state))
    return Problem::at("state", ProblemCode::unknown_choice, {{"value", std::string(*asked)}});
  return state;
}

Result<Asked> asked_in(const Request& request) {
  const auto place = place_in(request);
  if (!place) return place.error();
  const auto state = state_in(request);
  if (!state) return state.error();
  const auto cursor = http::time_cursor(request);
  if (!cursor) return cursor.error();
  const auto limit = http::page_limit(request);
  if (!limit) return limit.error();
  Asked asked{*place, *state, {}, *limit};
  if (*cursor) asked.below = Position{(*cursor)->at, Id<Suggestion>((*cursor)->id)};
  return asked;
}

places::Tree tree_of(Snapshot& snapshot, Instant now) { return places::read_tree(snapshot, china_date(now)); }

// A late settlement is told what is there now.
Problem with_current(Snapshot& snapshot, const Actor& actor, const Id<Suggestion>& id, Problem problem, Instant now) {
  if (problem.code() != ProblemCode::stale) return problem;
  const auto current = read_suggestion(snapshot, actor, id, now);
  if (current) problem.carrying(encode_json(answer_of(*current, actor, tree_of(snapshot, now))));
  return problem;
}

class Api {
 public:
  explicit Api(const ApiParts& parts) : parts_(parts) {}

  Task<Result<Response>> show_box(Request& request) const {
    const PlaceId place = box_of(request);
    const Instant now = parts_.clock.now();
    const auto read = [&](Snapshot& snapshot) -> Result<Response> {
      const auto box = see_box(snapshot, parts_.catalogue, place, now);
      if (!box) return box.error();
      return Response::of(answer_of(*box));
    };
    co_return co_await parts_.database.read(std::cref(read));
  }

  // Whoever is signed in is not asked for: nobody is named.
  Task<Result<Response>> put(Request& request) {
    const auto id = id_of(request);
    if (!id) co_return id.error();
    const auto entered = decode_json<NewSuggestion>(request.body);
    if (!entered) co_return entered.error();
    const PlaceId box = box_of(request);
    const Instant now = parts_.clock.now();
    const auto taken = pace_.take(http::client_network(request.remote_address), box, now);
    if (!taken) co_return taken.error();
    const auto write = [&](Transaction& transaction) -> Result<Response> {
      const auto received = put_suggestion(transaction, box, *id, *entered, request.request_id, now);
      if (!received) return received.error();
      const auto status = received->is_new ? Status::created : Status::ok;
      return Response::of(receipt_of(received->suggestion, tree_of(transaction, now)), status);
    };
    co_return co_await parts_.database.write(std::cref(write));
  }

  Task<Result<Response>> inspect(Request& request) const {
    const auto asked = decode_json<TokenRequest>(request.body);
    if (!asked) co_return asked.error();
    const Instant now = parts_.clock.now();
    const auto read = [&](Snapshot& snapshot) -> Result<Response> {
      const auto suggestion = suggestion_behind(snapshot, asked->token);
      if (!suggestion) return suggestion.error();
      auto response = Response::of(answer_for_writer(*suggestion, tree_of(snapshot, now)));
      response.with("Cache-Control", "no-store");
      return response;
    };
    co_return co_await parts_.database.read(std::cref(read));
  }

  Task<Result<Response>> list(Request& request) const {
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    auto asked = asked_in(request);
    if (!asked) co_return asked.error();
    const auto limit = static_cast<std::size_t>(asked->limit++);
    const Instant now = parts_.clock.now();
    const auto read = [&](Snapshot& snapshot) -> Result<Response> {
      auto suggestions = list_suggestions(snapshot, *actor, *asked, now);
      if (!suggestions) return suggestions.error();
      SuggestionList page;
      if (suggestions->size() > limit) {
        suggestions->pop_back();
        const Suggestion& last = suggestions->back();
        page.next_cursor = http::written({last.received_at, last.id.uuid()});
      }
      const places::Tree tree = tree_of(snapshot, now);
      page.items.reserve(suggestions->size());
      for (const Suggestion& suggestion : *suggestions) page.items.push_back(answer_of(suggestion, *actor, tree));
      return Response::of(page);
    };
    co_return co_await parts_.database.read(std::cref(read));
  }

  Task<Result<Response>> settle(Request& request) const {
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    const auto id = id_of(request);
    if (!id) co_return id.error();
    const auto entered = decode_json<Settlement>(request.body);
    if (!entered) co_return entered.error();
    const auto record = id->to_string();
    const auto attempt = replays::attempt(request, actor->account.uuid(), "suggestion/" + record);
    if (!attempt) co_return attempt.error();
    const auto etag = http::if_match_of(request);
    const Instant now = parts_.clock.now();
    const auto write = [&](Transaction& transaction) -> Result<Response> {
      return replays::once(transaction, *attempt, now, [&]() -> Result<Response> {
        const auto settled = settle_suggestion(transaction, *actor, *id, *entered, etag, now);
        if (!settled) return with_current(transaction, *actor, *id, settled.error(), now);
        Response response = Response::of(answer_of(*settled, *actor, tree_of(transaction, now)));
        response.with("ETag", etag_of(*settled));
        return response;
      });
    };
    auto response = co_await parts_.database.write(std::cref(write));
    const people::Refusals::Subject subject{"settle_suggestion", "suggestion", record, ""};
    people::Refusals refusals(parts_.database, parts_.clock);
    if (!response) co_await refusals.note(*actor, subject, response.error());
    co_return response;
  }

  Task<Result<Response>> boxes(Request& request) const {
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    const auto place = place_in(request);
    if (!place) co_return place.error();
    const Instant now = parts_.clock.now();
    const auto read = [&](Snapshot& snapshot) -> Result<Response> {
      const auto standings = list_boxes(snapshot, *actor, *place, now);
      if (!standings) return standings.error();
      const places::Tree tree = tree_of(snapshot, now);
      BoxList list;
      list.items.reserve(standings->size());
      for (const BoxStanding& standing : *standings) list.items.push_back(answer_of(standing, *actor, tree));
      return Response::of(list);
    };
    co_return co_await parts_.database.read(std::cref(read));
  }

 private:
  ApiParts parts_;
  Pace pace_;
};

}  // namespace

void add_routes(http::Router& router, const ApiParts& parts) {
  const auto api = std::make_shared<Api>(parts);
  router.add(Method::get, "/api/v1/suggestion-boxes", [api](Request& request) { return api->boxes(request); });
  router.add(Method::get, "/api/v1/suggestion-boxes/{place}", [api](Request& request) { return api->show_box(request); });
  router.add(Method::put, "/api/v1/suggestion-boxes/{place}/suggestions/{suggestion}",
             [api](Request& request) { return api->put(request); }, {.body_limit = largest_suggestion});
  router.add(Method::get, "/api/v1/suggestions", [api](Request& request) { return api->list(request); });
  router.add(Method::post, "/api/v1/suggestions/inspect", [api](Request& request) { return api->inspect(request); },
             {.body_limit = largest_suggestion});
  router.add(Method::put, "/api/v1/suggestions/{suggestion}/answer", [api](Request& request) { return api->settle(request); });
}

}  // namespace wujin::suggestions
