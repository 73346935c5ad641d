#include "plans/open_plan.h"

#include "handins/handins_store.h"
#include "people/may.h"
#include "places/place_store.h"
#include "plans/plans_store.h"

namespace wujin::plans {
namespace {

std::string etag_of(const OpenPlan& plan) {
  std::string tag = "\"p" + std::to_string(plan.head.version);
  if (!plan.versions.empty()) {
    tag += "." + std::to_string(plan.versions.size()) + "-" + std::to_string(static_cast<int>(plan.versions.back().state));
  }
  return tag + "\"";
}

}  // namespace

Result<OpenPlan> open_plan(Snapshot& snapshot, campaigns::Catalogue& catalogue, const people::Actor& actor, const PlanKey& key,
                           Instant now) {
  OpenPlan plan;
  plan.bundle = catalogue.latest(snapshot, key.campaign);
  if (plan.bundle == nullptr) return Problem(ProblemCode::not_found);
  const campaigns::Campaign& campaign = plan.campaign();
  plan.tree = places::read_tree(snapshot, china_date(now));
  const places::Place* place = plan.tree.find(key.place);
  plan.path = plan.tree.place_and_ancestors(key.place);
  if (place == nullptr || !plan.tree.is_within(key.place, campaign.town) ||
      !people::may(actor, people::Verb::read_place, plan.path)) {
    return Problem(ProblemCode::not_found);
  }
  plan.place = *place;
  plan.subject = {campaign.id, campaign.town, key.place, campaigns::Deliverable::plan, std::to_string(campaign.year)};
  plan.due = campaigns::due_of(campaign, campaigns::Deliverable::plan, *place);
  if (plan.due) plan.subject.period = plan.due->period;
  plan.head = find_head(snapshot, key.campaign, key.place);
  plan.rows = rows_of(snapshot, key.campaign, key.place);
  plan.versions = handins::versions_of(snapshot, plan.subject);
  plan.exemption = handins::exemption_of(snapshot, plan.subject);
  plan.digest = content_digest(plan.rows, plan.head, campaign);
  plan.etag = etag_of(plan);
  return plan;
}

Result<std::vector<PlaceId>> readable_plans(Snapshot& snapshot, campaigns::Catalogue& catalogue, const people::Actor& actor,
                                            const CampaignId& campaign, Instant now) {
  const auto bundle = catalogue.latest(snapshot, campaign);
  if (bundle == nullptr) return Problem(ProblemCode::not_found);
  const places::Tree tree = places::read_tree(snapshot, china_date(now));
  std::vector<PlaceId> readable;
  for (const places::Place* place : tree.subtree(bundle->campaign.town)) {
    if (people::may(actor, people::Verb::read_place, tree.place_and_ancestors(place->id))) readable.push_back(place->id);
  }
  if (readable.empty()) return Problem(ProblemCode::not_found);
  return readable;
}

}  // namespace wujin::plans
