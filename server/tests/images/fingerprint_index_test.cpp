#include "images/fingerprint_index.h"

#include <set>

#include <gtest/gtest.h>

#include "base/randomness.h"

namespace wujin::images {
namespace {

Fingerprint any(SeededRandomness& random) {
  Fingerprint bits = 0;
  random.fill(std::as_writable_bytes(std::span(&bits, 1)));
  return bits;
}

Fingerprint with_flips(Fingerprint bits, int count, SeededRandomness& random) {
  std::set<std::uint64_t> places;
  while (static_cast<int>(places.size()) < count) places.insert(random.below(64));
  for (const auto place : places) bits ^= Fingerprint{1} << place;
  return bits;
}

TEST(FingerprintIndex, finds_all_that_a_scan_finds_and_nothing_else) {
  SeededRandomness random(1);
  std::vector<Fingerprint> all;
  FingerprintIndex index;
  for (FingerprintIndex::Number i = 0; i < 20'000; ++i) {
    // Some in clusters, so that buckets are uneven as those of true pictures are.
    all.push_back(i % 3 == 0 && i > 0 ? with_flips(all[random.below(i)], static_cast<int>(random.below(14)), random)
                                      : any(random));
    index.add(i, all.back());
  }
  EXPECT_EQ(index.size(), all.size());
  for (int round = 0; round < 200; ++round) {
    const auto wanted = with_flips(all[random.below(all.size())], static_cast<int>(random.below(12)), random);
    for (const int at_most : {0, 3, 4, 7, 8, 11, 12, 20}) {
      std::vector<FingerprintIndex::Match> scanned;
      for (FingerprintIndex::Number i = 0; i < all.size(); ++i) {
        if (distance(all[i], wanted) <= at_most) scanned.push_back({i, distance(all[i], wanted)});
      }
      std::sort(scanned.begin(), scanned.end(), [](const auto& one, const auto& other) {
        return std::pair(one.distance, one.number) < std::pair(other.distance, other.number);
      });
      ASSERT_EQ(index.near(wanted, at_most), scanned) << at_most;
    }
  }
}

TEST(FingerprintIndex, misses_none_at_the_threshold_wherever_the_bits_differ) {
  SeededRandomness random(2);
  FingerprintIndex index;
  const auto wanted = any(random);
  constexpr FingerprintIndex::Number copies = 30'000;
  for (FingerprintIndex::Number i = 0; i < copies; ++i) index.add(i, with_flips(wanted, near_duplicate_distance, random));
  EXPECT_EQ(index.near(wanted, near_duplicate_distance).size(), copies);
  EXPECT_TRUE(index.near(wanted, near_duplicate_distance - 1).empty());
}

TEST(FingerprintIndex, forgets_what_was_removed_and_takes_it_back) {
  SeededRandomness random(3);
  FingerprintIndex index;
  std::vector<Fingerprint> all;
  for (FingerprintIndex::Number i = 0; i < 5000; ++i) {
    all.push_back(any(random));
    index.add(i, all.back());
  }
  const FingerprintIndex::Number early = 10;
  const FingerprintIndex::Number late = 4999;
  for (const auto number : {early, late}) {
    index.remove(number, all[number]);
    EXPECT_TRUE(index.near(all[number], 0).empty());
  }
  EXPECT_EQ(index.size(), 4998U);
  for (const auto number : {early, late}) {
    index.add(number, all[number]);
    EXPECT_EQ(index.near(all[number], 0).size(), 1U);
  }
  for (FingerprintIndex::Number i = 5000; i < 9000; ++i) index.add(i, any(random));
  EXPECT_EQ(index.near(all[early], 0).size(), 1U);
  EXPECT_EQ(index.size(), 9000U);
}

TEST(FingerprintIndex, holds_a_million_in_less_than_sixty_megabytes) {
  SeededRandomness random(4);
  FingerprintIndex index;
  for (FingerprintIndex::Number i = 0; i < 1'000'000; ++i) index.add(i, any(random));
  EXPECT_LT(index.memory(), 60U << 20);
}

}  // namespace
}  // namespace wujin::images
