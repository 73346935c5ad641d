#include "people/places_api.h"

#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "http/page_limit.h"
#include "people/may.h"
#include "places/place_store.h"
#include "places/point_store.h"

namespace wujin::people {
namespace {

using http::Request;
using http::Response;

struct PlaceList {
  std::vector<places::Place> items;
};
BOOST_DESCRIBE_STRUCT(PlaceList, (), (items))

struct PointList {
  std::vector<places::Point> items;
};
BOOST_DESCRIBE_STRUCT(PointList, (), (items))

// Whether what is to be done at a place that ended goes on in another, at once or by what that was merged into itself.
bool goes_on_in(const PlaceId& ended, const PlaceId& other, const places::Tree& tree) {
  const places::Place* place = tree.find(ended);
  for (std::size_t step = 0; step < tree.places().size() && place != nullptr && place->ending && place->ending->into; ++step) {
    if (*place->ending->into == other) return true;
    place = tree.find(*place->ending->into);
  }
  return false;
}

// A village sees the town it belongs to by name, though not its records: forms and lists name it. Likewise where it goes on.
bool may_see(const Actor& actor, const places::Place& place, const places::Tree& tree) {
  if (may(actor, Verb::see_place, tree.place_and_ancestors(place.id))) return true;
  const auto seen = scopes(actor, Verb::see_place);
  return std::ranges::any_of(
      seen, [&](const Scope& scope) { return tree.is_within(scope.place, place.id) || goes_on_in(scope.place, place.id, tree); });
}

Task<Result<Response>> list_places(const PlacesApiParts& parts, Request& request) {
  const auto actor = co_await parts.sessions.actor_of(request);
  if (!actor) co_return actor.error();
  const Instant now = parts.clock.now();
  const auto read = [&](Snapshot& snapshot) -> Result<Response> {
    const places::Tree tree = places::read_tree(snapshot, china_date(now));
    PlaceList list;
    for (const places::Place& place : tree.places()) {
      if (may_see(*actor, place, tree)) list.items.push_back(place);
    }
    return Response::of(list);
  };
  co_return co_await parts.database.read(std::cref(read));
}

Task<Result<Response>> list_points(const PlacesApiParts& parts, Request& request) {
  const auto actor = co_await parts.sessions.actor_of(request);
  if (!actor) co_return actor.error();
  const auto limit = http::page_limit(request);
  if (!limit) co_return limit.error();
  const std::string words(trimmed(request.query_value("q").value_or("")));
  if (count_characters(words) > 64) co_return Problem::at("q", ProblemCode::too_long, {{"limit", "64"}});
  const PlaceId place{std::string(request.parameter("place"))};
  const Instant now = parts.clock.now();
  const auto read = [&](Snapshot& snapshot) -> Result<Response> {
    const places::Tree tree = places::read_tree(snapshot, china_date(now));
    const auto path = tree.place_and_ancestors(place);
    if (path.empty() || !may(*actor, Verb::read_place, path)) return Problem(ProblemCode::not_found);
    return Response::of(PointList{places::points_of(snapshot, place, words, *limit)});
  };
  co_return co_await parts.database.read(std::cref(read));
}

}  // namespace

void add_place_routes(http::Router& router, const PlacesApiParts& parts) {
  router.add(http::Method::get, "/api/v1/places", [parts](Request& request) { return list_places(parts, request); });
  router.add(http::Method::get, "/api/v1/places/{place}/points",
             [parts](Request& request) { return list_points(parts, request); });
}

}  // namespace wujin::people
