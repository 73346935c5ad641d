#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "campaigns/catalogue.h"
#include "database/database.h"
#include "people/actor.h"
#include "suggestions/suggestion.h"
#include "suggestions/suggestions_store.h"

namespace wujin::suggestions {

// ── for everybody ──

// What a stranger is told of a box.
struct Box {
  PlaceId place;
  std::string place_name;
  std::optional<std::string> town_name;  // nothing when it is the town's own
  std::optional<std::string> title;      // of the town's newest campaign
};
// Errors: not_found.
Result<Box> see_box(Snapshot& snapshot, campaigns::Catalogue& catalogue, const PlaceId& place, Instant now);

struct Received {
  Suggestion suggestion;
  bool is_new = false;
};
// Puts a suggestion into a box; the same again is the same outcome. The trail tells that one came, not what it says. Errors:
// validation, not_found, conflict (the id or the token stands for another one), too_many_requests until the day is over.
Result<Received> put_suggestion(Transaction& transaction, const PlaceId& box, const Id<Suggestion>& id,
                                const NewSuggestion& entered, std::string_view request_id, Instant now);

// Errors: not_found.
Result<Suggestion> suggestion_behind(Snapshot& snapshot, std::string_view token);

// ── for the staff of a place and its town ──

struct Asked {
  PlaceId place;  // a town stands for itself and its places
  State state = State::open;
  std::optional<Position> below;
  int limit = 0;
};
// Newest first. Errors: not_found (also for whose texts the actor may not read).
Result<std::vector<Suggestion>> list_suggestions(Snapshot& snapshot, const people::Actor& actor, const Asked& asked, Instant now);

// Answers one or sets it aside, from the version `etag` names. The same again is the same outcome. Errors: validation, not_found,
// forbidden, stale.
Result<Suggestion> settle_suggestion(Transaction& transaction, const people::Actor& actor, const Id<Suggestion>& id,
                                     const Settlement& entered, const std::optional<std::string>& etag, Instant now);

// Errors: not_found (also for what the actor may not read).
Result<Suggestion> read_suggestion(Snapshot& snapshot, const people::Actor& actor, const Id<Suggestion>& id, Instant now);

// Whose box it lies in: a place that is no more leaves its box to its town.
const PlaceId& keeper_of(const places::Tree& tree, const Suggestion& suggestion);
bool may_read(const people::Actor& actor, const places::Tree& tree, const PlaceId& place);
bool may_answer(const people::Actor& actor, const places::Tree& tree, const PlaceId& place);

// ── for whoever reads the records of a place ──

// How a box stands: places are counted, persons never.
struct BoxStanding {
  PlaceId place;
  std::int64_t open = 0;
  std::int64_t answered = 0;
  std::int64_t set_aside = 0;
  std::optional<Instant> waiting_since;
};
// The boxes of a place and of all below it that the actor may read of, by order. Errors: not_found.
Result<std::vector<BoxStanding>> list_boxes(Snapshot& snapshot, const people::Actor& actor, const PlaceId& place, Instant now);

}  // namespace wujin::suggestions
