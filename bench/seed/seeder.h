#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace wujin::bench {

struct SeedOptions {
  std::filesystem::path data;
  std::optional<std::string> database;
  std::filesystem::path campaign;  // its folder, with a sample
  Instant ends;                    // the moment the last one is recorded
  std::int64_t activities = 1000;
  int month_pictures = 0;          // with their bytes, in one month of all places, handed in; the quiet village's 24 among them
  std::int64_t photos = 0;         // received and drawn, three an activity, as rows without bytes
  std::filesystem::path pictures;  // where those of 12 megapixels are kept for all towns; drawn when they are missing
  int villages = 40;               // of a town, invented ones included
  int towns = 1;                   // more: a district, its activities spread over them
};

// Writes a town of one campaign into an empty folder through the same actions as real use, many to a commit, seals its trail and
// leaves bench.json. `tell` hears of each step. Throws when anything is refused.
void seed_town(const SeedOptions& options, const std::function<void(std::string_view)>& tell);

// The same for a district: its model issued to each of its towns, a year in each of their places, months handed in.
void seed_district(const SeedOptions& options, const std::function<void(std::string_view)>& tell);

}  // namespace wujin::bench
