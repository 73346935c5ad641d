#pragma once

#include <optional>
#include <span>
#include <vector>

#include "database/database.h"
#include "database/migrate.h"
#include "places/place.h"

namespace wujin::places {

std::span<const Migration> migrations();

// The places as they stood on a day. One first known later stands with its first attributes.
Tree read_tree(Snapshot& snapshot, Date day);

// Changes whenever any place does, and never comes again: what was made of their names may be kept under it and the day.
std::string tree_stamp(Snapshot& snapshot);

// Adds what is new and dates what changed from `day` on; the same again changes nothing. A place's kind never changes: another
// kind under a known id throws. Places not named stay, and so do endings.
void write_places(Transaction& transaction, const std::vector<Place>& places, Date day);

// Keeps a place's ending in place of one before; nothing: it stands. Whether it may end is the caller's to judge.
void write_ending(Transaction& transaction, const PlaceId& place, const std::optional<Ending>& ending);

}  // namespace wujin::places
