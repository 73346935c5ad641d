// bench_seed --data DIR --activities N [--photos M] [--database URL]: builds the data folder of one town of a campaign with N
// activities, through the server's own actions, many to a commit, and leaves DIR/bench.json for bench_load. With --photos, M of
// their pictures stand as received and drawn, fingerprints and all, without bytes; 24 real ones of 12 megapixels are always
// there, in the report of one village's month, and in DIR/bench-pictures for uploads.
//
// With --towns, a district: towns of --villages places each, a model issued to all of them, and no picture with bytes. With
// --month-pictures, a month of the whole town with so many real pictures, handed in.
//
//   bench_seed --data /tmp/town-100k --activities 100000
//   bench_seed --data /tmp/district --towns 25 --villages 15 --activities 150000 --photos 450000
//   wujin serve --data /tmp/town-100k --clock "$(jq -r .clock /tmp/town-100k/bench.json)"
#include <chrono>
#include <iostream>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "seed/seeder.h"

int main(int count, char** words) {
  using namespace wujin;
  bench::SeedOptions options;
  options.campaign = "campaigns/baofeng-2023";
  std::string ends = "2023-10-26T09:00:00+08:00", database;
  CLI::App app("Builds a data folder of one town for measuring.");
  app.add_option("--data", options.data, "an empty folder")->required();
  app.add_option("--activities", options.activities, "how many")->required();
  app.add_option("--photos", options.photos, "pictures as rows, three an activity");
  app.add_option("--month-pictures", options.month_pictures, "with their bytes, in one month of the whole town");
  app.add_option("--towns", options.towns, "more than one: a district");
  app.add_option("--pictures", options.pictures,
                 "where the 24 real ones are kept for other towns; DATA/bench-pictures unless said");
  app.add_option("--villages", options.villages, "of a town");
  app.add_option("--database", database, "postgresql://… instead of SQLite in the folder");
  app.add_option("--campaign", options.campaign, "a campaign's folder that has a sample");
  app.add_option("--ends", ends, "when the last one was recorded");
  CLI11_PARSE(app, count, words);
  if (!database.empty()) options.database = database;
  if (options.pictures.empty()) options.pictures = options.data / "bench-pictures";
  const auto began = std::chrono::steady_clock::now();
  const auto tell = [&](std::string_view what) {
    const auto seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    std::cerr << fmt::format("{:8.1f} s  {}\n", seconds, what);
  };
  try {
    const auto moment = parse_instant(ends);
    if (!moment) throw std::runtime_error("not a moment: " + ends);
    options.ends = *moment;
    if (std::filesystem::exists(options.data / "bench.json")) throw std::runtime_error("the folder holds a town already");
    options.towns > 1 ? bench::seed_district(options, tell) : bench::seed_town(options, tell);
    tell("done");
  } catch (const std::exception& failure) {
    std::cerr << "bench_seed: " << failure.what() << std::endl;
    return 1;
  }
  return 0;
}
