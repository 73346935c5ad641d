#include "seed/district_stage.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/sample_people.h"
#include "base/text.h"
#include "campaigns/issue_actions.h"
#include "people/link_actions.h"
#include "places/place_store.h"
#include "seed/stage.h"

namespace wujin::bench {
namespace {

using campaigns::CampaignBundle;
using people::Role;
using places::PlaceId;

places::Place invented_town(const PlaceId& district, int number, int order) {
  places::Place town;
  town.id = PlaceId(fmt::format("{}{}000", district.text().substr(0, 6), 900 + number));
  town.code = town.id.text();
  town.name = town.short_name = fmt::format("示例{}镇", number);
  town.kind = places::PlaceKind::town;
  town.parent = district;
  town.order = order;
  return town;
}

// The campaign's own places and those it lacks to a district of so many towns with so many places each.
std::vector<places::Place> places_of(const CampaignBundle& bundle, const PlaceId& district, const SeedOptions& options) {
  auto places = bundle.places;
  std::vector<PlaceId> towns = {bundle.campaign.town};
  for (int number = 1; number < options.towns; ++number) {
    places.push_back(invented_town(district, number, static_cast<int>(places.size())));
    towns.push_back(places.back().id);
  }
  for (const PlaceId& town : towns) {
    auto known = std::ranges::count(places, std::optional(town), &places::Place::parent);
    for (int number = 1; known < options.villages; ++number, ++known) {
      places.push_back(invented_village(town, number, static_cast<int>(places.size())));
    }
  }
  return places;
}

// What the campaign of one town says, said for any town of its district and from the first month of its year on.
std::string toml_of_model(const CampaignBundle& bundle, const PlaceId& district) {
  const auto& campaign = bundle.campaign;
  const std::string town_name = bundle.tree().find(campaign.town)->name;
  const Date first{std::chrono::year(campaign.year), std::chrono::January, std::chrono::day(1)};
  const auto quoted = [](const std::string& text) { return '"' + text + '"'; };
  auto toml = bundle.files.at("campaign.toml");
  toml = replaced(toml, "town = " + quoted(campaign.town.text()), "town = " + quoted(district.text()));
  toml = replaced(toml, "title = \"" + town_name, "title = \"{town}");
  toml = replaced(toml, "= " + to_string(campaign.starts_on), "= " + to_string(first));
  return replaced(toml, quoted(to_string(month_of(campaign.starts_on))), quoted(to_string(month_of(first))));
}

CampaignBundle model_of(const CampaignBundle& bundle, const SeedOptions& options) {
  const PlaceId district = bundle.tree().place_and_ancestors(bundle.campaign.town).back();
  auto files = bundle.files;
  files["campaign.toml"] = toml_of_model(bundle, district);
  files[campaigns::places_file] = campaigns::write_places(places_of(bundle, district, options));
  const auto outcome = campaigns::read_campaign(campaigns::CampaignId(bundle.campaign.id.text() + "-model"), std::move(files));
  if (!outcome.bundle) throw std::runtime_error(campaigns::describe(outcome.faults.front(), Language::english));
  return *outcome.bundle;
}

// Somebody with one role at one place; nobody knows a password of theirs.
people::Actor add_somebody(Transaction& transaction, app::House& house, Role role, const PlaceId& place, Instant now) {
  people::NewPerson person;
  person.login = std::string(people::name_of(role)) + "-" + place.text();
  person.display_name = person.login;
  person.password_hash = "none";
  const people::Grant grant{role, place};
  const auto account = people::add_account(person, {grant}, transaction, house.randomness(), now);
  expect(account, "add an account");
  people::Actor actor;
  actor.account = account->id;
  actor.display_name = account->display_name;
  actor.grants = account->grants;
  actor.rights_version = account->rights_version;
  return actor;
}

// Keeps the model and issues it to each of its towns, in their own order; answers their campaigns.
std::vector<campaigns::Catalogue::Bundle> issue(app::House& house, const CampaignBundle& model, Instant now) {
  std::vector<campaigns::Catalogue::Bundle> issued;
  const auto done = house.database().write_now([&](Transaction& transaction) -> Result<> {
    auto& catalogue = house.catalogue();
    const auto kept = campaigns::keep_campaign(transaction, catalogue, std::nullopt, model, {}, now);
    if (!kept) return kept.error();
    const auto officer = add_somebody(transaction, house, Role::district, model.campaign.town, now);
    for (const auto& place : model.places) {
      if (place.kind != places::PlaceKind::town) continue;
      const auto town = campaigns::issue_campaign(transaction, catalogue, officer, model.campaign.id, place.id, {}, now);
      if (!town) return town.error();
      issued.push_back(catalogue.latest(transaction, *town->town.campaign));
    }
    return {};
  });
  expect(done, "issue the model");
  return issued;
}

TownStage staff(app::House& house, const campaigns::Catalogue::Bundle& bundle, const places::Tree& tree, Instant now) {
  TownStage town{bundle, {}, {}};
  const PlaceId& id = bundle->campaign.town;
  const auto done = house.database().write_now([&](Transaction& transaction) -> Result<> {
    town.station = add_somebody(transaction, house, Role::station, id, now);
    for (const places::Place* place : tree.subtree(id)) {
      if (place->id != id) town.villages[place->id] = add_somebody(transaction, house, Role::village, place->id, now);
    }
    return {};
  });
  expect(done, "give a town its people");
  return town;
}

}  // namespace

DistrictStage::DistrictStage(const SeedOptions& options, spdlog::logger& log)
    : clock(options.ends), house(config_of(options), {clock, randomness, log}), material(read_material(options)) {
  const auto loaded = campaigns::load_campaign(options.campaign);
  if (!loaded.bundle) throw std::runtime_error(campaigns::describe(loaded.faults.front(), Language::english));
  const auto model = model_of(*loaded.bundle, options);
  const Instant begins = start_of(model.campaign.starts_on);
  clock.set(begins);
  const auto issued = issue(house, model, begins);
  tree = model.tree();
  const auto known = app::make_sample_people(house, options.data, issued.front()->campaign, tree, {}, begins);
  towns.push_back({issued.front(), known.station, known.villages});
  for (std::size_t i = 1; i < issued.size(); ++i) towns.push_back(staff(house, issued[i], tree, begins));
}

}  // namespace wujin::bench
