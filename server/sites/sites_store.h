#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "database/database.h"
#include "database/migrate.h"
#include "sites/site.h"

namespace wujin::sites {

std::span<const Migration> migrations();

// The present record, a removed one included; nothing when the id was never used.
std::optional<Site> find(Snapshot& snapshot, const Id<Site>& id);

void insert(Transaction& transaction, const Site& site);
// Replaces what is kept under the site's id; its version must be the next one. A removed one is marked so, at `updated_at`.
void update(Transaction& transaction, const Site& site);

// Where a list stands: at this site.
struct Position {
  PlaceId place;
  Instant recorded_at;
  Id<Site> id;
};

// Those of some places of a town, by place and within each the earliest recorded first, from behind `after`, at most `limit`;
// removed ones are left out.
std::vector<Site> of_places(Snapshot& snapshot, const PlaceId& town, std::span<const PlaceId> places,
                            const std::optional<Position>& after, int limit);

struct SiteCount {
  PlaceId place;
  SiteKind kind = SiteKind::education_site;
  std::int64_t sites = 0;
};
// How many stand in each place of a town now; places with none are left out.
std::vector<SiteCount> count_sites(Snapshot& snapshot, const PlaceId& town);

}  // namespace wujin::sites
