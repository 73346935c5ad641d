#pragma once

#include <optional>

#include "activities/activities_actions.h"
#include "campaigns/figures.h"

namespace wujin::activities {

// What figures are asked for: of the whole town, or of one place, from one day to another (inclusive).
struct FiguresRequest {
  CampaignId campaign;
  std::optional<PlaceId> place;
  Date from;
  Date to;
};

// Counts what the actor may read: of a village that asks for no place, its own. A point is counted once for each place.
// Errors: not_found; validation at "to" when it is before "from".
Result<campaigns::Figures> read_figures(Snapshot& snapshot, campaigns::Catalogue& catalogue, const people::Actor& actor,
                                        const FiguresRequest& request, Instant now);

}  // namespace wujin::activities
