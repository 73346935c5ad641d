#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "database/database.h"
#include "database/migrate.h"
#include "suggestions/suggestion.h"

namespace wujin::suggestions {

std::span<const Migration> migrations();

std::optional<Suggestion> find(Snapshot& snapshot, const Id<Suggestion>& id);
std::optional<Suggestion> find(Snapshot& snapshot, const secrets::TokenDigest& token);

// False, and nothing is written, when the id or the token is in use.
bool insert(Transaction& transaction, const Suggestion& suggestion);
// Replaces text, state, answer, reason and who settled it when; the version must be the next one.
void update(Transaction& transaction, const Suggestion& suggestion);

struct Position {
  Instant received_at;
  Id<Suggestion> id;
};
// Newest first, those below `below`, at most `limit`.
std::vector<Suggestion> list_of_place(Snapshot& snapshot, const PlaceId& place, State state, const std::optional<Position>& below,
                                      int limit);
std::vector<Suggestion> list_of_town(Snapshot& snapshot, const PlaceId& town, State state, const std::optional<Position>& below,
                                     int limit);

struct BoxCount {
  PlaceId place;
  State state = State::open;
  std::int64_t suggestions = 0;
  Instant oldest{};
};
// Of all boxes of a town; what nobody wrote to is left out.
std::vector<BoxCount> count_of_town(Snapshot& snapshot, const PlaceId& town);

// How many of those received since then still wait in a box.
std::int64_t count_open_since(Snapshot& snapshot, const PlaceId& place, Instant since);

}  // namespace wujin::suggestions
