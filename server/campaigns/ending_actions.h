#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "campaigns/catalogue.h"
#include "database/database.h"
#include "people/actor.h"
#include "places/place.h"

// A place that is merged or dissolved in mid-campaign. It stands in this room because a campaign says from when anything is asked
// of places.
namespace wujin::campaigns {

// What a person enters.
struct EndingRequest {
  Date on;                      // the last day on which it stands
  std::optional<PlaceId> into;  // none: dissolved
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(EndingRequest, (), (on, into, reason))

// Keeps how a place ends, in place of what was said before; the same again changes nothing. What was recorded there stays there.
// A day may lie from the first day of the town's first campaign to a year ahead. Errors: not_found, forbidden, and those of
// places::check().
Result<places::Place> end_place(Transaction& transaction, Catalogue& catalogue, const people::Actor& actor, const PlaceId& place,
                                const EndingRequest& request, Instant now);

// The place stands after all; nothing to take back is no error. Errors: not_found, forbidden.
Result<places::Place> take_back_ending(Transaction& transaction, const people::Actor& actor, const PlaceId& place, Instant now);

}  // namespace wujin::campaigns
