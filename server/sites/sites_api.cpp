#include "sites/sites_api.h"

#include <functional>
#include <memory>
#include <unordered_map>

#include "base/json.h"
#include "http/if_match.h"
#include "http/page_limit.h"
#include "http/time_cursor.h"
#include "people/may.h"
#include "photos/photos_store.h"
#include "places/place_store.h"
#include "replays/replays.h"
#include "sites/sites_actions.h"

namespace wujin::sites {
namespace {

using http::Method;
using http::Request;
using http::Response;
using people::Actor;

struct SitePhotoAnswer {
  Id<Photo> id;
  std::int64_t bytes = 0;
  std::string sha256;
  bool received = false;
  bool renditions_ready = false;
  bool unreadable = false;
};
BOOST_DESCRIBE_STRUCT(SitePhotoAnswer, (), (id, bytes, sha256, received, renditions_ready, unreadable))

struct SiteAnswer : SiteContent {
  Id<Site> id;
  std::string etag;
  std::string place_name;
  Instant recorded_at;
  Instant updated_at;
  std::vector<SitePhotoAnswer> photos;
  std::vector<std::string> may;
};
BOOST_DESCRIBE_STRUCT(SiteAnswer, (SiteContent), (id, etag, place_name, recorded_at, updated_at, photos, may))

struct SiteListAnswer {
  std::vector<SiteAnswer> items;
  std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(SiteListAnswer, (), (items, next_cursor))

// The pictures of all sites of an answer, read with one query.
std::unordered_map<Id<Photo>, photos::PhotoFacts> photos_of(Snapshot& snapshot, std::span<const Site> sites) {
  std::vector<Uuid> owners;
  for (const Site& site : sites) {
    if (!site.photos.empty()) owners.push_back(site.id.uuid());
  }
  std::unordered_map<Id<Photo>, photos::PhotoFacts> found;
  for (auto& facts : photos::of_owners(snapshot, owners)) found.emplace(facts.id, std::move(facts));
  return found;
}

SiteListAnswer answers_of(Snapshot& snapshot, const Actor& actor, std::span<const Site> sites, Instant now) {
  const places::Tree tree = places::read_tree(snapshot, china_date(now));
  const auto pictures = photos_of(snapshot, sites);
  SiteListAnswer answers;
  for (const Site& site : sites) {
    SiteAnswer answer;
    static_cast<SiteContent&>(answer) = static_cast<const SiteContent&>(site);
    answer.id = site.id;
    answer.etag = etag_of(site);
    answer.place_name = tree.find(site.place)->name;
    answer.recorded_at = site.recorded_at;
    answer.updated_at = site.updated_at;
    for (const Id<Photo>& photo : site.photos) {
      const photos::PhotoFacts& facts = pictures.at(photo);
      answer.photos.push_back({photo, facts.bytes, facts.sha256, facts.received, facts.renditions_ready, facts.unreadable});
    }
    if (may_change(actor, tree, site.place)) answer.may = {"edit", "delete"};
    answers.items.push_back(std::move(answer));
  }
  return answers;
}

Response answer_one(Snapshot& snapshot, const Actor& actor, const Site& site, http::Status status, Instant now) {
  const auto answers = answers_of(snapshot, actor, std::span(&site, 1), now);
  Response response = Response::of(answers.items.front(), status);
  response.with("ETag", answers.items.front().etag);
  return response;
}

// A stale edit is told what is there now.
Problem with_current(Snapshot& snapshot, const Actor& actor, const Id<Site>& id, Problem problem, Instant now) {
  if (problem.code() != ProblemCode::stale) return problem;
  const auto current = read_site(snapshot, actor, id, now);
  if (current) problem.carrying(encode_json(answers_of(snapshot, actor, std::span(&*current, 1), now).items.front()));
  return problem;
}

Result<Id<Site>> id_of(const Request& request) {
  const auto id = Id<Site>::parse(request.parameter("site"));
  if (!id) return Problem(ProblemCode::not_found);
  return *id;
}

Result<Asked> asked_in(const Request& request) {
  const auto place = request.query_value("place");
  if (!place) return Problem::at("place", ProblemCode::required);
  const auto cursor = http::placed_cursor(request);
  if (!cursor) return cursor.error();
  const auto limit = http::page_limit(request);
  if (!limit) return limit.error();
  Asked asked{PlaceId(std::string(*place)), {}, *limit};
  if (*cursor) asked.after = Position{PlaceId((*cursor)->place), (*cursor)->record.at, Id<Site>((*cursor)->record.id)};
  return asked;
}

std::string cursor_behind(const Site& site) { return http::written({site.recorded_at, site.id.uuid()}, site.place.text()); }

Task<Result<Response>> list(const ApiParts& parts, Request& request) {
  const auto actor = co_await parts.sessions.actor_of(request);
  if (!actor) co_return actor.error();
  auto asked = asked_in(request);
  if (!asked) co_return asked.error();
  const auto limit = static_cast<std::size_t>(asked->limit++);  // one more tells whether there are more
  const Instant now = parts.clock.now();
  const auto read = [&](Snapshot& snapshot) -> Result<Response> {
    auto sites = list_sites(snapshot, *actor, *asked, now);
    if (!sites) return sites.error();
    const bool goes_on = sites->size() > limit;
    if (goes_on) sites->resize(limit);
    auto page = answers_of(snapshot, *actor, *sites, now);
    if (goes_on) page.next_cursor = cursor_behind(sites->back());
    return Response::of(page);
  };
  co_return co_await parts.database.read(std::cref(read));
}

Task<Result<Response>> get(const ApiParts& parts, Request& request) {
  const auto actor = co_await parts.sessions.actor_of(request);
  if (!actor) co_return actor.error();
  const auto id = id_of(request);
  if (!id) co_return id.error();
  const Instant now = parts.clock.now();
  const auto read = [&](Snapshot& snapshot) -> Result<Response> {
    const auto site = read_site(snapshot, *actor, *id, now);
    if (!site) return site.error();
    return answer_one(snapshot, *actor, *site, http::Status::ok, now);
  };
  co_return co_await parts.database.read(std::cref(read));
}

Task<Result<Response>> put(const ApiParts& parts, Request& request) {
  const auto actor = co_await parts.sessions.actor_of(request);
  if (!actor) co_return actor.error();
  const auto id = id_of(request);
  if (!id) co_return id.error();
  const auto change = decode_json<SiteChange>(request.body);
  if (!change) co_return change.error();
  const auto attempt = replays::attempt(request, actor->account.uuid(), "site/" + id->to_string());
  if (!attempt) co_return attempt.error();
  const auto etag = http::if_match_of(request);
  const Instant now = parts.clock.now();
  const auto write = [&](Transaction& transaction) -> Result<Response> {
    return replays::once(transaction, *attempt, now, [&]() -> Result<Response> {
      const auto kept = keep_site(transaction, *actor, *id, *change, etag, now);
      if (!kept) return with_current(transaction, *actor, *id, kept.error(), now);
      const auto status = kept->is_new ? http::Status::created : http::Status::ok;
      return answer_one(transaction, *actor, kept->site, status, now);
    });
  };
  co_return co_await parts.database.write(std::cref(write));
}

Task<Result<Response>> remove(const ApiParts& parts, Request& request) {
  const auto actor = co_await parts.sessions.actor_of(request);
  if (!actor) co_return actor.error();
  const auto id = id_of(request);
  if (!id) co_return id.error();
  const auto attempt = replays::attempt(request, actor->account.uuid(), "site/" + id->to_string());
  if (!attempt) co_return attempt.error();
  const auto etag = http::if_match_of(request);
  const Instant now = parts.clock.now();
  const auto write = [&](Transaction& transaction) -> Result<Response> {
    return replays::once(transaction, *attempt, now, [&]() -> Result<Response> {
      const auto removed = remove_site(transaction, *actor, *id, etag, now);
      if (!removed) return with_current(transaction, *actor, *id, removed.error(), now);
      return Response::empty();
    });
  };
  co_return co_await parts.database.write(std::cref(write));
}

}  // namespace

void add_routes(http::Router& router, const ApiParts& parts) {
  router.add(Method::get, "/api/v1/sites", [parts](Request& request) { return list(parts, request); });
  router.add(Method::get, "/api/v1/sites/{site}", [parts](Request& request) { return get(parts, request); });
  router.add(Method::put, "/api/v1/sites/{site}", [parts](Request& request) { return put(parts, request); });
  router.add(Method::delete_, "/api/v1/sites/{site}", [parts](Request& request) { return remove(parts, request); });
}

}  // namespace wujin::sites
