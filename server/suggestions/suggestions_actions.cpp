#include "suggestions/suggestions_actions.h"

#include <map>
#include <set>
#include <utility>

#include "audit/trail.h"
#include "base/described_enum.h"
#include "base/json.h"
#include "people/may.h"
#include "places/place_store.h"

namespace wujin::suggestions {
namespace {

using people::Actor;
using people::Verb;

// What the trail keeps of a suggestion: never a word of its text or its answer.
struct Traced {
  State state = State::open;
  std::optional<SetAsideReason> reason;
};
BOOST_DESCRIBE_STRUCT(Traced, (), (state, reason))

std::string traced(const Suggestion& suggestion) { return encode_json(Traced{suggestion.state, suggestion.reason}); }

audit::Entry entry_about(std::string verb, const Suggestion& suggestion, Instant now) {
  audit::Entry entry;
  entry.at = now;
  entry.town = suggestion.town.text();
  entry.verb = std::move(verb);
  entry.kind = "suggestion";
  entry.record = suggestion.id.to_string();
  entry.place = suggestion.place.text();
  entry.after = traced(suggestion);
  return entry;
}

// The place of a box as it stands today; nothing for a place without one.
const places::Place* place_of_box(const places::Tree& tree, const PlaceId& id) {
  const places::Place* place = tree.find(id);
  return place != nullptr && has_box(place->kind) && tree.town_of(id) != nullptr ? place : nullptr;
}

Problem full_until_tomorrow(Instant now) {
  const auto wait = std::chrono::ceil<std::chrono::seconds>(end_of(china_date(now)) - now);
  return {ProblemCode::too_many_requests, {{"seconds", std::to_string(wait.count())}}};
}

std::map<PlaceId, BoxStanding> standings(Snapshot& snapshot, const std::set<PlaceId>& towns) {
  std::map<PlaceId, BoxStanding> found;
  for (const PlaceId& town : towns) {
    for (const BoxCount& count : count_of_town(snapshot, town)) {
      BoxStanding& standing = found[count.place];
      switch (count.state) {
        case State::open:
          standing.open = count.suggestions;
          standing.waiting_since = count.oldest;
          break;
        case State::answered:
          standing.answered = count.suggestions;
          break;
        case State::set_aside:
          standing.set_aside = count.suggestions;
          break;
      }
    }
  }
  return found;
}

}  // namespace

const PlaceId& keeper_of(const places::Tree& tree, const Suggestion& suggestion) {
  return tree.find(suggestion.place) != nullptr ? suggestion.place : suggestion.town;
}

bool may_read(const Actor& actor, const places::Tree& tree, const PlaceId& place) {
  return people::may(actor, Verb::read_suggestions, tree.place_and_ancestors(place));
}

bool may_answer(const Actor& actor, const places::Tree& tree, const PlaceId& place) {
  return people::may(actor, Verb::answer_suggestions, tree.place_and_ancestors(place));
}

Result<Box> see_box(Snapshot& snapshot, campaigns::Catalogue& catalogue, const PlaceId& id, Instant now) {
  const places::Tree tree = places::read_tree(snapshot, china_date(now));
  const places::Place* place = place_of_box(tree, id);
  if (place == nullptr) return Problem(ProblemCode::not_found);
  const places::Place* town = tree.town_of(id);
  Box box;
  box.place = id;
  box.place_name = place->name;
  if (town->id != id) box.town_name = town->name;
  for (const auto& bundle : catalogue.all(snapshot)) {
    if (bundle->campaign.town == town->id && !box.title) box.title = bundle->campaign.title;
  }
  return box;
}

Result<Received> put_suggestion(Transaction& transaction, const PlaceId& box, const Id<Suggestion>& id,
                                const NewSuggestion& entered, std::string_view request_id, Instant now) {
  const places::Tree tree = places::read_tree(transaction, china_date(now));
  if (place_of_box(tree, box) == nullptr) return Problem(ProblemCode::not_found);
  const NewSuggestion content = tidied(entered);
  if (const auto checked = check(content); !checked) return checked.error();
  if (auto before = find(transaction, id)) {
    if (!is_same(*before, box, content)) return Problem(ProblemCode::conflict);
    return Received{std::move(*before), false};
  }
  if (count_open_since(transaction, box, start_of(china_date(now))) >= most_unanswered_of_a_day) return full_until_tomorrow(now);
  Suggestion suggestion;
  suggestion.id = id;
  suggestion.town = tree.town_of(box)->id;
  suggestion.place = box;
  suggestion.token = secrets::digest_of(content.token);
  suggestion.text = content.text;
  suggestion.received_at = now;
  if (!insert(transaction, suggestion)) return Problem(ProblemCode::conflict);
  auto entry = entry_about("put_suggestion", suggestion, now);
  entry.request_id = request_id;
  audit::record(transaction, entry);
  return Received{std::move(suggestion), true};
}

Result<Suggestion> suggestion_behind(Snapshot& snapshot, std::string_view token) {
  auto suggestion = find(snapshot, secrets::digest_of(token));
  if (!suggestion) return Problem(ProblemCode::not_found);
  return std::move(*suggestion);
}

Result<std::vector<Suggestion>> list_suggestions(Snapshot& snapshot, const Actor& actor, const Asked& asked, Instant now) {
  const places::Tree tree = places::read_tree(snapshot, china_date(now));
  const places::Place* place = place_of_box(tree, asked.place);
  if (place == nullptr || !may_read(actor, tree, asked.place)) return Problem(ProblemCode::not_found);
  if (place->kind == places::PlaceKind::town) return list_of_town(snapshot, asked.place, asked.state, asked.below, asked.limit);
  return list_of_place(snapshot, asked.place, asked.state, asked.below, asked.limit);
}

Result<Suggestion> read_suggestion(Snapshot& snapshot, const Actor& actor, const Id<Suggestion>& id, Instant now) {
  const places::Tree tree = places::read_tree(snapshot, china_date(now));
  auto suggestion = find(snapshot, id);
  if (!suggestion || !may_read(actor, tree, keeper_of(tree, *suggestion))) return Problem(ProblemCode::not_found);
  return std::move(*suggestion);
}

Result<Suggestion> settle_suggestion(Transaction& transaction, const Actor& actor, const Id<Suggestion>& id,
                                     const Settlement& entered, const std::optional<std::string>& etag, Instant now) {
  auto before = read_suggestion(transaction, actor, id, now);
  if (!before) return before.error();
  const places::Tree tree = places::read_tree(transaction, china_date(now));
  if (!may_answer(actor, tree, keeper_of(tree, *before))) return Problem(ProblemCode::forbidden);
  const Settlement settlement = tidied(entered);
  if (const auto checked = check(settlement); !checked) return checked.error();
  if (is_same(*before, settlement)) return before;
  if (etag != etag_of(*before)) return Problem(ProblemCode::stale);
  const Suggestion after = settled(*before, settlement, actor.display_name, now);
  update(transaction, after);
  auto entry = entry_about("settle_suggestion", after, now);
  entry.account = actor.account.uuid();
  entry.before = traced(*before);
  entry.request_id = actor.request_id;
  audit::record(transaction, entry);
  return after;
}

Result<std::vector<BoxStanding>> list_boxes(Snapshot& snapshot, const Actor& actor, const PlaceId& place, Instant now) {
  const places::Tree tree = places::read_tree(snapshot, china_date(now));
  std::vector<const places::Place*> readable;
  std::set<PlaceId> towns;
  for (const places::Place* below : tree.subtree(place)) {
    if (place_of_box(tree, below->id) == nullptr) continue;
    if (!people::may(actor, Verb::read_place, tree.place_and_ancestors(below->id))) continue;
    readable.push_back(below);
    towns.insert(tree.town_of(below->id)->id);
  }
  if (readable.empty()) return Problem(ProblemCode::not_found);
  auto found = standings(snapshot, towns);
  std::vector<BoxStanding> boxes;
  boxes.reserve(readable.size());
  for (const places::Place* one : readable) {
    boxes.push_back(found[one->id]);
    boxes.back().place = one->id;
  }
  return boxes;
}

}  // namespace wujin::suggestions
