#include "app/feed_api.h"

#include <charconv>

#include <boost/describe.hpp>

#include "activities/activities_actions.h"
#include "activities/activity_answer.h"
#include "changes/feed.h"
#include "people/may.h"
#include "places/place_store.h"

namespace wujin::app {
namespace {

using activities::Activity;
using activities::ActivityAnswer;
using http::Request;
using http::Response;
using people::Actor;

constexpr int least_per_page = 1;
constexpr int most_per_page = 200;

enum class Operation : std::uint8_t { put, delete_ };
BOOST_DESCRIBE_ENUM(Operation, put, delete_)

struct ChangeAnswer {
  std::string kind;
  std::string id;
  Operation operation = Operation::put;
  std::optional<std::string> campaign;
  std::optional<std::string> place;
  std::optional<std::string> etag;
  std::optional<ActivityAnswer> activity;
};
BOOST_DESCRIBE_STRUCT(ChangeAnswer, (), (kind, id, operation, campaign, place, etag, activity))

struct ChangesAnswer {
  std::string cursor;
  bool reset = false;
  bool more = false;
  Instant server_time;
  std::vector<ChangeAnswer> items;
};
BOOST_DESCRIBE_STRUCT(ChangesAnswer, (), (cursor, reset, more, server_time, items))

struct FeedRequest {
  std::optional<std::string> since;
  std::optional<std::string> campaign;
  std::optional<std::string> place;
  int limit = 50;
};

std::optional<std::string> query_of(const Request& request, std::string_view name) {
  const auto value = request.query_value(name);
  return value ? std::optional(std::string(*value)) : std::nullopt;
}

Result<FeedRequest> feed_request_of(const Request& request) {
  FeedRequest asked{query_of(request, "since"), query_of(request, "campaign"), query_of(request, "place")};
  if (const auto text = request.query_value("limit")) {
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), asked.limit);
    if (error != std::errc() || end != text->data() + text->size() || asked.limit < least_per_page || asked.limit > most_per_page)
      return Problem::at("limit", ProblemCode::out_of_range,
                         {{"low", std::to_string(least_per_page)}, {"high", std::to_string(most_per_page)}});
  }
  return asked;
}

// The feed knows towns and places, not trees: a grant at a district stands for each of its towns.
std::vector<changes::Scope> feed_scopes(const Actor& actor, const places::Tree& tree) {
  std::vector<changes::Scope> found;
  for (const people::Scope& scope : people::scopes(actor, people::Verb::read_place)) {
    if (!scope.reaches_down) {
      if (const auto* town = tree.town_of(scope.place)) found.push_back({town->id.text(), scope.place.text()});
      continue;
    }
    for (const places::Place* place : tree.subtree(scope.place)) {
      const auto* town = tree.town_of(place->id);
      if (place->id != scope.place && place->kind != places::PlaceKind::town) continue;
      if (town) found.push_back({town->id.text(), place->id == town->id ? "" : place->id.text()});
    }
  }
  return found;
}

bool may_read(const Actor& actor, const places::Tree& tree, const places::PlaceId& place) {
  return people::may(actor, people::Verb::read_place, tree.place_and_ancestors(place));
}

std::vector<ChangeAnswer> answers_of(Snapshot& snapshot, const Actor& actor, const std::vector<changes::Change>& items) {
  std::vector<ChangeAnswer> answers;
  std::vector<Activity> activities;
  std::vector<std::size_t> positions;  // of each activity among the answers
  for (const changes::Change& change : items) {
    ChangeAnswer& answer = answers.emplace_back();
    answer.kind = change.kind;
    answer.id = change.id;
    answer.operation = change.deleted ? Operation::delete_ : Operation::put;
    if (!change.campaign.empty()) answer.campaign = change.campaign;
    if (!change.place.empty()) answer.place = change.place;
    const auto id = change.kind == "activity" && !change.deleted ? Id<Activity>::parse(change.id) : std::nullopt;
    if (!id) continue;
    // One deleted since is named now and told as deleted when its own place in the feed is reached.
    if (auto activity = activities::read_activity(snapshot, actor, *id)) {
      activities.push_back(std::move(*activity));
      positions.push_back(answers.size() - 1);
    }
  }
  auto riding = activities::answers_of(snapshot, actor, activities);
  for (std::size_t i = 0; i < riding.size(); ++i) {
    ChangeAnswer& answer = answers[positions[i]];
    answer.etag = riding[i].etag;
    answer.activity = std::move(riding[i]);
  }
  return answers;
}

class FeedApi {
 public:
  explicit FeedApi(const FeedParts& parts) : parts_(parts) {}

  Task<Result<Response>> list(Request& request) const {
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    const auto asked = feed_request_of(request);
    if (!asked) co_return asked.error();
    const Instant now = parts_.clock.now();
    const auto read = [&](Snapshot& snapshot) { return answer(snapshot, *actor, *asked, now); };
    co_return co_await parts_.database.read(std::cref(read));
  }

 private:
  static Result<Response> answer(Snapshot& snapshot, const Actor& actor, const FeedRequest& asked, Instant now) {
    const places::Tree tree = places::read_tree(snapshot, china_date(now));
    if (asked.place && !may_read(actor, tree, places::PlaceId(*asked.place))) return Problem(ProblemCode::not_found);
    const changes::Filter filter{feed_scopes(actor, tree), asked.campaign, asked.place, std::to_string(actor.rights_version)};
    auto page = changes::since(snapshot, asked.since, filter, asked.limit);
    ChangesAnswer changes{std::move(page.cursor), page.reset, page.more, now, answers_of(snapshot, actor, page.items)};
    return Response::of(changes);
  }

  FeedParts parts_;
};

}  // namespace

void add_feed_routes(http::Router& router, const FeedParts& parts) {
  const auto api = std::make_shared<const FeedApi>(parts);
  router.add(http::Method::get, "/api/v1/changes", [api](Request& request) { return api->list(request); });
}

}  // namespace wujin::app
