#include "sites/sites_actions.h"

#include "audit/trail.h"
#include "base/json.h"
#include "people/may.h"
#include "places/ending.h"
#include "places/place_store.h"

namespace wujin::sites {
namespace {

using people::Actor;
using people::Verb;

bool may_read(const Actor& actor, const places::Tree& tree, const PlaceId& place) {
  return people::may(actor, Verb::read_place, tree.place_and_ancestors(place));
}

std::string trail_of(const Site* site) { return site == nullptr ? "" : encode_json(static_cast<const SiteContent&>(*site)); }

void note_change(Transaction& transaction, const Actor& actor, const Site* before, const Site* after, Instant now) {
  const Site& site = after != nullptr ? *after : *before;
  audit::Entry entry;
  entry.at = now;
  entry.town = site.town.text();
  entry.account = actor.account.uuid();
  entry.verb = after == nullptr ? "remove_site" : "keep_site";
  entry.kind = "site";
  entry.record = site.id.to_string();
  entry.place = site.place.text();
  entry.before = trail_of(before);
  entry.after = trail_of(after);
  entry.request_id = actor.request_id;
  audit::record(transaction, entry);
}

// A site's pictures are compared with those of other sites only: they belong to no campaign.
Result<> claim_photos(Transaction& transaction, const Actor& actor, const Site& site, const SiteChange& change, Instant now) {
  return photos::claim(transaction, actor, site.id.uuid(), "", change.photos, now);
}

Site filled(Site site, const SiteChange& change, const PlaceId& town) {
  static_cast<SiteContent&>(site) = static_cast<const SiteContent&>(change);
  site.town = town;
  site.photos.clear();
  for (const photos::Claim& photo : change.photos) site.photos.push_back(photo.id);
  return site;
}

}  // namespace

bool may_change(const Actor& actor, const places::Tree& tree, const PlaceId& place) {
  return people::may(actor, Verb::keep_sites, tree.place_and_ancestors(place));
}

Result<Kept> keep_site(Transaction& transaction, const Actor& actor, const Id<Site>& id, const SiteChange& entered,
                       const std::optional<std::string>& etag, Instant now) {
  const Date today = china_date(now);
  const places::Tree tree = places::read_tree(transaction, today);
  const auto before = find(transaction, id);
  if (before && !may_change(actor, tree, before->place)) return Problem(ProblemCode::forbidden);
  if (before && before->deleted) return Problem(ProblemCode::gone);
  const places::Place* place = tree.find(entered.place);
  if (place == nullptr || !places::is_of_village_level(place->kind))
    return Problem::at("place", ProblemCode::unknown_choice, {{"value", entered.place.text()}});
  if (!may_change(actor, tree, entered.place)) return Problem(ProblemCode::forbidden);
  const SiteChange change = tidied(entered);
  if (const auto checked = check(change, today); !checked) return checked.error();
  if (!before || before->place != change.place) {
    if (const auto stands = places::check_stands(*place, tree, today, "place"); !stands) return stands.error();
  }
  if (before && is_same(*before, change)) return Kept{*before, false};
  if (before && etag != etag_of(*before)) return Problem(ProblemCode::stale);
  Site after = filled(before.value_or(Site()), change, tree.town_of(entered.place)->id);
  after.id = id;
  after.updated_at = now;
  if (const auto claimed = claim_photos(transaction, actor, after, change, now); !claimed) return claimed.error();
  if (before) {
    after.version = before->version + 1;
    update(transaction, after);
  } else {
    after.recorded_at = now;
    insert(transaction, after);
  }
  note_change(transaction, actor, before ? &*before : nullptr, &after, now);
  return Kept{std::move(after), !before};
}

Result<> remove_site(Transaction& transaction, const Actor& actor, const Id<Site>& id, const std::optional<std::string>& etag,
                     Instant now) {
  const places::Tree tree = places::read_tree(transaction, china_date(now));
  const auto before = find(transaction, id);
  if (!before || !may_read(actor, tree, before->place)) return Problem(ProblemCode::not_found);
  if (!may_change(actor, tree, before->place)) return Problem(ProblemCode::forbidden);
  if (before->deleted) return Problem(ProblemCode::gone);
  if (etag && *etag != etag_of(*before)) return Problem(ProblemCode::stale);
  photos::release_all(transaction, id.uuid(), now);
  Site after = *before;
  after.photos.clear();
  after.deleted = true;
  after.updated_at = now;
  after.version = before->version + 1;
  update(transaction, after);
  note_change(transaction, actor, &*before, nullptr, now);
  return {};
}

Result<Site> read_site(Snapshot& snapshot, const Actor& actor, const Id<Site>& id, Instant now) {
  auto site = find(snapshot, id);
  if (!site || !may_read(actor, places::read_tree(snapshot, china_date(now)), site->place))
    return Problem(ProblemCode::not_found);
  if (site->deleted) return Problem(ProblemCode::gone);
  return std::move(*site);
}

Result<std::vector<Site>> list_sites(Snapshot& snapshot, const Actor& actor, const Asked& asked, Instant now) {
  const places::Tree tree = places::read_tree(snapshot, china_date(now));
  const places::Place* town = tree.town_of(asked.place);
  if (town == nullptr) return Problem(ProblemCode::not_found);
  std::vector<PlaceId> readable;
  for (const places::Place* place : tree.subtree(asked.place)) {
    if (may_read(actor, tree, place->id)) readable.push_back(place->id);
  }
  if (readable.empty()) return Problem(ProblemCode::not_found);
  return of_places(snapshot, town->id, readable, asked.after, asked.limit);
}

}  // namespace wujin::sites
