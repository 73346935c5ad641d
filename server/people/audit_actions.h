#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "audit/sealer.h"
#include "audit/trail.h"
#include "people/actor.h"
#include "places/place.h"

namespace wujin::people {

// Newest first; an auditor of one town among several sees that town's chain, one at the top of the tree sees all.
Result<std::vector<audit::ListedEntry>> see_trail(const Actor& who, audit::Filter filter, std::optional<std::int64_t> below,
                                                  int limit, Snapshot& snapshot, const places::Tree& tree);

// That the chains were walked, and what came of it.
Result<> note_verification(const Actor& who, bool is_whole, Transaction& transaction, const places::Tree& tree, Instant now);
Result<> may_verify(const Actor& who);

}  // namespace wujin::people
