#pragma once

#include "base/result.h"
#include "campaigns/catalogue.h"
#include "database/database.h"
#include "deadlines/board.h"
#include "deadlines/towns.h"
#include "people/actor.h"

namespace wujin::deadlines {

// The rows the actor may read: a village its own, a station all of its town. Errors: not_found.
Result<Board> read_board(Snapshot& snapshot, campaigns::Catalogue& catalogue, const people::Actor& actor,
                         const CampaignId& campaign, Instant now);

// The campaigns of a year whose whole town the actor may read.
TownsDeadlines read_towns(Snapshot& snapshot, campaigns::Catalogue& catalogue, const people::Actor& actor, int year, Instant now);

// One cell of the board.
struct CellKey {
  CampaignId campaign;
  PlaceId place;
  std::string deadline;
  std::string period;
};

// Exempts the place from it, or lifts the exemption; answers the cell as it stands afterwards. Both may be repeated.
// Errors: not_found (also what does not apply to the place), forbidden, validation (reason).
Result<Cell> exempt_place(Transaction& transaction, campaigns::Catalogue& catalogue, const people::Actor& actor,
                          const CellKey& key, const std::string& reason, Instant now);
Result<Cell> lift_exemption(Transaction& transaction, campaigns::Catalogue& catalogue, const people::Actor& actor,
                            const CellKey& key, Instant now);

// Every place of the campaign's town: for what the program does of itself.
Board town_board(Snapshot& snapshot, const campaigns::Campaign& campaign, const places::Tree& tree, Instant now);

}  // namespace wujin::deadlines
