#include "campaigns/ending_actions.h"

#include <algorithm>

#include "audit/trail.h"
#include "base/json.h"
#include "base/text.h"
#include "changes/feed.h"
#include "people/may.h"
#include "places/ending.h"
#include "places/place_store.h"

namespace wujin::campaigns {
namespace {

using people::Verb;
using places::Ending;
using places::Place;

// How far ahead an ending may be known: past it lies a mistyped year.
constexpr int most_days_ahead = 366;

struct OpenPlace {
  places::Tree tree;
  Place place;
};

Result<OpenPlace> open_to_end(Snapshot& snapshot, const people::Actor& actor, const PlaceId& id, Instant now) {
  places::Tree tree = places::read_tree(snapshot, china_date(now));
  const Place* place = tree.find(id);
  const auto path = tree.place_and_ancestors(id);
  if (place == nullptr || !people::may(actor, Verb::see_place, path)) return Problem(ProblemCode::not_found);
  if (!people::may(actor, Verb::end_place, path)) return Problem(ProblemCode::forbidden);
  return OpenPlace{tree, *place};
}

// The first day on which a town's places were asked for anything; without a campaign, today.
Date first_day_asked(Snapshot& snapshot, Catalogue& catalogue, const std::optional<PlaceId>& town, Date today) {
  Date first = today;
  for (const auto& bundle : catalogue.all(snapshot)) {
    if (bundle->campaign.town == town) first = std::min(first, bundle->campaign.starts_on);
  }
  return first;
}

void write_and_note(Transaction& transaction, const people::Actor& actor, const Place& before, const std::optional<Ending>& after,
                    Instant now) {
  places::write_ending(transaction, before.id, after);
  audit::Entry entry;
  entry.at = now;
  entry.town = before.parent->text();
  entry.account = actor.account.uuid();
  entry.verb = after ? "end_place" : "take_back_ending";
  entry.kind = "place";
  entry.record = entry.place = before.id.text();
  if (before.ending) entry.before = encode_json(*before.ending);
  if (after) entry.after = encode_json(*after);
  entry.request_id = actor.request_id;
  audit::record(transaction, entry);
  changes::record(transaction, {entry.town, "", "", "place", before.id.text(), false}, now);
}

}  // namespace

Result<Place> end_place(Transaction& transaction, Catalogue& catalogue, const people::Actor& actor, const PlaceId& id,
                        const EndingRequest& request, Instant now) {
  const auto open = open_to_end(transaction, actor, id, now);
  if (!open) return open.error();
  const Ending ending{request.on, request.into, std::string(trimmed(request.reason))};
  const Date today = china_date(now);
  const Date low = first_day_asked(transaction, catalogue, open->place.parent, today);
  const auto checked = places::check(ending, open->place, open->tree, low, plus_days(today, most_days_ahead));
  if (!checked) return checked.error();
  if (open->place.ending != ending) write_and_note(transaction, actor, open->place, ending, now);
  Place after = open->place;
  after.ending = ending;
  return after;
}

Result<Place> take_back_ending(Transaction& transaction, const people::Actor& actor, const PlaceId& id, Instant now) {
  const auto open = open_to_end(transaction, actor, id, now);
  if (!open) return open.error();
  if (open->place.ending) write_and_note(transaction, actor, open->place, std::nullopt, now);
  Place after = open->place;
  after.ending.reset();
  return after;
}

}  // namespace wujin::campaigns
