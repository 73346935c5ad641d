#include "images/resample.h"

#include <array>
#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

namespace wujin::images {
namespace {

// A plane of what `shade` says of each place, given another size.
template <class F>
std::vector<std::uint8_t> resized(int width, int height, int to_width, int to_height, F shade) {
  Resampler resampler(width, height, to_width, to_height);
  std::vector<std::uint8_t> row(static_cast<std::size_t>(width));
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) row[static_cast<std::size_t>(x)] = static_cast<std::uint8_t>(shade(x, y));
    resampler.take_row(row.data());
  }
  const Plane plane = resampler.take();
  EXPECT_EQ(plane.width, to_width);
  EXPECT_EQ(plane.height, to_height);
  return plane.samples;
}

constexpr std::array<std::array<int, 4>, 13> shapes = {{{2000, 1500, 1280, 960},
                                                        {2559, 3, 1280, 2},
                                                        {3, 2559, 2, 1280},
                                                        {1281, 1281, 1280, 1280},
                                                        {1, 1, 1, 1},
                                                        {4000, 1, 1280, 1},
                                                        {1280, 960, 320, 240},
                                                        {2017, 1513, 640, 480},
                                                        {1279, 853, 160, 107},
                                                        {5, 7, 1, 1},
                                                        {1008, 1512, 640, 480},
                                                        {300, 200, 300, 200},
                                                        {100, 75, 200, 150}}};

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
      const auto samples = resized(shape[0], shape[1], shape[2], shape[3], [&](int, int) { return shade; });
      ASSERT_EQ(samples.size(), static_cast<std::size_t>(shape[2]) * static_cast<std::size_t>(shape[3]));
      for (const auto sample : samples) ASSERT_EQ(int{sample}, shade) << shape[0] << " x " << shape[1];
    }
  }
}

TEST(Resample, leaves_what_has_its_size_untouched) {
  const auto noise = [](int x, int y) { return (x * 7919 + y * 104729) % 256; };
  const auto samples = resized(101, 35, 101, 35, noise);
  for (int y = 0; y < 35; ++y) {
    for (int x = 0; x < 101; ++x) ASSERT_EQ(int{samples[static_cast<std::size_t>(y * 101 + x)]}, noise(x, y)) << x << " " << y;
  }
}

TEST(Resample, keeps_a_slope_where_it_was) {
  const struct {
    int width, height;  // of the result; the plane has 200 × 100
  } results[] = {{128, 64}, {100, 50}, {80, 40}, {50, 25}, {31, 17}, {160, 25}, {400, 200}};
  for (const auto& result : results) {
    const auto samples = resized(200, 100, result.width, result.height, [](int x, int y) { return (x + y) / 2 + 20; });
    for (int y = 2; y < result.height - 2; ++y) {
      for (int x = 2; x < result.width - 2; ++x) {
        const double across = (x + 0.5) * 200 / result.width - 0.5;
        const double down = (y + 0.5) * 100 / result.height - 0.5;
        ASSERT_NEAR(samples[static_cast<std::size_t>(y * result.width + x)], (across + down) / 2 + 20 - 0.25, 1.5)
            << x << " " << y << " of " << result.width << " x " << result.height;
      }
    }
  }
}

TEST(Resample, stays_between_black_and_white_at_hard_edges) {
  const auto samples = resized(300, 300, 190, 190, [](int x, int y) { return (x / 50 + y / 50) % 2 * 255; });
  EXPECT_EQ(int{samples[0]}, 0);
  EXPECT_NEAR(std::accumulate(samples.begin(), samples.end(), 0.0) / static_cast<double>(samples.size()), 127.5, 2);
}

TEST(Resample, halves_an_odd_side_without_losing_its_end) {
  // The last of five columns is white: alone at the right, it counts as a whole pair.
  EXPECT_EQ(resized(5, 2, 1, 1, [](int x, int) { return x == 4 ? 255 : 0; }).size(), 1U);
  const auto samples = resized(5, 4, 2, 2, [](int x, int) { return x == 4 ? 255 : 0; });
  EXPECT_GT(int{samples[1]}, int{samples[0]});
  EXPECT_GT(int{samples[1]}, 60);
}

}  // namespace
}  // namespace wujin::images
