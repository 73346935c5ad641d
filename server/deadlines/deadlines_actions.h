#pragma once

#include "base/result.h"
#include "campaigns/catalogue.h"
#include "database/database.h"
#include "deadlines/board.h"
#include "people/actor.h"

namespace wujin::deadlines {

// The rows the actor may read: a village its own, a station all of its town. Errors: not_found.
Result<Board> read_board(Snapshot& snapshot, campaigns::Catalogue& catalogue, const people::Actor& actor,
                         const CampaignId& campaign, Instant now);

}  // namespace wujin::deadlines
