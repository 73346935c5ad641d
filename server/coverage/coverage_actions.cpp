#include "coverage/coverage_actions.h"

#include <algorithm>
#include <set>

#include "campaigns/campaigns_actions.h"
#include "campaigns/weeks.h"
#include "people/may.h"
#include "places/place_store.h"
#include "tallies/tallies_store.h"

namespace wujin::coverage {
namespace {

using people::Verb;

// A campaign as far as the actor may read it.
struct Readable {
  campaigns::Catalogue::Bundle bundle;
  places::Tree tree;
  std::vector<const places::Place*> places;
  bool whole_town = false;
  Counted counted;
};

bool may_read(const people::Actor& actor, const places::Tree& tree, const PlaceId& place) {
  return people::may(actor, Verb::read_place, tree.place_and_ancestors(place));
}

// Places that are no longer of the town but have records in its campaign.
void add_former(Readable& readable, const people::Actor& actor) {
  std::set<std::string> known;
  for (const places::Place* place : readable.places) known.insert(place->id.text());
  for (const auto& sheet : readable.counted.sheets) {
    const places::Place* place = readable.tree.find(PlaceId(sheet->place()));
    if (place == nullptr || known.contains(sheet->place())) continue;
    if (readable.whole_town || may_read(actor, readable.tree, place->id)) readable.places.push_back(place);
  }
}

Result<Readable> open(Snapshot& snapshot, campaigns::Catalogue& catalogue, const people::Actor& actor, const CampaignId& id,
                      Instant now) {
  const auto bundle = campaigns::visible_campaign(snapshot, catalogue, actor, id, now);
  if (!bundle) return bundle.error();
  Readable readable;
  readable.bundle = *bundle;
  readable.tree = places::read_tree(snapshot, china_date(now));
  const PlaceId& town = readable.bundle->campaign.town;
  readable.whole_town = may_read(actor, readable.tree, town);
  for (const places::Place* place : readable.tree.subtree(town)) {
    if (readable.whole_town || may_read(actor, readable.tree, place->id)) readable.places.push_back(place);
  }
  if (readable.places.empty()) return Problem(ProblemCode::not_found);
  if (!readable.whole_town && readable.places.size() == 1) {
    readable.counted.sheets = tallies::sheets_of(snapshot, id.text(), readable.places.front()->id.text());
  } else {
    readable.counted.sheets = tallies::sheets_of(snapshot, id.text());
  }
  readable.counted.sites = sites::count_sites(snapshot, town);
  add_former(readable, actor);
  return readable;
}

// The plan of the town that the actor may write: the station's own, or a village's.
std::optional<PlaceId> writable_plan(const people::Actor& actor, const places::Tree& tree, const PlaceId& town) {
  for (const people::Scope& scope : people::scopes(actor, Verb::write_plan)) {
    if (tree.is_within(scope.place, town)) return scope.place;
  }
  return std::nullopt;
}

// Lays a campaign's weeks over those of the whole year's table.
void fill(TownRow& row, std::vector<WeekColumn>& weeks, const std::vector<tallies::TownWeek>& counted) {
  row.covered.resize(weeks.size());
  row.activities.resize(weeks.size());
  for (const tallies::TownWeek& week : counted) {
    // The columns are whole weeks, one after another.
    const int days = days_between(weeks.front().from, week.week);
    const auto index = static_cast<std::size_t>(days / 7);
    if (days < 0 || index >= weeks.size()) continue;
    row.covered[index] = week.places;
    row.activities[index] = week.activities;
    weeks[index].covered += week.places;
  }
}

void ask(TownRow& row, std::vector<WeekColumn>& weeks, const std::vector<const places::Place*>& grounds) {
  for (WeekColumn& week : weeks) {
    row.asked.push_back(places::count_standing(grounds, week.from));
    week.asked += row.asked.back();
  }
}

// The places that can still be asked to do something from a day on.
std::vector<const places::Place*> standing(const std::vector<const places::Place*>& places, Date day) {
  std::vector<const places::Place*> found;
  std::ranges::copy_if(places, std::back_inserter(found),
                       [&](const places::Place* place) { return places::stands_on(*place, day); });
  return found;
}

}  // namespace

Result<Coverage> read_coverage(Snapshot& snapshot, campaigns::Catalogue& catalogue, const people::Actor& actor,
                               const CampaignId& id, const std::optional<Filter>& filter, Instant now) {
  const auto readable = open(snapshot, catalogue, actor, id, now);
  if (!readable) return readable.error();
  const Campaign& campaign = readable->bundle->campaign;
  if (filter && !is_known(*filter, campaign))
    return Problem::at("value", ProblemCode::unknown_choice, {{"value", filter->value}});
  return draw(campaign, readable->places, readable->counted.sheets, filter, china_date(now));
}

Result<QuotaBoard> read_quotas(Snapshot& snapshot, campaigns::Catalogue& catalogue, const people::Actor& actor,
                               const CampaignId& id, Instant now) {
  const auto readable = open(snapshot, catalogue, actor, id, now);
  if (!readable) return readable.error();
  return stand(readable->bundle->campaign, readable->places, readable->counted, readable->whole_town, china_date(now));
}

Result<Suggestions> read_suggestions(Snapshot& snapshot, campaigns::Catalogue& catalogue, const people::Actor& actor,
                                     const CampaignId& id, Instant now) {
  const auto readable = open(snapshot, catalogue, actor, id, now);
  if (!readable) return readable.error();
  const Campaign& campaign = readable->bundle->campaign;
  Suggestions suggestions;
  suggestions.campaign = id;
  suggestions.plan = writable_plan(actor, readable->tree, campaign.town);
  const Date today = china_date(now);
  const auto week = next_week(campaign, today);
  if (!week) return suggestions;
  suggestions.from = week->from;
  suggestions.to = week->to;
  const auto places = standing(readable->places, week->from);
  const auto board = stand(campaign, places, readable->counted, readable->whole_town, week->from);
  // Drawn with all places, for what was reached stays reached.
  auto drawn = draw(campaign, readable->places, readable->counted.sheets, std::nullopt, today);
  std::erase_if(drawn.rows, [&](const MatrixRow& row) { return std::ranges::count(places, row.place, &places::Place::id) == 0; });
  suggestions.items = suggest(campaign, board, drawn, plans::rows_touching(snapshot, id, week->from, week->to));
  return suggestions;
}

TownsCoverage read_towns(Snapshot& snapshot, campaigns::Catalogue& catalogue, const people::Actor& actor, int year, Instant now) {
  const places::Tree tree = places::read_tree(snapshot, china_date(now));
  TownsCoverage towns{year, china_date(now), {}, {}};
  const auto bundles = campaigns::readable_towns(snapshot, catalogue, actor, tree, year);
  if (bundles.empty()) return towns;
  Date first = bundles.front()->campaign.starts_on, last = bundles.front()->campaign.ends_on;
  for (const auto& bundle : bundles) {
    first = std::min(first, bundle->campaign.starts_on);
    last = std::max(last, bundle->campaign.ends_on);
  }
  for (Date monday = monday_of(first); monday <= last; monday = plus_days(monday, 7)) {
    towns.weeks.push_back({monday, plus_days(monday, 6), 0, 0});
  }
  for (const auto& bundle : bundles) {
    const Campaign& campaign = bundle->campaign;
    const auto grounds = campaigns::grounds_of(tree, campaign.town);
    TownRow row{campaign.id,
                campaign.title,
                campaign.town,
                tree.find(campaign.town)->name,
                places::count_standing(grounds, campaigns::nearest_day(campaign, towns.today)),
                {},
                {},
                {}};
    ask(row, towns.weeks, grounds);
    fill(row, towns.weeks, tallies::town_weeks(snapshot, campaign.id.text()));
    towns.rows.push_back(std::move(row));
  }
  return towns;
}

}  // namespace wujin::coverage
