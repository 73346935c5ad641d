#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "campaigns/catalogue.h"
#include "campaigns/due.h"
#include "handins/handin.h"
#include "people/actor.h"
#include "places/place.h"
#include "plans/plan.h"

namespace wujin::plans {

// Which plan: /plans/{campaign}/{place}.
struct PlanKey {
  CampaignId campaign;
  PlaceId place;
};

// A plan as it stands at one moment: everything its verbs need.
struct OpenPlan {
  campaigns::Catalogue::Bundle bundle;
  places::Tree tree;
  places::Place place;
  std::vector<PlaceId> path;  // the place and its ancestors
  handins::Subject subject;
  PlanHead head;
  std::vector<PlanRow> rows;
  std::vector<handins::Version> versions;
  std::optional<handins::Exemption> exemption;
  std::optional<campaigns::Due> due;
  std::string digest;  // content_digest
  // A sign-off speaks of what the leader saw: one of other content stands no more.
  bool is_signed_off() const { return head.signed_off_at && head.signed_off_digest == digest; }
  std::string etag;  // of head and hand-ins; each row has its own

  const campaigns::Campaign& campaign() const { return bundle->campaign; }
};

// Errors: not_found, also for a place the actor may not read and one outside the campaign's town.
Result<OpenPlan> open_plan(Snapshot& snapshot, campaigns::Catalogue& catalogue, const people::Actor& actor, const PlanKey& key,
                           Instant now);

// The places of a campaign's town whose plans the actor may read, in the order of the division codes. Errors: not_found when
// there is none.
Result<std::vector<PlaceId>> readable_plans(Snapshot& snapshot, campaigns::Catalogue& catalogue, const people::Actor& actor,
                                            const CampaignId& campaign, Instant now);

}  // namespace wujin::plans
