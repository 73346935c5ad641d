#include "campaigns/campaigns_actions.h"

#include <algorithm>

#include "audit/trail.h"
#include "campaigns/campaigns_store.h"
#include "changes/feed.h"
#include "people/may.h"
#include "places/place_store.h"

namespace wujin::campaigns {
namespace {

using Identifiers = std::vector<std::pair<IdentifierKind, std::string>>;

template <class Record>
void gather(Identifiers& all, IdentifierKind kind, const std::vector<Record>& records) {
  for (const auto& record : records) all.emplace_back(kind, record.id);
}

// Everything of a campaign that records may name.
Identifiers identifiers_of(const Campaign& campaign) {
  Identifiers all;
  gather(all, IdentifierKind::entry, campaign.entries);
  gather(all, IdentifierKind::kind, campaign.kinds);
  gather(all, IdentifierKind::form, campaign.forms);
  gather(all, IdentifierKind::audience, campaign.audiences);
  gather(all, IdentifierKind::topic, campaign.topics);
  gather(all, IdentifierKind::setting, campaign.settings);
  gather(all, IdentifierKind::sector, campaign.sectors);
  gather(all, IdentifierKind::work_item, campaign.work_items);
  gather(all, IdentifierKind::deadline, campaign.deadlines);
  return all;
}

Result<> check_dropped(Transaction& transaction, const Campaign& before, const Campaign& after,
                       const std::vector<InUse>& in_use) {
  const auto kept = identifiers_of(after);
  std::vector<Fault> faults;
  for (const auto& [kind, id] : identifiers_of(before)) {
    if (std::ranges::count(kept, std::pair(kind, id)) > 0) continue;
    const auto is_used = [&](const InUse& used) { return used(transaction, before.id, kind, id); };
    if (!std::ranges::any_of(in_use, is_used)) continue;
    const std::string list = boost::describe::enum_to_string(kind, "");
    faults.push_back({"campaign.toml " + list, ProblemCode::identifier_in_use, {{"value", id}}});
  }
  if (!faults.empty()) return Problem::of(std::move(faults));
  return {};
}

// Writes places as of today and tells the feed which of them read otherwise than before.
void write_and_note(Transaction& transaction, const std::vector<places::Place>& places, Instant now) {
  const auto today = china_date(now);
  const auto before = places::read_tree(transaction, today);
  places::write_places(transaction, places, today);
  const auto after = places::read_tree(transaction, today);
  for (const auto& place : places) {
    const auto* known = before.find(place.id);
    if (known && *known == place) continue;
    const auto* town = after.town_of(place.id);
    changes::record(transaction, {town ? town->id.text() : "", "", "", "place", place.id.text(), false}, now);
  }
}

void note_version(Transaction& transaction, const std::optional<people::Actor>& actor, const Campaign& campaign, const Kept& kept,
                  const std::string& digest, Instant now) {
  audit::Entry entry;
  entry.at = now;
  entry.town = campaign.town.text();
  if (actor) entry.account = actor->account.uuid();
  if (actor) entry.request_id = actor->request_id;
  entry.verb = "keep_campaign";
  entry.kind = "campaign";
  entry.record = campaign.id.text();
  entry.after = "{\"version\":" + std::to_string(kept.version) + ",\"digest\":\"" + digest + "\"}";
  audit::record(transaction, entry);
  changes::record(transaction, {campaign.town.text(), campaign.id.text(), "", "campaign", campaign.id.text(), false}, now);
}

bool may_see(const people::Actor& actor, const Campaign& campaign, const places::Tree& tree) {
  if (people::may(actor, people::Verb::see_place, tree.place_and_ancestors(campaign.town))) return true;
  const auto scopes = people::scopes(actor, people::Verb::see_place);
  return std::ranges::any_of(scopes, [&](const people::Scope& scope) { return tree.is_within(scope.place, campaign.town); });
}

}  // namespace

Result<Kept> keep_campaign(Transaction& transaction, Catalogue& catalogue, const std::optional<people::Actor>& actor,
                           const CampaignBundle& bundle, const std::vector<InUse>& in_use, Instant now) {
  const auto& campaign = bundle.campaign;
  if (actor) {
    const auto path = places::read_tree(transaction, china_date(now)).place_and_ancestors(campaign.town);
    if (!people::may(*actor, people::Verb::load_campaign, path)) return Problem(ProblemCode::forbidden);
  }
  const auto digest = digest_of(bundle);
  const auto latest = latest_version(transaction, campaign.id);
  if (latest && latest->digest == digest) return Kept{latest->version, false};
  if (latest) {
    const auto before = catalogue.latest(transaction, campaign.id);
    if (const auto checked = check_dropped(transaction, before->campaign, campaign, in_use); !checked) return checked.error();
  }
  const Kept kept{latest ? latest->version + 1 : 1, true};
  insert_version(transaction, bundle, kept.version, digest, now);
  write_and_note(transaction, bundle.places, now);
  note_version(transaction, actor, campaign, kept, digest, now);
  return kept;
}

Result<> keep_places(Transaction& transaction, const std::vector<places::Place>& places, Instant now) {
  write_and_note(transaction, places, now);
  return {};
}

std::vector<Catalogue::Bundle> visible_campaigns(Snapshot& snapshot, Catalogue& catalogue, const people::Actor& actor,
                                                 Instant now) {
  const auto tree = places::read_tree(snapshot, china_date(now));
  auto bundles = catalogue.all(snapshot);
  std::erase_if(bundles, [&](const Catalogue::Bundle& bundle) { return !may_see(actor, bundle->campaign, tree); });
  return bundles;
}

Result<Catalogue::Bundle> visible_campaign(Snapshot& snapshot, Catalogue& catalogue, const people::Actor& actor,
                                           const CampaignId& id, Instant now) {
  auto bundle = catalogue.latest(snapshot, id);
  if (!bundle || !may_see(actor, bundle->campaign, places::read_tree(snapshot, china_date(now))))
    return Problem(ProblemCode::not_found);
  return bundle;
}

}  // namespace wujin::campaigns
