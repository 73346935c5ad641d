#include "sites/site_owners.h"

#include "places/place_store.h"
#include "sites/sites_actions.h"
#include "sites/sites_store.h"

namespace wujin::sites {

std::vector<photos::OwnerFacts> SiteOwners::describe(Snapshot& snapshot, const people::Actor& actor,
                                                     std::span<const Uuid> owners) const {
  std::vector<photos::OwnerFacts> facts;
  const Instant now = clock_.now();
  for (const Uuid& owner : owners) {
    const auto site = read_site(snapshot, actor, Id<Site>(owner), now);
    if (!site) continue;
    const auto tree = places::read_tree(snapshot, china_date(now));
    facts.push_back({owner, site->place, tree.find(site->place)->name, site->name, china_date(site->recorded_at)});
  }
  return facts;
}

bool SiteOwners::may_write(Snapshot& snapshot, const people::Actor& actor, const Uuid& owner) const {
  const auto site = find(snapshot, Id<Site>(owner));
  return site && !site->deleted && may_change(actor, places::read_tree(snapshot, china_date(clock_.now())), site->place);
}

// Nobody keeps a copy of sites: the change feed need not tell of them.
std::string SiteOwners::touch(Transaction& transaction, const Uuid& owner, Instant /*now*/) const {
  const auto site = find(transaction, Id<Site>(owner));
  return site && !site->deleted ? site->town.text() : "";
}

}  // namespace wujin::sites
