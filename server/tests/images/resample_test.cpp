#include "images/resample.h"

#include <array>
#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

namespace wujin::images {
namespace {

// A picture of what `colour` says of each place, brought down.
template <class F>
std::vector<std::uint8_t> shortened(int width, int height, int to_width, int to_height, F colour) {
  Resampler resampler(width, height, to_width, to_height);
  std::vector<std::uint8_t> row(resampler.row_bytes());
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      for (std::size_t band = 0; band < 3; ++band) row[static_cast<std::size_t>(x) * 4 + band] = colour(x, y);
    }
    resampler.take_row(row.data());
  }
  return resampler.pixels();
}

constexpr std::array<std::array<int, 4>, 6> shapes = {{{2000, 1500, 1280, 960},
                                                       {2559, 3, 1280, 2},
                                                       {3, 2559, 2, 1280},
                                                       {1281, 1281, 1280, 1280},
                                                       {1, 1, 1, 1},
                                                       {4000, 1, 1280, 1}}};

TEST(Resample, weighs_all_it_takes_as_one_whole) {
  for (const auto& shape : shapes) {
    for (const Taps& taps : cubic_taps(shape[0], shape[2])) {
      EXPECT_NEAR(std::accumulate(taps.weights.begin(), taps.weights.end(), 0.0), 1, 1e-5);
      EXPECT_GE(taps.first, 0);
      EXPECT_LE(taps.first + static_cast<int>(taps.weights.size()), shape[0]);
    }
  }
}

TEST(Resample, keeps_a_plain_wall_as_it_is) {
  for (const auto& shape : shapes) {
    for (const int shade : {0, 1, 100, 254, 255}) {
      const auto pixels =
          shortened(shape[0], shape[1], shape[2], shape[3], [&](int, int) { return static_cast<std::uint8_t>(shade); });
      ASSERT_EQ(pixels.size(), static_cast<std::size_t>(shape[2]) * static_cast<std::size_t>(shape[3]) * 3);
      for (const auto pixel : pixels) ASSERT_EQ(int{pixel}, shade) << shape[0] << " x " << shape[1];
    }
  }
}

TEST(Resample, keeps_a_slope_where_it_was) {
  const auto pixels = shortened(200, 100, 128, 64, [](int x, int y) { return static_cast<std::uint8_t>((x + y) / 2 + 20); });
  for (int y = 4; y < 60; ++y) {
    for (int x = 4; x < 124; ++x) {
      const double there = (((x + 0.5) + (y + 0.5)) * 1.5625 - 1) / 2 + 20 - 0.25;
      EXPECT_NEAR(pixels[static_cast<std::size_t>(y * 128 + x) * 3], there, 1.5) << x << " " << y;
    }
  }
}

TEST(Resample, stays_between_black_and_white_at_hard_edges) {
  const auto pixels =
      shortened(300, 300, 190, 190, [](int x, int y) { return static_cast<std::uint8_t>((x / 50 + y / 50) % 2 * 255); });
  EXPECT_EQ(int{pixels[0]}, 0);
  EXPECT_NEAR(std::accumulate(pixels.begin(), pixels.end(), 0.0) / static_cast<double>(pixels.size()), 127.5, 2);
}

}  // namespace
}  // namespace wujin::images
