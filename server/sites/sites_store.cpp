#include "sites/sites_store.h"

#include "base/described_enum.h"
#include "base/json.h"
#include "database/placeholders.h"

namespace wujin::sites {
namespace {

// In the order site_of() reads them.
#define WUJIN_SITE_COLUMNS \
  "id, town, place, kind, name, address, confirmed_on, photos, recorded_at, updated_at, version, deleted_at"

Site site_of(const Row& row) {
  Site site;
  site.id = row.id<Site>(0);
  site.town = row.key<places::Place>(1);
  site.place = row.key<places::Place>(2);
  site.kind = enum_of<SiteKind>(row.text(3));
  site.name = row.string(4);
  site.address = row.maybe(5, &Row::string);
  site.confirmed_on = row.maybe(6, &Row::date);
  site.photos = decode_json<std::vector<Id<Photo>>>(row.text(7)).value();
  site.recorded_at = row.instant(8);
  site.updated_at = row.instant(9);
  site.version = row.integer(10);
  site.deleted = !row.is_null(11);
  return site;
}

std::optional<Instant> deleted_at(const Site& site) { return site.deleted ? std::optional(site.updated_at) : std::nullopt; }

}  // namespace

constexpr auto sql_find = "SELECT " WUJIN_SITE_COLUMNS " FROM sites WHERE id = $1";

std::optional<Site> find(Snapshot& snapshot, const Id<Site>& id) { return snapshot.first(sql_find, {id}, &site_of); }

constexpr auto sql_insert =
    "INSERT INTO sites (" WUJIN_SITE_COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";

void insert(Transaction& transaction, const Site& site) {
  const std::string photos = encode_json(site.photos);
  transaction.execute(sql_insert, {site.id, site.town, site.place, name_of(site.kind), site.name, site.address, site.confirmed_on,
                                   photos, site.recorded_at, site.updated_at, site.version, deleted_at(site)});
}

constexpr auto sql_update =
    "UPDATE sites SET town = $2, place = $3, kind = $4, name = $5, address = $6, confirmed_on = $7, photos = $8, "
    "updated_at = $9, version = $10, deleted_at = $11 WHERE id = $1";

void update(Transaction& transaction, const Site& site) {
  const std::string photos = encode_json(site.photos);
  transaction.execute(sql_update, {site.id, site.town, site.place, name_of(site.kind), site.name, site.address, site.confirmed_on,
                                   photos, site.updated_at, site.version, deleted_at(site)});
}

constexpr auto sql_of_places =
    "SELECT " WUJIN_SITE_COLUMNS " FROM sites WHERE town = $1 AND deleted_at IS NULL AND (place, recorded_at, id) > ($2, $3, $4)";
constexpr auto sql_order = " ORDER BY place, recorded_at, id LIMIT $5";

std::vector<Site> of_places(Snapshot& snapshot, const PlaceId& town, std::span<const PlaceId> places,
                            const std::optional<Position>& after, int limit) {
  std::vector<Site> sites;
  if (places.empty()) return sites;
  const Position from = after.value_or(Position());
  std::vector<Value> values = {town, from.place, from.recorded_at, from.id, limit};
  const std::string among = " AND place IN (" + placeholders(values.size() + 1, places.size()) + ")";
  values.insert(values.end(), places.begin(), places.end());
  snapshot.each(sql_of_places + among + sql_order, values, [&](const Row& row) { sites.push_back(site_of(row)); });
  return sites;
}

constexpr auto sql_count =
    "SELECT place, kind, COUNT(*) FROM sites WHERE town = $1 AND deleted_at IS NULL GROUP BY place, kind ORDER BY place, kind";

std::vector<SiteCount> count_sites(Snapshot& snapshot, const PlaceId& town) {
  std::vector<SiteCount> counts;
  snapshot.each(sql_count, {town}, [&](const Row& row) {
    counts.push_back({row.key<places::Place>(0), enum_of<SiteKind>(row.text(1)), row.integer(2)});
  });
  return counts;
}

}  // namespace wujin::sites
