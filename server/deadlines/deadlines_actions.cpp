#include "deadlines/deadlines_actions.h"

#include "campaigns/campaigns_actions.h"
#include "people/may.h"
#include "places/place_store.h"

namespace wujin::deadlines {

Result<Board> read_board(Snapshot& snapshot, campaigns::Catalogue& catalogue, const people::Actor& actor, const CampaignId& id,
                         Instant now) {
  const auto bundle = campaigns::visible_campaign(snapshot, catalogue, actor, id, now);
  if (!bundle) return bundle.error();
  const campaigns::Campaign& campaign = (*bundle)->campaign;
  const places::Tree tree = places::read_tree(snapshot, china_date(now));
  std::vector<const places::Place*> readable;
  for (const places::Place* place : tree.subtree(campaign.town)) {
    if (people::may(actor, people::Verb::read_place, tree.place_and_ancestors(place->id))) readable.push_back(place);
  }
  if (readable.empty()) return Problem(ProblemCode::not_found);
  Shelves shelves;
  for (const Deliverable deliverable : {Deliverable::plan, Deliverable::report, Deliverable::summary}) {
    shelves.emplace(deliverable, handins::shelf_of(snapshot, id, deliverable));
  }
  return draw_board(campaign, readable, shelves, now);
}

}  // namespace wujin::deadlines
