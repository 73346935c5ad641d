#include "reminders/reminders_api.h"

#include "base/json.h"
#include "base/number.h"
#include "campaigns/campaign_query.h"
#include "http/page_limit.h"
#include "http/time_cursor.h"
#include "reminders/feed.h"
#include "reminders/reminder_answer.h"
#include "reminders/reminders_actions.h"
#include "replays/replays.h"

namespace wujin::reminders {
namespace {

using http::Method;
using http::Request;
using http::Response;
using people::Actor;

struct MessageList {
  std::vector<MessageAnswer> items;
  std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(MessageList, (), (items, next_cursor))

struct OfficeDaysRequest {
  std::string csv;
};
BOOST_DESCRIBE_STRUCT(OfficeDaysRequest, (), (csv))

struct OfficeDayList {
  std::vector<OfficeDay> items;
};
BOOST_DESCRIBE_STRUCT(OfficeDayList, (), (items))

struct FeedRequest {
  CampaignId campaign;
  PlaceId place;
};
BOOST_DESCRIBE_STRUCT(FeedRequest, (), (campaign, place))

// `path` only when it was just made: nobody can read it again.
struct FeedAnswer {
  Id<Feed> id;
  CampaignId campaign;
  PlaceId place;
  Instant created_at;
  std::optional<std::string> path;
};
BOOST_DESCRIBE_STRUCT(FeedAnswer, (), (id, campaign, place, created_at, path))

struct FeedList {
  std::vector<FeedAnswer> items;
};
BOOST_DESCRIBE_STRUCT(FeedList, (), (items))

constexpr std::string_view feed_ending = ".ics";

FeedAnswer answer_of(const Feed& feed) { return {feed.id, feed.campaign, feed.place, feed.created_at, std::nullopt}; }

// Where this very request came to: for links, until the settings say how villages reach the server.
std::string address_of(const Request& request) {
  const auto host = request.header("host");
  return host.empty() ? "" : (request.secure ? "https://" : "http://") + std::string(host);
}

class Api {
 public:
  explicit Api(const ApiParts& parts) : parts_(parts) {}

  Task<Result<Response>> preview(Request& request) const {
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    const auto asked = decode_json<Asked>(request.body);
    if (!asked) co_return asked.error();
    const std::string address = address_of(request);
    const Instant now = parts_.clock.now();
    const auto read = [&](Snapshot& snapshot) -> Result<Response> {
      const auto shown = reminders::preview(snapshot, parts_.catalogue, *actor, *asked, address, now);
      if (!shown) return shown.error();
      return Response::of(answer_of(*shown));
    };
    co_return co_await parts_.database.read(std::cref(read));
  }

  Task<Result<Response>> send(Request& request) const {
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    const auto wanted = decode_json<SendRequest>(request.body);
    if (!wanted) co_return wanted.error();
    const std::string address = address_of(request);
    const Instant now = parts_.clock.now();
    const Act act = [&](Transaction& transaction) -> Result<Response> {
      const auto messages = send_by_hand(transaction, tools(), *actor, *wanted, address, now);
      if (!messages) return messages.error();
      MessageList list;
      for (const Message& message : *messages) list.items.push_back(answer_of(message));
      return Response::of(list, http::Status::created);
    };
    co_return co_await write(request, *actor, "", now, act);
  }

  Task<Result<Response>> list(Request& request) const {
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    const auto campaign = campaigns::campaign_in(request);
    if (!campaign) co_return campaign.error();
    const auto limit = http::page_limit(request);
    if (!limit) co_return limit.error();
    const auto cursor = http::time_cursor(request);
    if (!cursor) co_return cursor.error();
    std::optional<Position> below;
    if (*cursor) below = Position{(*cursor)->at, Id<Message>((*cursor)->id)};
    const Instant now = parts_.clock.now();
    const auto read = [&](Snapshot& snapshot) -> Result<Response> {
      auto messages = list_messages(snapshot, parts_.catalogue, *actor, *campaign, below, *limit + 1, now);
      if (!messages) return messages.error();
      MessageList page;
      if (messages->size() > static_cast<std::size_t>(*limit)) {
        messages->pop_back();
        const Message& last = messages->back();
        page.next_cursor = http::written({last.created_at, last.id.uuid()});
      }
      for (const Message& message : *messages) page.items.push_back(answer_of(message));
      return Response::of(page);
    };
    co_return co_await parts_.database.read(std::cref(read));
  }

  Task<Result<Response>> retry(Request& request) const {
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    const auto id = Id<Message>::parse(request.parameter("reminder"));
    if (!id) co_return Problem(ProblemCode::not_found);
    const Instant now = parts_.clock.now();
    const Act act = [&](Transaction& transaction) -> Result<Response> {
      const auto message = reminders::retry(transaction, tools(), *actor, *id, now);
      if (!message) return message.error();
      return Response::of(answer_of(*message));
    };
    co_return co_await write(request, *actor, "reminder/" + id->to_string(), now, act);
  }

  Task<Result<Response>> get_settings(Request& request) const {
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    const PlaceId town{std::string(request.parameter("place"))};
    const Instant now = parts_.clock.now();
    const auto read = [&](Snapshot& snapshot) -> Result<Response> {
      const auto kept = see_settings(snapshot, *actor, town, now);
      if (!kept) return kept.error();
      return settings_response(snapshot, town, *kept);
    };
    co_return co_await parts_.database.read(std::cref(read));
  }

  Task<Result<Response>> set_settings(Request& request) const {
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    const auto change = decode_json<SettingsChange>(request.body);
    if (!change) co_return change.error();
    const PlaceId town{std::string(request.parameter("place"))};
    const std::string if_match(request.header("if-match"));
    const Instant now = parts_.clock.now();
    const SettingsTools tools{parts_.key, parts_.randomness, parts_.webhooks, parts_.queue};
    const Act act = [&](Transaction& transaction) -> Result<Response> {
      const auto kept = change_settings(transaction, tools, *actor, town, *change, if_match, now);
      if (kept) return settings_response(transaction, town, *kept);
      Problem problem = kept.error();
      if (problem.code() == ProblemCode::stale || problem.code() == ProblemCode::if_match_required) {
        problem.carrying(encode_json(answer_of(town, read_settings(transaction, town), office_days_of(transaction, town))));
      }
      return problem;
    };
    co_return co_await write(request, *actor, "reminder-settings/" + town.text(), now, act);
  }

  Task<Result<Response>> set_days(Request& request) const {
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    const auto wanted = decode_json<OfficeDaysRequest>(request.body);
    if (!wanted) co_return wanted.error();
    const PlaceId town{std::string(request.parameter("place"))};
    const auto year = parse_number<int>(request.parameter("year"));
    if (!year) co_return Problem(ProblemCode::not_found);
    const Instant now = parts_.clock.now();
    const Act act = [&](Transaction& transaction) -> Result<Response> {
      const auto days = set_office_days(transaction, *actor, town, *year, wanted->csv, now);
      if (!days) return days.error();
      return Response::of(OfficeDayList{*days});
    };
    co_return co_await write(request, *actor, "reminder-settings/" + town.text() + "/days", now, act);
  }

  // Never kept for a repeat: the answer carries a secret.
  Task<Result<Response>> make_feed(Request& request) const {
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    const auto wanted = decode_json<FeedRequest>(request.body);
    if (!wanted) co_return wanted.error();
    const Instant now = parts_.clock.now();
    const auto body = [&](Transaction& transaction) -> Result<Response> {
      const auto made =
          reminders::make_feed(transaction, parts_.catalogue, parts_.randomness, *actor, wanted->campaign, wanted->place, now);
      if (!made) return made.error();
      auto answer = answer_of(made->feed);
      answer.path = "/calendar/" + made->token + std::string(feed_ending);
      return Response::of(answer, http::Status::created);
    };
    co_return co_await parts_.database.write(std::cref(body));
  }

  Task<Result<Response>> list_feeds(Request& request) const {
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    const auto read = [&](Snapshot& snapshot) -> Result<Response> {
      FeedList list;
      for (const Feed& feed : own_feeds(snapshot, *actor)) list.items.push_back(answer_of(feed));
      return Response::of(list);
    };
    co_return co_await parts_.database.read(std::cref(read));
  }

  Task<Result<Response>> revoke_feed(Request& request) const {
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    const auto id = Id<Feed>::parse(request.parameter("feed"));
    if (!id) co_return Problem(ProblemCode::not_found);
    const Instant now = parts_.clock.now();
    const auto body = [&](Transaction& transaction) -> Result<Response> {
      const auto revoked = reminders::revoke_feed(transaction, *actor, *id, now);
      if (!revoked) return revoked.error();
      return Response::empty();
    };
    co_return co_await parts_.database.write(std::cref(body));
  }

  Task<Result<Response>> calendar(Request& request) const {
    std::string token(request.parameter("token"));
    if (!token.ends_with(feed_ending)) co_return Problem(ProblemCode::not_found);
    token.resize(token.size() - feed_ending.size());
    const Instant now = parts_.clock.now();
    const auto read = [&](Snapshot& snapshot) -> Result<Response> {
      auto text = read_feed(snapshot, parts_.catalogue, token, now);
      if (!text) return text.error();
      Response response;
      response.with("Content-Type", "text/calendar; charset=utf-8").with("Cache-Control", "private, max-age=3600");
      response.body = std::move(*text);
      return response;
    };
    co_return co_await parts_.database.read(std::cref(read));
  }

 private:
  using Act = std::function<Result<Response>(Transaction&)>;

  Tools tools() const { return {parts_.catalogue, parts_.queue, parts_.randomness}; }

  static Response settings_response(Snapshot& snapshot, const PlaceId& town, const KeptSettings& kept) {
    const auto answer = answer_of(town, kept, office_days_of(snapshot, town));
    Response response = Response::of(answer);
    response.with("ETag", answer.etag).with("Cache-Control", "no-store");
    return response;
  }

  // Runs a verb once, whatever is repeated.
  Task<Result<Response>> write(const Request& request, const Actor& actor, std::string subject, Instant now,
                               const Act& act) const {
    const auto attempt = replays::attempt(request, actor.account.uuid(), subject);
    if (!attempt) co_return attempt.error();
    const auto body = [&](Transaction& transaction) -> Result<Response> {
      return replays::once(transaction, *attempt, now, [&] { return act(transaction); });
    };
    co_return co_await parts_.database.write(std::cref(body));
  }

  ApiParts parts_;
};

}  // namespace

void add_routes(http::Router& router, const ApiParts& parts) {
  const auto api = std::make_shared<Api>(parts);
  using Verb = Task<Result<Response>> (Api::*)(Request&) const;
  const auto route = [&](Method method, std::string_view pattern, Verb verb, http::RouteOptions options = {}) {
    router.add(
        method, pattern, [api, verb](Request& request) { return ((*api).*verb)(request); }, options);
  };
  route(Method::post, "/api/v1/reminders/preview", &Api::preview);
  route(Method::post, "/api/v1/reminders", &Api::send);
  route(Method::get, "/api/v1/reminders", &Api::list);
  route(Method::post, "/api/v1/reminders/{reminder}/retry", &Api::retry);
  route(Method::get, "/api/v1/reminder-settings/{place}", &Api::get_settings);
  route(Method::put, "/api/v1/reminder-settings/{place}", &Api::set_settings);
  route(Method::put, "/api/v1/reminder-settings/{place}/office-days/{year}", &Api::set_days);
  route(Method::post, "/api/v1/calendar-feeds", &Api::make_feed);
  route(Method::get, "/api/v1/calendar-feeds", &Api::list_feeds);
  route(Method::delete_, "/api/v1/calendar-feeds/{feed}", &Api::revoke_feed);
  route(Method::get, "/calendar/{token}", &Api::calendar);
}

}  // namespace wujin::reminders
