#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/calendar.h"
#include "campaigns/catalogue.h"
#include "ledgers/ledgers_store.h"
#include "people/actor.h"
#include "places/place.h"

namespace wujin::ledgers {

// A table to be made: of which campaign, with which columns, named how.
struct Order {
  campaigns::Catalogue::Bundle bundle;
  places::Tree tree;
  Chosen chosen;
};

// Errors: not_found for a campaign the actor may not see.
Result<Order> open_order(Snapshot& snapshot, campaigns::Catalogue& catalogue, const people::Actor& actor,
                         const campaigns::CampaignId& campaign, Ledger ledger, Instant now);

// Chooses the columns of a town's ledger, for everybody there. `if_match` is the etag that was seen, or *.
// Errors: not_found, forbidden, if_match_required, stale, validation at "chosen".
Result<Order> choose_columns(Transaction& transaction, campaigns::Catalogue& catalogue, const people::Actor& actor,
                             const campaigns::CampaignId& campaign, Ledger ledger, const std::vector<std::string>& ids,
                             std::string_view if_match, Instant now);

std::string etag_of(const Chosen& chosen);

// The name of the file, by the campaign's own pattern.
std::string file_name(const Order& order, Ledger ledger, spreadsheets::Format format, Language language);
// The same for the pictures of a month, of one place where one is named.
std::string photos_file_name(const Order& order, Month month, const std::optional<places::PlaceId>& place, Language language);

}  // namespace wujin::ledgers
