#include "feed/changes_page.h"

#include <unordered_map>

#include "activities/activities_store.h"
#include "changes/feed.h"
#include "people/may.h"
#include "places/place_store.h"

namespace wujin::feed {
namespace {

// What the actor may read, as the feed's filter. A grant above towns (a district) stands for each of its towns.
std::vector<changes::Scope> scopes_of(const people::Actor& actor, const places::Tree& tree) {
  std::vector<changes::Scope> scopes;
  for (const people::Scope& scope : people::scopes(actor, people::Verb::read_place)) {
    for (const places::Place* place : tree.subtree(scope.place)) {
      if (place->kind == places::PlaceKind::town) scopes.push_back({place->id.text(), ""});
    }
    const places::Place* town = tree.town_of(scope.place);
    if (town != nullptr && town->id != scope.place) scopes.push_back({town->id.text(), scope.place.text()});
  }
  return scopes;
}

// Records ride along for activities: one list for the whole page.
void add_activities(Snapshot& snapshot, const people::Actor& actor, ChangesAnswer& page, Instant now) {
  std::vector<activities::Activity> records;
  for (ChangeAnswer& item : page.items) {
    if (item.kind != "activity" || item.operation == Operation::delete_) continue;
    const auto id = Id<activities::Activity>::parse(item.id);
    auto record = id ? activities::find(snapshot, *id) : std::nullopt;
    // Gone, or in another place by now: the phone forgets it, and hears of it again where it went.
    if (!record || record->deleted || record->place.text() != item.place) {
      item.operation = Operation::delete_;
      continue;
    }
    records.push_back(std::move(*record));
  }
  std::unordered_map<std::string, activities::ActivityAnswer> answers;
  for (auto& answer : activities::answers_of(snapshot, actor, records, now))
    answers.emplace(answer.id.to_string(), std::move(answer));
  for (ChangeAnswer& item : page.items) {
    const auto found = answers.find(item.id);
    if (item.kind != "activity" || item.operation == Operation::delete_ || found == answers.end()) continue;
    item.etag = found->second.etag;
    item.activity = std::move(found->second);
  }
}

std::optional<std::string> present(const std::string& text) { return text.empty() ? std::nullopt : std::optional(text); }

}  // namespace

Result<ChangesAnswer> read_changes(Snapshot& snapshot, const people::Actor& actor, const ChangesRequest& request, Instant now) {
  const places::Tree tree = places::read_tree(snapshot, china_date(now));
  if (request.place && !people::may(actor, people::Verb::read_place, tree.place_and_ancestors(*request.place))) {
    return Problem(ProblemCode::not_found);
  }
  changes::Filter filter;
  filter.scopes = scopes_of(actor, tree);
  if (request.campaign) filter.campaign = request.campaign->text();
  if (request.place) filter.place = request.place->text();
  filter.rights = std::to_string(actor.rights_version);
  const std::optional<std::string_view> since = request.since ? std::optional<std::string_view>(*request.since) : std::nullopt;
  const changes::Page changed = changes::since(snapshot, since, filter, request.limit);

  ChangesAnswer page;
  page.cursor = changed.cursor;
  page.reset = changed.reset;
  page.more = changed.more;
  page.server_time = now;
  for (const changes::Change& change : changed.items) {
    ChangeAnswer item;
    item.kind = change.kind;
    item.id = change.id;
    item.operation = change.deleted ? Operation::delete_ : Operation::put;
    item.campaign = present(change.campaign);
    item.place = present(change.place);
    page.items.push_back(std::move(item));
  }
  add_activities(snapshot, actor, page, now);
  return page;
}

}  // namespace wujin::feed
