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

// Those of a town, or of one place of it, by place, the earliest recorded first; removed ones are left out.
std::vector<Site> of_town(Snapshot& snapshot, const PlaceId& town, const std::optional<PlaceId>& place);

struct SiteCount {
  PlaceId place;
  SiteKind kind = SiteKind::education_site;
  std::int64_t sites = 0;
};
// How many stand in each place of a town now; places with none are left out.
std::vector<SiteCount> count_sites(Snapshot& snapshot, const PlaceId& town);

}  // namespace wujin::sites
