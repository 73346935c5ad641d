#include "activities/activities_api.h"

#include "activities/activities_actions.h"
#include "activities/activity_answer.h"
#include "activities/activity_page.h"
#include "activities/list_query.h"
#include "base/json.h"
#include "replays/replays.h"

namespace wujin::activities {
namespace {

using http::Method;
using http::Request;
using http::Response;
using people::Actor;

struct History {
  std::vector<HistoryEntry> items;
};
BOOST_DESCRIBE_STRUCT(History, (), (items))

Result<Id<Activity>> id_of(const Request& request) {
  const auto id = Id<Activity>::parse(request.parameter("activity"));
  if (!id) return Problem(ProblemCode::not_found);
  return *id;
}

std::optional<std::string> header_of(const Request& request, std::string_view name) {
  const auto value = request.header(name);
  return value.empty() ? std::nullopt : std::optional(std::string(value));
}

Response answer_one(Snapshot& snapshot, const Actor& actor, const Activity& activity, http::Status status, Instant now) {
  const auto answers = answers_of(snapshot, actor, std::span(&activity, 1), now);
  Response response = Response::of(answers.front(), status);
  response.with("ETag", answers.front().etag);
  return response;
}

// A stale edit is told what is there now, so that mine and theirs can stand side by side.
Problem with_current(Snapshot& snapshot, const Actor& actor, const Id<Activity>& id, Problem problem, Instant now) {
  if (problem.code() != ProblemCode::stale) return problem;
  const auto current = read_activity(snapshot, actor, id, now);
  if (current) problem.carrying(encode_json(answers_of(snapshot, actor, std::span(&*current, 1), now).front()));
  return problem;
}

class Api {
 public:
  explicit Api(const ApiParts& parts) : parts_(parts) {}

  Task<Result<Response>> list(Request& request) const {
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    const auto asked = list_request_of(request);
    if (!asked) co_return asked.error();
    const Instant now = parts_.clock.now();
    const auto read = [&](Snapshot& snapshot) -> Result<Response> {
      const auto seen = readable_query(snapshot, parts_.catalogue, *actor, *asked, now);
      if (!seen) return seen.error();
      return Response::json(page_of(snapshot, *actor, *seen, now));
    };
    co_return co_await parts_.database.read(std::cref(read));
  }

  Task<Result<Response>> get(Request& request) const {
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    const auto id = id_of(request);
    if (!id) co_return id.error();
    const Instant now = parts_.clock.now();
    const auto read = [&](Snapshot& snapshot) -> Result<Response> {
      const auto activity = read_activity(snapshot, *actor, *id, now);
      if (!activity) return activity.error();
      return answer_one(snapshot, *actor, *activity, http::Status::ok, now);
    };
    co_return co_await parts_.database.read(std::cref(read));
  }

  Task<Result<Response>> put(Request& request) const {
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    const auto id = id_of(request);
    if (!id) co_return id.error();
    const auto change = decode_json<ActivityChange>(request.body);
    if (!change) co_return change.error();
    const auto attempt = replays::attempt(request, actor->account.uuid(), "activity/" + id->to_string());
    if (!attempt) co_return attempt.error();
    const Precondition precondition{header_of(request, "if-match"), request.header("if-none-match") == "*"};
    const Instant now = parts_.clock.now();
    const auto write = [&](Transaction& transaction) -> Result<Response> {
      return replays::once(transaction, *attempt, now, [&]() -> Result<Response> {
        const auto submitted = submit_activity(transaction, parts_.catalogue, *actor, *id, *change, precondition, now);
        if (!submitted) return with_current(transaction, *actor, *id, submitted.error(), now);
        const auto status = submitted->is_new ? http::Status::created : http::Status::ok;
        return answer_one(transaction, *actor, submitted->activity, status, now);
      });
    };
    co_return co_await parts_.database.write(std::cref(write));
  }

  Task<Result<Response>> remove(Request& request) const {
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    const auto id = id_of(request);
    if (!id) co_return id.error();
    const auto attempt = replays::attempt(request, actor->account.uuid(), "activity/" + id->to_string());
    if (!attempt) co_return attempt.error();
    std::optional<std::string> reason;
    if (const auto text = request.query_value("reason")) reason = std::string(*text);
    const Instant now = parts_.clock.now();
    const auto write = [&](Transaction& transaction) -> Result<Response> {
      return replays::once(transaction, *attempt, now, [&]() -> Result<Response> {
        const auto removed = remove_activity(transaction, *actor, *id, header_of(request, "if-match"), reason, now);
        if (!removed) return with_current(transaction, *actor, *id, removed.error(), now);
        return Response::empty();
      });
    };
    co_return co_await parts_.database.write(std::cref(write));
  }

  Task<Result<Response>> history(Request& request) const {
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    const auto id = id_of(request);
    if (!id) co_return id.error();
    const Instant now = parts_.clock.now();
    const auto read = [&](Snapshot& snapshot) -> Result<Response> {
      auto entries = read_history(snapshot, *actor, *id, now);
      if (!entries) return entries.error();
      return Response::of(History{std::move(*entries)});
    };
    co_return co_await parts_.database.read(std::cref(read));
  }

 private:
  ApiParts parts_;
};

}  // namespace

void add_routes(http::Router& router, const ApiParts& parts) {
  const auto api = std::make_shared<const Api>(parts);
  router.add(Method::get, "/api/v1/activities", [api](Request& request) { return api->list(request); });
  router.add(Method::get, "/api/v1/activities/{activity}", [api](Request& request) { return api->get(request); });
  router.add(Method::put, "/api/v1/activities/{activity}", [api](Request& request) { return api->put(request); });
  router.add(Method::delete_, "/api/v1/activities/{activity}", [api](Request& request) { return api->remove(request); });
  router.add(Method::get, "/api/v1/activities/{activity}/history", [api](Request& request) { return api->history(request); });
}

}  // namespace wujin::activities
