#include "campaigns/issue_actions.h"

#include <algorithm>

#include "base/json.h"
#include "campaigns/campaign_answer.h"
#include "places/place_store.h"

namespace wujin::campaigns {
namespace {

using people::Verb;

bool is_issued_from(const Campaign& campaign, const CampaignId& model) {
  return campaign.issue && campaign.issue->model == model;
}

TownStanding standing_of(Snapshot& snapshot, Catalogue& catalogue, const places::Tree& tree, const places::Place& town,
                         const CampaignBundle* issued, Date today) {
  TownStanding standing;
  standing.town = town.id;
  standing.town_name = town.name;
  standing.places = places::count_standing(grounds_of(tree, town.id), today);
  if (issued == nullptr) return standing;
  const Campaign& campaign = issued->campaign;
  standing.campaign = campaign.id;
  standing.campaign_version = campaign.version;
  standing.model_version = campaign.issue->version;
  const auto model = catalogue.version(snapshot, campaign.issue->model, campaign.issue->version);
  const Tightening own = tightening_between(model->campaign, campaign);
  standing.tightened = static_cast<int>(own.deadlines.size() + own.quotas.size());
  standing.replaced_forms = replaced_forms(issued->files);
  return standing;
}

// The campaign of a town that was issued from a model, of all there are; null when it has none.
const CampaignBundle* find_issued(const std::vector<Catalogue::Bundle>& all, const CampaignId& model, const PlaceId& town) {
  const auto found = std::ranges::find_if(all, [&](const Catalogue::Bundle& bundle) {
    return is_issued_from(bundle->campaign, model) && bundle->campaign.town == town;
  });
  return found == all.end() ? nullptr : found->get();
}

// The bundle of files the program made itself: what does not read is a fault of what it was made from.
Result<CampaignBundle> bundle_of(const CampaignId& id, std::map<std::string, std::string> files) {
  const auto outcome = read_campaign(id, std::move(files));
  if (!outcome.bundle) return to_problem(outcome.faults);
  return *outcome.bundle;
}

// For the trail: what the town had before, and what it asked beyond its model.
struct Before {
  int version = 0;
  Issue issue;
  Tightening tightening;
};
BOOST_DESCRIBE_STRUCT(Before, (), (version, issue, tightening))

std::string trail_before(Snapshot& snapshot, Catalogue& catalogue, const Campaign* town) {
  if (town == nullptr) return "";
  const auto model = catalogue.version(snapshot, town->issue->model, town->issue->version);
  return encode_json(Before{town->version, *town->issue, tightening_between(model->campaign, *town)});
}

// What a town is issued of a model; what it made its own of the version it had goes with it.
std::map<std::string, std::string> files_for(Snapshot& snapshot, Catalogue& catalogue, const places::Tree& tree,
                                             const CampaignBundle& model, const PlaceId& town, const CampaignId& id,
                                             const CampaignBundle* before) {
  if (before == nullptr) return issued_files(model, tree, town, {});
  const auto known = catalogue.version(snapshot, model.campaign.id, before->campaign.issue->version);
  const Tightening own = tightening_between(known->campaign, before->campaign);
  auto files = issued_files(model, tree, town, still_tighter(own, model.campaign));
  carry_forms(files, id, model, own_forms(*known, *before), replaced_forms(before->files));
  return files;
}

bool may_tighten(const people::Actor& actor, const places::Tree& tree, const Campaign& campaign) {
  return people::may(actor, Verb::tighten_campaign, tree.place_and_ancestors(campaign.town));
}

}  // namespace

std::vector<ModelStanding> readable_models(Snapshot& snapshot, Catalogue& catalogue, const people::Actor& actor, Instant now) {
  const places::Tree tree = places::read_tree(snapshot, china_date(now));
  const auto all = catalogue.all(snapshot);
  std::vector<ModelStanding> models;
  for (auto& model : catalogue.models(snapshot)) {
    const PlaceId& district = model->campaign.town;
    if (!people::may(actor, Verb::read_place, tree.place_and_ancestors(district))) continue;
    ModelStanding standing{std::move(model), {}};
    for (const places::Place* town : tree.subtree(district)) {
      if (town->kind != PlaceKind::town) continue;
      const CampaignBundle* issued = find_issued(all, standing.model->campaign.id, town->id);
      standing.towns.push_back(standing_of(snapshot, catalogue, tree, *town, issued, china_date(now)));
    }
    models.push_back(std::move(standing));
  }
  return models;
}

Result<Issued> issue_campaign(Transaction& transaction, Catalogue& catalogue, const people::Actor& actor,
                              const CampaignId& model_id, const PlaceId& town_id, const std::vector<InUse>& in_use, Instant now) {
  const places::Tree tree = places::read_tree(transaction, china_date(now));
  const auto model = catalogue.latest_of_either(transaction, model_id);
  const places::Place* town = tree.find(town_id);
  const bool is_known = model && model->campaign.is_model && town != nullptr && town->kind == PlaceKind::town &&
                        tree.is_within(town_id, model->campaign.town);
  if (!is_known || !people::may(actor, Verb::read_place, tree.place_and_ancestors(model->campaign.town)))
    return Problem(ProblemCode::not_found);
  const auto all = catalogue.all(transaction);
  const CampaignBundle* before = find_issued(all, model_id, town_id);
  const CampaignId id = before != nullptr ? before->campaign.id : issued_id(model_id, town_id);
  if (before == nullptr && catalogue.latest_of_either(transaction, id)) return Problem(ProblemCode::conflict);

  const auto bundle = bundle_of(id, files_for(transaction, catalogue, tree, *model, town_id, id, before));
  if (!bundle) return bundle.error();
  const Keeping keeping{&actor, Verb::issue_campaign, "issue_campaign",
                        trail_before(transaction, catalogue, before == nullptr ? nullptr : &before->campaign)};
  const auto kept = keep_version(transaction, catalogue, keeping, *bundle, in_use, now);
  if (!kept) return kept.error();
  const auto issued = catalogue.latest(transaction, id);
  return Issued{standing_of(transaction, catalogue, tree, *town, issued.get(), china_date(now)), before == nullptr};
}

Result<IssuedCampaign> issued_campaign(Snapshot& snapshot, Catalogue& catalogue, const people::Actor& actor, const CampaignId& id,
                                       Instant now) {
  const auto town = visible_campaign(snapshot, catalogue, actor, id, now);
  if (!town) return town.error();
  const Campaign& campaign = (*town)->campaign;
  if (!campaign.issue) return Problem(ProblemCode::not_found);
  const places::Tree tree = places::read_tree(snapshot, china_date(now));
  return IssuedCampaign{*town, catalogue.version(snapshot, campaign.issue->model, campaign.issue->version),
                        may_tighten(actor, tree, campaign)};
}

Result<IssuedCampaign> tighten_campaign(Transaction& transaction, Catalogue& catalogue, const people::Actor& actor,
                                        const CampaignId& id, const Tightening& wanted, const std::optional<std::string>& etag,
                                        const std::vector<InUse>& in_use, Instant now) {
  auto issued = issued_campaign(transaction, catalogue, actor, id, now);
  if (!issued) return issued.error();
  if (!issued->may_tighten) return Problem(ProblemCode::forbidden);
  const Campaign& model = issued->model->campaign;
  if (auto faults = check(wanted, model); !faults.empty()) return Problem::of(std::move(faults));
  auto files = issued->town->files;
  put_tightening(files, still_tighter(wanted, model));
  if (files == issued->town->files) return issued;
  if (etag != etag_of(issued->town->campaign)) return Problem(ProblemCode::stale);

  const auto bundle = bundle_of(id, std::move(files));
  if (!bundle) return bundle.error();
  const Keeping keeping{&actor, Verb::tighten_campaign, "tighten_campaign",
                        trail_before(transaction, catalogue, &issued->town->campaign)};
  const auto kept = keep_version(transaction, catalogue, keeping, *bundle, in_use, now);
  if (!kept) return kept.error();
  return issued_campaign(transaction, catalogue, actor, id, now);
}

}  // namespace wujin::campaigns
