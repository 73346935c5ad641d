#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "campaigns/campaigns_actions.h"
#include "campaigns/issue.h"

// A district issues its model to its towns; a town may tighten what it was given.
namespace wujin::campaigns {

// How a town of the district stands to a model. Its campaign is absent until the model is issued to it.
struct TownStanding {
  PlaceId town;
  std::string town_name;
  int places = 0;  // villages and communities
  std::optional<CampaignId> campaign;
  std::optional<int> campaign_version;
  std::optional<int> model_version;
  std::optional<int> tightened;                         // deadlines and quotas in which the town asks for more
  std::optional<std::vector<FormKind>> replaced_forms;  // of its own, that gave way to the model's
};
BOOST_DESCRIBE_STRUCT(TownStanding, (),
                      (town, town_name, places, campaign, campaign_version, model_version, tightened, replaced_forms))

struct ModelStanding {
  Catalogue::Bundle model;
  std::vector<TownStanding> towns;  // in their own order
};
// The models of the districts whose records the actor may read.
std::vector<ModelStanding> readable_models(Snapshot& snapshot, Catalogue& catalogue, const people::Actor& actor, Instant now);

struct Issued {
  TownStanding town;
  bool is_first = false;  // the town had none of this model before
};
// Gives the town the newest version of the model as a campaign of its own, with its places as they stand today, what of its
// tightening still asks for more, and the Word forms it put itself as far as the model gives what they use. The same again
// changes nothing. Errors: not_found; forbidden; conflict (another campaign has the id); validation with identifier_in_use for
// each identifier that records of the town name and the model dropped.
Result<Issued> issue_campaign(Transaction& transaction, Catalogue& catalogue, const people::Actor& actor, const CampaignId& model,
                              const PlaceId& town, const std::vector<InUse>& in_use, Instant now);

// A town's campaign beside the version of the model it was issued from.
struct IssuedCampaign {
  Catalogue::Bundle town;
  Catalogue::Bundle model;
  bool may_tighten = false;
};
// Errors: not_found, also for a campaign that was not issued.
Result<IssuedCampaign> issued_campaign(Snapshot& snapshot, Catalogue& catalogue, const people::Actor& actor, const CampaignId& id,
                                       Instant now);

// Puts another tightening in place of the one there is; an empty one leaves the campaign as the model has it. What asks for no
// more than the model is passed over, the same again changes nothing. Errors: not_found, forbidden, stale, validation.
Result<IssuedCampaign> tighten_campaign(Transaction& transaction, Catalogue& catalogue, const people::Actor& actor,
                                        const CampaignId& id, const Tightening& wanted, const std::optional<std::string>& etag,
                                        const std::vector<InUse>& in_use, Instant now);

}  // namespace wujin::campaigns
