#pragma once

#include <span>
#include <vector>

#include "database/database.h"
#include "database/migrate.h"
#include "places/place.h"

namespace wujin::places {

std::span<const Migration> migrations();

// The places as they stood on a day. One first known later stands with its first attributes.
Tree read_tree(Snapshot& snapshot, Date day);

// Adds what is new and dates what changed from `day` on; the same again changes nothing. A place's kind never changes: another
// kind under a known id throws. Places not named stay.
void write_places(Transaction& transaction, const std::vector<Place>& places, Date day);

}  // namespace wujin::places
