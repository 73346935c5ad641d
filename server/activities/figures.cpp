#include "activities/figures.h"

#include <span>

#include "database/placeholders.h"
#include "places/place_store.h"

namespace wujin::activities {
namespace {

// The condition all counts share, with its parameters.
struct Held {
  std::string where;
  std::vector<Value> parameters;
};

Held held(const CampaignId& campaign, const PlaceId& town, std::span<const PlaceId> places, Date from, Date to) {
  Held all;
  all.where =
      " FROM activities WHERE town = $1 AND campaign = $2 AND started_at >= $3 AND started_at < $4 AND deleted_at IS NULL";
  all.parameters = {town, campaign, start_of(from), end_of(to)};
  if (!places.empty()) all.where += " AND place IN (" + placeholders(all.parameters.size() + 1, places.size()) + ")";
  all.parameters.insert(all.parameters.end(), places.begin(), places.end());
  return all;
}

void count(Snapshot& snapshot, const Held& all, const PlaceId& town, campaigns::Figures& figures) {
  const std::string by_entry =
      "SELECT entry, COUNT(*), CAST(COALESCE(SUM(people_about), 0) AS BIGINT), CAST(COALESCE(SUM(leaflets), 0) AS BIGINT)" +
      all.where + " GROUP BY entry";
  snapshot.each(by_entry, all.parameters, [&](const Row& row) {
    figures.by_entry[row.string(0)] = row.integer(1);
    figures.activities += row.integer(1);
    figures.people += row.integer(2);
    figures.leaflets += row.integer(3);
  });
  const std::string by_place = "SELECT place, COUNT(DISTINCT point)" + all.where + " GROUP BY place";
  snapshot.each(by_place, all.parameters, [&](const Row& row) {
    // The town itself is none of its villages.
    if (row.text(0) != town.text()) ++figures.places;
    figures.points += row.integer(1);
  });
}

std::string scope_name(const places::Tree& tree, const PlaceId& town, std::span<const PlaceId> places) {
  const places::Place* place = tree.find(places.size() == 1 ? places.front() : town);
  return place != nullptr ? place->name : "";
}

}  // namespace

Result<campaigns::Figures> read_figures(Snapshot& snapshot, campaigns::Catalogue& catalogue, const people::Actor& actor,
                                        const FiguresRequest& request, Instant now) {
  if (request.to < request.from) return Problem::at("to", ProblemCode::invalid, {{"expected", ">= " + to_string(request.from)}});
  const auto bundle = catalogue.latest(snapshot, request.campaign);
  if (!bundle) return Problem(ProblemCode::not_found);
  const places::Tree tree = places::read_tree(snapshot, china_date(now));
  const PlaceId& town = bundle->campaign.town;
  const auto places = readable_places(actor, tree, town, request.place);
  if (!places) return places.error();
  campaigns::Figures figures;
  figures.from = request.from;
  figures.to = request.to;
  figures.scope = scope_name(tree, town, *places);
  count(snapshot, held(request.campaign, town, *places, request.from, request.to), town, figures);
  return figures;
}

}  // namespace wujin::activities
