#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "images/fingerprint.h"

namespace wujin::images {

// Finds every fingerprint within a distance of a given one, without looking at all of them. Four bands of 16 bits: two
// fingerprints at most 11 bits apart differ by at most two bits in one band, so the 137 buckets within two bits of each band hold
// every answer; larger distances are found by scanning. Newly added ones wait in a short tail that is scanned until it is worth
// sorting in. Not safe to share between threads while adding or removing.
class FingerprintIndex {
 public:
  using Number = std::uint32_t;  // what the owner calls a picture

  struct Match {
    Number number = 0;
    int distance = 0;
    bool operator==(const Match&) const = default;
  };

  FingerprintIndex();

  // The same number may be added once only; it may come again after it was removed.
  void add(Number number, Fingerprint fingerprint);
  void remove(Number number, Fingerprint fingerprint);
  // Nearest first, then by number.
  std::vector<Match> near(Fingerprint fingerprint, int at_most) const;

  std::size_t size() const { return sorted_ - removed_ + tail_.size(); }
  std::size_t memory() const;  // bytes

 private:
  static constexpr int bands = 4;
  static constexpr std::size_t buckets = 1 << 16;

  struct Entry {
    Fingerprint fingerprint;
    Number number;
  };
  // One band's entries in the order of their bucket, as parallel arrays: the scan touches only the fingerprints.
  struct Band {
    std::vector<std::uint32_t> starts;  // buckets + 1
    std::vector<Fingerprint> fingerprints;
    std::vector<Number> numbers;
  };

  void sort_in();
  void scan_bucket(const Band& band, std::size_t bucket, Fingerprint wanted, int at_most, std::vector<Match>& found) const;

  std::array<Band, bands> bands_;
  std::vector<Entry> tail_;
  std::size_t sorted_ = 0;   // entries in each band, removed ones included
  std::size_t removed_ = 0;  // of those; their number is `nobody`
};

}  // namespace wujin::images
