// bench_likeness --pictures N: looks up near-duplicates among N fingerprints in the server's index and, by turns, by scanning the
// bare 64-bit words; both must find the same. Prints one line of JSON.
#include <algorithm>
#include <chrono>
#include <iostream>
#include <random>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "images/fingerprint_index.h"

namespace wujin::bench {
namespace {

using Clock = std::chrono::steady_clock;
using images::Fingerprint;
using images::FingerprintIndex;
constexpr int threshold = images::near_duplicate_distance;

double ms_since(Clock::time_point began) { return std::chrono::duration<double, std::milli>(Clock::now() - began).count(); }

// A picture like `of`: at most `threshold` bits away.
Fingerprint alike(Fingerprint of, std::mt19937_64& random) {
  const int bits = static_cast<int>(random() % (threshold + 1));
  for (int i = 0; i < bits; ++i) of ^= Fingerprint{1} << (random() % 64);
  return of;
}

// Every tenth picture looks like one before it, as it is when the same scene is taken twice.
std::vector<Fingerprint> make_fingerprints(std::size_t count, std::mt19937_64& random) {
  std::vector<Fingerprint> all;
  all.reserve(count);
  while (all.size() < count) all.push_back(all.size() % 10 == 9 ? alike(all[random() % all.size()], random) : random());
  return all;
}

std::size_t scan(const std::vector<Fingerprint>& all, Fingerprint wanted) {
  std::size_t found = 0;
  for (const Fingerprint one : all) found += images::distance(one, wanted) <= threshold ? 1 : 0;
  return found;
}

double at(std::vector<double>& took, double share) {
  std::ranges::sort(took);
  return took[std::min(took.size() - 1, static_cast<std::size_t>(share * static_cast<double>(took.size())))];
}

void measure(std::size_t count, int questions) {
  std::mt19937_64 random(20231026);
  const auto all = make_fingerprints(count, random);
  FingerprintIndex index;
  const auto building = Clock::now();
  for (std::size_t number = 0; number < all.size(); ++number)
    index.add(static_cast<FingerprintIndex::Number>(number), all[number]);
  const double build_ms = ms_since(building);
  std::vector<double> looked_up, scanned;
  std::size_t found = 0, to_find = 0;
  for (int i = 0; i < questions; ++i) {
    const Fingerprint wanted = alike(all[random() % all.size()], random);
    const auto one = Clock::now();
    found += index.near(wanted, threshold).size();
    looked_up.push_back(ms_since(one));
    const auto other = Clock::now();
    to_find += scan(all, wanted);
    scanned.push_back(ms_since(other));
  }
  fmt::print(R"({{"look_up_ms":{:.5f},"look_up_p99_ms":{:.5f},"scan_ms":{:.5f},"scan_p99_ms":{:.5f},"recall":{:.6f},)"
             R"("index_kib":{},"scan_kib":{},"build_ms":{:.1f}}})"
             "\n",
             at(looked_up, 0.5), at(looked_up, 0.99), at(scanned, 0.5), at(scanned, 0.99),
             static_cast<double>(found) / static_cast<double>(std::max<std::size_t>(to_find, 1)), index.memory() / 1024,
             all.size() * sizeof(Fingerprint) / 1024, build_ms);
}

int main(int count, char** words) {
  std::size_t pictures = 1'000'000;
  int questions = 600;
  CLI::App app("Looks up near-duplicates in memory.");
  app.add_option("--pictures", pictures, "in the index")->check(CLI::Range(std::size_t{1}, std::size_t{100'000'000}));
  app.add_option("--questions", questions, "asked of both")->check(CLI::Range(1, 1'000'000));
  CLI11_PARSE(app, count, words);
  measure(pictures, questions);
  return 0;
}

}  // namespace
}  // namespace wujin::bench

int main(int count, char** words) { return wujin::bench::main(count, words); }
