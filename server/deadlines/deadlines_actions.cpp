#include "deadlines/deadlines_actions.h"

#include <algorithm>

#include "campaigns/campaigns_actions.h"
#include "handins/handins_actions.h"
#include "people/may.h"
#include "places/place_store.h"

namespace wujin::deadlines {
namespace {

// A cell with all that its verbs need.
struct OpenCell {
  campaigns::Catalogue::Bundle bundle;
  places::Place place;
  std::vector<PlaceId> path;  // the place and its ancestors
  handins::Subject subject;
};

Result<OpenCell> open_cell(Snapshot& snapshot, campaigns::Catalogue& catalogue, const people::Actor& actor, const CellKey& key,
                           Instant now) {
  const auto bundle = campaigns::visible_campaign(snapshot, catalogue, actor, key.campaign, now);
  if (!bundle) return bundle.error();
  const campaigns::Campaign& campaign = (*bundle)->campaign;
  const places::Tree tree = places::read_tree(snapshot, china_date(now));
  const places::Place* place = tree.find(key.place);
  auto path = tree.place_and_ancestors(key.place);
  const bool is_readable =
      place != nullptr && tree.is_within(key.place, campaign.town) && people::may(actor, people::Verb::read_place, path);
  const auto deadline = std::ranges::find(campaign.deadlines, key.deadline, &campaigns::Deadline::id);
  if (!is_readable || deadline == campaign.deadlines.end()) return Problem(ProblemCode::not_found);
  const auto dues = campaigns::dues(campaign, *deadline);
  const auto due = std::ranges::find(dues, key.period, &campaigns::Due::period);
  const bool is_owed = std::ranges::find(deadline->applies_to, place->kind) != deadline->applies_to.end() && due != dues.end() &&
                       !campaigns::of_place(*due, *place).lapsed;
  if (!is_owed) return Problem(ProblemCode::not_found);
  handins::Subject subject{campaign.id, campaign.town, key.place, deadline->deliverable, key.period};
  return OpenCell{*bundle, *place, std::move(path), std::move(subject)};
}

Cell cell_of(Snapshot& snapshot, const OpenCell& open, const CellKey& key, Instant now) {
  Shelves shelves;
  shelves.emplace(open.subject.deliverable, handins::shelf_of(snapshot, open.subject.campaign, open.subject.deliverable));
  const Board board = draw_board(open.bundle->campaign, {&open.place}, shelves, now);
  const auto& cells = board.rows.front().cells;
  return *std::ranges::find_if(cells,
                               [&](const Cell& cell) { return cell.deadline == key.deadline && cell.period == key.period; });
}

Board board_of(Snapshot& snapshot, const campaigns::Campaign& campaign, const std::vector<const places::Place*>& places,
               Instant now) {
  Shelves shelves;
  for (const Deliverable deliverable : {Deliverable::plan, Deliverable::report, Deliverable::summary}) {
    shelves.emplace(deliverable, handins::shelf_of(snapshot, campaign.id, deliverable));
  }
  return draw_board(campaign, places, shelves, now);
}

}  // namespace

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
  return board_of(snapshot, campaign, readable, now);
}

TownsDeadlines read_towns(Snapshot& snapshot, campaigns::Catalogue& catalogue, const people::Actor& actor, int year,
                          Instant now) {
  const places::Tree tree = places::read_tree(snapshot, china_date(now));
  const auto bundles = campaigns::readable_towns(snapshot, catalogue, actor, tree, year);
  std::vector<CampaignId> ids;
  ids.reserve(bundles.size());
  for (const auto& bundle : bundles) ids.push_back(bundle->campaign.id);
  const auto marks = handins::marks_of(snapshot, ids);
  TownsDeadlines towns{year, now, {}};
  for (const auto& bundle : bundles) {
    const campaigns::Campaign& campaign = bundle->campaign;
    const auto known = marks.find(campaign.id);
    const auto of_town = known == marks.end() ? std::span<const handins::PeriodMarks>() : std::span(known->second);
    towns.rows.push_back(count_town(campaign, tree.subtree(campaign.town), of_town, now));
  }
  return towns;
}

Board town_board(Snapshot& snapshot, const campaigns::Campaign& campaign, const places::Tree& tree, Instant now) {
  return board_of(snapshot, campaign, tree.subtree(campaign.town), now);
}

Result<Cell> exempt_place(Transaction& transaction, campaigns::Catalogue& catalogue, const people::Actor& actor,
                          const CellKey& key, const std::string& reason, Instant now) {
  const auto open = open_cell(transaction, catalogue, actor, key, now);
  if (!open) return open.error();
  const auto exemption = handins::exempt(transaction, actor, open->path, open->subject, reason, now);
  if (!exemption) return exemption.error();
  return cell_of(transaction, *open, key, now);
}

Result<Cell> lift_exemption(Transaction& transaction, campaigns::Catalogue& catalogue, const people::Actor& actor,
                            const CellKey& key, Instant now) {
  const auto open = open_cell(transaction, catalogue, actor, key, now);
  if (!open) return open.error();
  const auto lifted = handins::lift_exemption(transaction, actor, open->path, open->subject, now);
  if (!lifted) return lifted.error();
  return cell_of(transaction, *open, key, now);
}

}  // namespace wujin::deadlines
