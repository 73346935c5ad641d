#pragma once

#include <optional>
#include <string>
#include <vector>

#include "database/database.h"
#include "people/actor.h"
#include "places/place.h"
#include "sites/site.h"
#include "sites/sites_store.h"

namespace wujin::sites {

struct Kept {
  Site site;
  bool is_new = false;
};

// Enters a site or edits one. The same content under the same id again is the same outcome; an edit names the version it was
// made from. Errors: validation, forbidden, gone, stale.
Result<Kept> keep_site(Transaction& transaction, const people::Actor& actor, const Id<Site>& id, const SiteChange& change,
                       const std::optional<std::string>& etag, Instant now);

// Removes a site that is no more, and its pictures; the trail keeps what it was. Errors: not_found, gone, stale, forbidden.
Result<> remove_site(Transaction& transaction, const people::Actor& actor, const Id<Site>& id,
                     const std::optional<std::string>& etag, Instant now);

// Errors: not_found (also for what the actor may not read), gone.
Result<Site> read_site(Snapshot& snapshot, const people::Actor& actor, const Id<Site>& id, Instant now);

struct Asked {
  PlaceId place;  // a town stands for all its places
  std::optional<Position> after;
  int limit = 50;
};

// Those the actor may read, by the codes of their places and within each the earliest recorded first. Errors: not_found.
Result<std::vector<Site>> list_sites(Snapshot& snapshot, const people::Actor& actor, const Asked& asked, Instant now);

bool may_change(const people::Actor& actor, const places::Tree& tree, const PlaceId& place);

}  // namespace wujin::sites
