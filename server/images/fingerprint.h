#pragma once

#include <bit>
#include <cstdint>

namespace wujin::images {

struct Plane;

// 64 bits of how a picture looks: the signs of the low frequencies of its brightness. Resizing, recompression, a brighter or
// darker copy and a slight crop change few of them; another scene changes about half.
using Fingerprint = std::uint64_t;

// Two pictures whose fingerprints differ in at most so many bits count as near-duplicates (measured in fingerprint_test.cpp).
inline constexpr int near_duplicate_distance = 8;

inline int distance(Fingerprint one, Fingerprint other) { return std::popcount(one ^ other); }

// Of the brightness of an upright picture. Larger pictures give the same as their thumbnails, slower.
Fingerprint fingerprint(const Plane& luma);

}  // namespace wujin::images
