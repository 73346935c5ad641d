#include "campaigns/campaigns_actions.h"

#include <algorithm>
#include <map>

#include "audit/trail.h"
#include "base/json.h"
#include "campaigns/campaigns_store.h"
#include "campaigns/due.h"
#include "campaigns/tightening.h"
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
  for (const auto& named : identifiers_of(before)) {
    if (std::ranges::count(kept, named) > 0) continue;
    const auto is_used = [&](const InUse& used) { return used(transaction, before.id, named.first, named.second); };
    if (!std::ranges::any_of(in_use, is_used)) continue;
    const std::string list = boost::describe::enum_to_string(named.first, "");
    faults.push_back({"campaign.toml " + list, ProblemCode::identifier_in_use, {{"value", named.second}}});
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
    if (known && places::is_same_listed(*known, place)) continue;
    const auto* town = after.town_of(place.id);
    changes::record(transaction, {town ? town->id.text() : "", "", "", "place", place.id.text(), false}, now);
  }
}

// One thing owed whose last day on time, grace counted, is another than before; without a day it was not owed, or is no longer.
struct MovedDue {
  std::string deadline;
  std::string period;
  std::optional<Date> from;
  std::optional<Date> to;
};
BOOST_DESCRIBE_STRUCT(MovedDue, (), (deadline, period, from, to))

using LastDays = std::map<std::pair<std::string, std::string>, Date>;  // by deadline and period

LastDays last_days_of(const Campaign& campaign) {
  LastDays days;
  for (const Deadline& deadline : campaign.deadlines) {
    for (const Due& due : dues(campaign, deadline))
      days.emplace(std::pair(deadline.id, due.period), plus_days(due.due_on, deadline.grace_days));
  }
  return days;
}

std::vector<MovedDue> moved_dues(const Campaign& before, const Campaign& after) {
  const LastDays old = last_days_of(before), fresh = last_days_of(after);
  LastDays all = old;
  all.insert(fresh.begin(), fresh.end());
  const auto day_in = [](const LastDays& days, const LastDays::key_type& key) {
    const auto found = days.find(key);
    return found == days.end() ? std::nullopt : std::optional(found->second);
  };
  std::vector<MovedDue> moved;
  for (const auto& [key, any] : all) {
    const auto from = day_in(old, key), to = day_in(fresh, key);
    if (from != to) moved.push_back({key.first, key.second, from, to});
  }
  return moved;
}

// What the trail tells of a version.
struct VersionTrail {
  int version = 0;
  std::string digest;
  std::optional<Issue> issue;
  std::optional<Tightening> tightening;
  std::optional<std::vector<MovedDue>> moved_dues;  // of one that follows another
};
BOOST_DESCRIBE_STRUCT(VersionTrail, (), (version, digest, issue, tightening, moved_dues))

VersionTrail trail_of(const Campaign& campaign, const Campaign* before, const Campaign* model, const std::string& digest) {
  VersionTrail trail{before == nullptr ? 1 : before->version + 1, digest, campaign.issue, {}, {}};
  if (model != nullptr) trail.tightening = tightening_between(*model, campaign);
  if (before != nullptr) trail.moved_dues = moved_dues(*before, campaign);
  return trail;
}

void note_version(Transaction& transaction, const Keeping& keeping, const Campaign& campaign, const VersionTrail& trail,
                  Instant now) {
  audit::Entry entry;
  entry.at = now;
  entry.town = campaign.town.text();
  if (keeping.actor != nullptr) entry.account = keeping.actor->account.uuid();
  if (keeping.actor != nullptr) entry.request_id = keeping.actor->request_id;
  entry.verb = keeping.verb;
  entry.kind = "campaign";
  entry.record = campaign.id.text();
  entry.before = keeping.before;
  entry.after = encode_json(trail);
  audit::record(transaction, entry);
  changes::record(transaction, {campaign.town.text(), campaign.id.text(), "", "campaign", campaign.id.text(), false}, now);
}

bool may_see(const people::Actor& actor, const Campaign& campaign, const places::Tree& tree) {
  if (people::may(actor, people::Verb::see_place, tree.place_and_ancestors(campaign.town))) return true;
  const auto scopes = people::scopes(actor, people::Verb::see_place);
  return std::ranges::any_of(scopes, [&](const people::Scope& scope) { return tree.is_within(scope.place, campaign.town); });
}

// A folder loaded over what a district issued: the town's own words, still held to the model.
Result<CampaignBundle> still_issued(const CampaignBundle& before, const CampaignBundle& loaded) {
  if (loaded.campaign.town != before.campaign.town)
    return Problem::at("campaign.toml campaign.town", ProblemCode::invalid, {{"expected", before.campaign.town.text()}});
  auto files = loaded.files;
  files[issue_file] = before.files.at(issue_file);
  const auto outcome = read_campaign(loaded.campaign.id, std::move(files));
  if (!outcome.bundle) return to_problem(outcome.faults);
  return *outcome.bundle;
}

// The model a campaign was issued from, as it was then; null for one that was not issued.
Catalogue::Bundle model_of(Snapshot& snapshot, Catalogue& catalogue, const Campaign& campaign) {
  return campaign.issue ? catalogue.version(snapshot, campaign.issue->model, campaign.issue->version) : nullptr;
}

Result<> check_against(const Campaign& model, const Campaign& town) {
  std::vector<Fault> faults;
  for (const Loosening& loosening : loosened(model, town)) {
    std::string field = "campaign.toml " + std::string(boost::describe::enum_to_string(loosening.list, "")) + " " + loosening.id;
    if (!loosening.member.empty()) field += "." + loosening.member;
    faults.push_back(fault_of(loosening, std::move(field)));
  }
  if (!faults.empty()) return Problem::of(std::move(faults));
  return {};
}

}  // namespace

Result<Kept> keep_campaign(Transaction& transaction, Catalogue& catalogue, const std::optional<people::Actor>& actor,
                           const CampaignBundle& bundle, const std::vector<InUse>& in_use, Instant now) {
  Keeping keeping;
  if (actor) keeping.actor = &*actor;
  return keep_version(transaction, catalogue, keeping, bundle, in_use, now);
}

Result<Kept> keep_version(Transaction& transaction, Catalogue& catalogue, const Keeping& keeping, const CampaignBundle& bundle,
                          const std::vector<InUse>& in_use, Instant now) {
  const auto& campaign = bundle.campaign;
  if (keeping.actor != nullptr) {
    const auto path = places::read_tree(transaction, china_date(now)).place_and_ancestors(campaign.town);
    if (!people::may(*keeping.actor, keeping.right, path)) return Problem(ProblemCode::forbidden);
  }
  const auto before = catalogue.latest_of_either(transaction, campaign.id);
  if (before && before->campaign.issue && !campaign.issue) {
    const auto issued = still_issued(*before, bundle);
    if (!issued) return issued.error();
    return keep_version(transaction, catalogue, keeping, *issued, in_use, now);
  }
  const auto digest = digest_of(bundle);
  if (before && latest_version(transaction, campaign.id)->digest == digest) return Kept{before->campaign.version, false};
  const auto model = model_of(transaction, catalogue, campaign);
  if (model) {
    if (const auto checked = check_against(model->campaign, campaign); !checked) return checked.error();
  }
  if (before) {
    if (const auto checked = check_dropped(transaction, before->campaign, campaign, in_use); !checked) return checked.error();
  }
  const auto trail = trail_of(campaign, before ? &before->campaign : nullptr, model ? &model->campaign : nullptr, digest);
  insert_version(transaction, bundle, trail.version, digest, now);
  write_and_note(transaction, bundle.places, now);
  note_version(transaction, keeping, campaign, trail, now);
  return Kept{trail.version, true};
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

std::vector<Catalogue::Bundle> readable_towns(Snapshot& snapshot, Catalogue& catalogue, const people::Actor& actor,
                                              const places::Tree& tree, int year) {
  auto bundles = catalogue.all(snapshot);
  std::erase_if(bundles, [&](const Catalogue::Bundle& bundle) {
    const auto path = tree.place_and_ancestors(bundle->campaign.town);
    return bundle->campaign.year != year || !people::may(actor, people::Verb::read_place, path);
  });
  std::ranges::stable_sort(bundles, {}, [&](const Catalogue::Bundle& bundle) {
    const places::Place& town = *tree.find(bundle->campaign.town);
    return std::pair(town.order, town.code);
  });
  return bundles;
}

std::vector<const places::Place*> grounds_of(const places::Tree& tree, const PlaceId& town) {
  auto places = tree.subtree(town);
  std::erase_if(places, [](const places::Place* place) { return !places::is_of_village_level(place->kind); });
  return places;
}

Result<Catalogue::Bundle> visible_campaign(Snapshot& snapshot, Catalogue& catalogue, const people::Actor& actor,
                                           const CampaignId& id, Instant now) {
  auto bundle = catalogue.latest(snapshot, id);
  if (!bundle || !may_see(actor, bundle->campaign, places::read_tree(snapshot, china_date(now))))
    return Problem(ProblemCode::not_found);
  return bundle;
}

}  // namespace wujin::campaigns
