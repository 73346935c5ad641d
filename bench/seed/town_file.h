#pragma once

#include <filesystem>

#include "app/application.h"
#include "campaigns/campaign.h"
#include "seed/seeder.h"
#include "town.h"

namespace wujin::bench {

// What bench_load hears of a folder whatever it holds: the campaign, its town and months, the ways in, the clock.
Town describe(app::House& house, const SeedOptions& options, const campaigns::Campaign& campaign);

// Seals the trail and, on PostgreSQL, gathers the statistics autovacuum would have gathered by then.
void finish_database(app::House& house, const SeedOptions& options);

// Leaves bench.json.
void write_town_file(const std::filesystem::path& folder, const Town& town);

}  // namespace wujin::bench
