#pragma once

#include <map>
#include <vector>

#include <spdlog/logger.h>

#include "app/application.h"
#include "app/sample_story.h"
#include "people/actor.h"
#include "seed/seeder.h"

namespace wujin::bench {

// One town of a district, its campaign issued to it.
struct TownStage {
  campaigns::Catalogue::Bundle bundle;
  people::Actor station;
  std::map<places::PlaceId, people::Actor> villages;  // by place
};

// A district before anything was recorded: the campaign as its model for a whole year, issued to towns of as many places each,
// and somebody at each place. The first town is the campaign's own, and the only one whose people can sign in.
struct DistrictStage {
  DistrictStage(const SeedOptions& options, spdlog::logger& log);

  SystemRandomness randomness;
  ManualClock clock;
  app::House house;
  app::SampleMaterial material;
  places::Tree tree;
  std::vector<TownStage> towns;
};

}  // namespace wujin::bench
