#pragma once

#include <memory>

#include <spdlog/logger.h>

#include "app/application.h"
#include "app/sample_people.h"
#include "app/sample_story.h"
#include "campaigns/load.h"
#include "seed/seeder.h"

namespace wujin::bench {

// The town before anything was recorded: house, campaign, places, accounts.
struct Stage {
  Stage(const SeedOptions& options, spdlog::logger& log);

  SystemRandomness system_randomness;
  ManualClock clock;
  app::House house;
  app::SampleMaterial material;
  std::shared_ptr<const campaigns::CampaignBundle> bundle;
  places::Tree tree;
  app::SamplePeople people;
  places::PlaceId quiet;                  // the sample's invented place: few records, its month is the report that is drawn
  std::vector<places::PlaceId> villages;  // all others below the town

  const campaigns::Campaign& campaign() const { return bundle->campaign; }
};

// What every seeded folder begins with.
app::Config config_of(const SeedOptions& options);
app::SampleMaterial read_material(const SeedOptions& options);
places::Place invented_village(const places::PlaceId& town, int number, int order);

// Throws, saying what was refused.
template <class T>
void expect(const Result<T>& outcome, std::string_view what) {
  if (outcome) return;
  const Problem problem = outcome.error();
  std::string text = "cannot " + std::string(what) + ": " + std::string(slug(problem.code())) + " " + problem.cause();
  for (const auto& fault : problem.faults()) text += " " + fault.field + ":" + std::string(slug(fault.code));
  throw std::runtime_error(text);
}

}  // namespace wujin::bench
