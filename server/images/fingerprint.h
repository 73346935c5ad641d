#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

namespace wujin::images {

// 64 bits of how a picture looks: the signs of the low frequencies of its brightness. Resizing, recompression, a brighter or
// darker copy and a slight crop change few of them; another scene changes about half.
using Fingerprint = std::uint64_t;

// Two pictures whose fingerprints differ in at most so many bits count as near-duplicates (measured in fingerprint_test.cpp).
inline constexpr int near_duplicate_distance = 8;

inline int distance(Fingerprint one, Fingerprint other) { return std::popcount(one ^ other); }

// `pixels` are width × height × 3 bytes sRGB, upright, row by row. Larger pictures give the same as their thumbnails, slower.
Fingerprint fingerprint(std::span<const std::byte> pixels, int width, int height);

}  // namespace wujin::images
