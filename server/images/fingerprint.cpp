#include "images/fingerprint.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <stdexcept>

#include "images/planes.h"

namespace wujin::images {
namespace {

constexpr int side = 32;      // of the tiny picture
constexpr int kept_side = 8;  // low frequencies each way

using Tiny = std::array<double, side * side>;
using Waves = std::array<double, kept_side * side>;

// Where a cell of a table with rows of `width` lies.
constexpr std::size_t at(int row, int width, int column) {
  return static_cast<std::size_t>(row) * static_cast<std::size_t>(width) + static_cast<std::size_t>(column);
}

// Each tiny pixel the mean of what it covers.
Tiny shrink(const Plane& luma) {
  Tiny sums{};
  std::array<int, side * side> counts{};
  for (int y = 0; y < luma.height; ++y) {
    const auto* row = luma.row(y);
    for (int x = 0; x < luma.width; ++x) {
      const std::size_t cell = at(y * side / luma.height, side, x * side / luma.width);
      sums[cell] += row[x];
      ++counts[cell];
    }
  }
  for (std::size_t i = 0; i < sums.size(); ++i) {
    if (counts[i] > 0) sums[i] /= counts[i];
  }
  return sums;
}

Waves cosines() {
  Waves waves{};
  for (int k = 0; k < kept_side; ++k) {
    for (int x = 0; x < side; ++x) {
      waves[at(k, side, x)] = std::cos(std::numbers::pi * k * (2 * x + 1) / (2.0 * side));
    }
  }
  return waves;
}

}  // namespace

Fingerprint fingerprint(const Plane& luma) {
  if (luma.width < 1 || luma.height < 1 ||
      luma.samples.size() != static_cast<std::size_t>(luma.width) * static_cast<std::size_t>(luma.height)) {
    throw std::logic_error("fingerprint: samples do not match the size");
  }
  const auto tiny = shrink(luma);
  const auto waves = cosines();
  std::array<double, kept_side * side> rows{};  // each row of the tiny picture by horizontal frequency
  for (int y = 0; y < side; ++y) {
    for (int u = 0; u < kept_side; ++u) {
      double sum = 0;
      for (int x = 0; x < side; ++x) {
        sum += tiny[at(y, side, x)] * waves[at(u, side, x)];
      }
      rows[at(u, side, y)] = sum;
    }
  }
  std::array<double, kept_side * kept_side> low{};
  for (int v = 0; v < kept_side; ++v) {
    for (int u = 0; u < kept_side; ++u) {
      for (int y = 0; y < side; ++y) {
        low[at(v, kept_side, u)] += rows[at(u, side, y)] * waves[at(v, side, y)];
      }
    }
  }
  // The first is the mean brightness, which says nothing of the scene.
  auto sorted = low;
  std::nth_element(sorted.begin() + 1, sorted.begin() + 32, sorted.end());
  const double middle = sorted[32];
  Fingerprint bits = 0;
  for (std::size_t i = 1; i < low.size(); ++i) bits |= Fingerprint{low[i] > middle} << i;
  return bits;
}

}  // namespace wujin::images
