#include "seed/stage.h"

#include <fstream>
#include <iterator>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "campaigns/campaigns_actions.h"
#include "places/place_store.h"

namespace wujin::bench {
namespace {

std::string whole(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + file.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

// What the town needs beyond its own places to have as many as asked.
std::vector<places::Place> invented(const campaigns::CampaignBundle& bundle, std::vector<places::Place> sample, int wanted) {
  int known = 0, order = 1;
  for (const std::vector<places::Place>* list : {&bundle.places, &std::as_const(sample)}) {
    for (const auto& place : *list) {
      known += place.parent == bundle.campaign.town ? 1 : 0;
      order = std::max(order, place.order + 1);
    }
  }
  for (int number = 1; known < wanted; ++number, ++known, ++order) {
    sample.push_back(invented_village(bundle.campaign.town, number, order));
  }
  return sample;
}

}  // namespace

app::Config config_of(const SeedOptions& options) {
  std::filesystem::create_directories(options.data);
  app::Config config;
  config.data = options.data;
  config.database = options.database;
  return config;
}

app::SampleMaterial read_material(const SeedOptions& options) {
  auto read = app::read_sample_material(whole(options.campaign / "sample.toml"), "sample.toml");
  expect(read, "read the sample");
  return std::move(*read);
}

places::Place invented_village(const places::PlaceId& town, int number, int order) {
  places::Place place;
  place.id = places::PlaceId(fmt::format("{}9{:04}", town.text().substr(0, 9), number));
  place.code = place.id.text();
  place.name = place.short_name = fmt::format("示例{}村", number);
  place.parent = town;
  place.order = order;
  return place;
}

Stage::Stage(const SeedOptions& options, spdlog::logger& log)
    : clock(options.ends), house(config_of(options), {clock, system_randomness, log}), material(read_material(options)) {
  const auto loaded = campaigns::load_campaign(options.campaign);
  if (!loaded.bundle) throw std::runtime_error(campaigns::describe(loaded.faults.front(), Language::english));
  bundle = loaded.bundle;
  auto sample = campaigns::read_places("sample-places.csv", whole(options.campaign / "sample-places.csv")).places;
  const auto added = invented(*bundle, std::move(sample), options.villages);
  const Instant begins = start_of(campaign().starts_on);
  clock.set(begins);
  const auto kept = house.database().write_now([&](Transaction& transaction) -> Result<places::Tree> {
    const auto version = campaigns::keep_campaign(transaction, house.catalogue(), std::nullopt, *bundle, {}, begins);
    if (!version) return version.error();
    const auto places = campaigns::keep_places(transaction, added, begins);
    if (!places) return places.error();
    return places::read_tree(transaction, china_date(begins));
  });
  expect(kept, "keep the campaign");
  tree = *kept;
  std::map<places::PlaceId, std::string> names;
  for (const auto& place : material.places) {
    names[places::PlaceId(place.id)] = place.in_charge.front();
    if (place.sparse) quiet = places::PlaceId(place.id);
  }
  people = app::make_sample_people(house, options.data, campaign(), tree, names, begins);
  for (const auto& [place, actor] : people.villages) {
    if (place != quiet) villages.push_back(place);
  }
}

}  // namespace wujin::bench
