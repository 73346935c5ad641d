#include "images/fingerprint_index.h"

#include <algorithm>
#include <limits>
#include <tuple>

namespace wujin::images {
namespace {

constexpr FingerprintIndex::Number nobody = std::numeric_limits<FingerprintIndex::Number>::max();
constexpr int furthest_by_bands = 11;  // 4 × (2 + 1) − 1
constexpr std::size_t least_tail = 1024;

std::size_t bucket_of(Fingerprint fingerprint, std::size_t band) { return fingerprint >> (16 * band) & 0xffff; }

// Every change of at most two bits of sixteen, the unchanged one first.
constexpr std::array<std::uint16_t, 137> flips() {
  std::array<std::uint16_t, 137> all{};
  std::size_t count = 1;
  for (int i = 0; i < 16; ++i) {
    all[count++] = static_cast<std::uint16_t>(1U << i);
    for (int j = i + 1; j < 16; ++j) all[count++] = static_cast<std::uint16_t>(1U << i | 1U << j);
  }
  return all;
}
constexpr auto nearby = flips();

}  // namespace

FingerprintIndex::FingerprintIndex() {
  for (auto& band : bands_) band.starts.assign(buckets + 1, 0);
}

void FingerprintIndex::add(Number number, Fingerprint fingerprint) {
  tail_.push_back({fingerprint, number});
  if (tail_.size() >= std::max(least_tail, sorted_ / 64)) sort_in();
}

void FingerprintIndex::remove(Number number, Fingerprint fingerprint) {
  const auto in_tail = std::find_if(tail_.begin(), tail_.end(), [&](const Entry& entry) { return entry.number == number; });
  if (in_tail != tail_.end()) {
    *in_tail = tail_.back();
    tail_.pop_back();
    return;
  }
  bool found = false;
  for (std::size_t b = 0; b < bands_.size(); ++b) {
    auto& band = bands_[b];
    const auto bucket = bucket_of(fingerprint, b);
    for (auto at = band.starts[bucket]; at < band.starts[bucket + 1]; ++at) {
      if (band.numbers[at] != number) continue;
      band.numbers[at] = nobody;
      found = true;
    }
  }
  removed_ += found ? 1 : 0;
}

void FingerprintIndex::sort_in() {
  std::vector<Entry> all;
  all.reserve(size());
  for (std::size_t i = 0; i < sorted_; ++i) {
    if (bands_[0].numbers[i] != nobody) all.push_back({bands_[0].fingerprints[i], bands_[0].numbers[i]});
  }
  all.insert(all.end(), tail_.begin(), tail_.end());
  tail_.clear();
  for (std::size_t b = 0; b < bands_.size(); ++b) {
    auto& band = bands_[b];
    band.starts.assign(buckets + 1, 0);
    band.fingerprints.resize(all.size());
    band.numbers.resize(all.size());
    for (const auto& entry : all) ++band.starts[bucket_of(entry.fingerprint, b) + 1];
    for (std::size_t i = 1; i <= buckets; ++i) band.starts[i] += band.starts[i - 1];
    auto next = band.starts;
    for (const auto& entry : all) {
      const auto at = next[bucket_of(entry.fingerprint, b)]++;
      band.fingerprints[at] = entry.fingerprint;
      band.numbers[at] = entry.number;
    }
  }
  sorted_ = all.size();
  removed_ = 0;
}

void FingerprintIndex::scan_bucket(const Band& band, std::size_t bucket, Fingerprint wanted, int at_most,
                                   std::vector<Match>& found) const {
  for (auto at = band.starts[bucket]; at < band.starts[bucket + 1]; ++at) {
    const int apart = distance(band.fingerprints[at], wanted);
    if (apart <= at_most && band.numbers[at] != nobody) found.push_back({band.numbers[at], apart});
  }
}

std::vector<FingerprintIndex::Match> FingerprintIndex::near(Fingerprint wanted, int at_most) const {
  std::vector<Match> found;
  if (at_most <= furthest_by_bands) {
    // By pigeonhole one band differs by at most a quarter of the distance.
    const int flipped = at_most / bands;
    for (std::size_t b = 0; b < bands_.size(); ++b) {
      const auto home = bucket_of(wanted, b);
      for (const auto flip : nearby) {
        if (std::popcount(flip) <= flipped) scan_bucket(bands_[b], home ^ flip, wanted, at_most, found);
      }
    }
  } else {
    for (std::size_t bucket = 0; bucket < buckets; ++bucket) scan_bucket(bands_[0], bucket, wanted, at_most, found);
  }
  for (const auto& entry : tail_) {
    const int apart = distance(entry.fingerprint, wanted);
    if (apart <= at_most) found.push_back({entry.number, apart});
  }
  std::sort(found.begin(), found.end(), [](const Match& one, const Match& other) {
    return std::tie(one.distance, one.number) < std::tie(other.distance, other.number);
  });
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

std::size_t FingerprintIndex::memory() const {
  std::size_t total = tail_.capacity() * sizeof(Entry);
  for (const auto& band : bands_) {
    total += band.starts.capacity() * sizeof(std::uint32_t) + band.fingerprints.capacity() * sizeof(Fingerprint) +
             band.numbers.capacity() * sizeof(Number);
  }
  return total;
}

}  // namespace wujin::images
