#include "images/planes.h"

#include <array>

#include <gtest/gtest.h>

#include "base/randomness.h"

namespace wujin::images {
namespace {

std::vector<std::uint8_t> filled(int width, int height, const std::array<std::uint8_t, 3>& colour) {
  std::vector<std::uint8_t> pixels;
  for (int i = 0; i < width * height; ++i) pixels.insert(pixels.end(), colour.begin(), colour.end());
  return pixels;
}

TEST(Planes, hold_colours_as_a_jpeg_does) {
  // ITU-R T.871 (JFIF), section 7.
  const struct {
    std::array<std::uint8_t, 3> rgb;
    int luma, blue, red;
  } colours[] = {{{255, 255, 255}, 255, 128, 128}, {{0, 0, 0}, 0, 128, 128},     {{128, 128, 128}, 128, 128, 128},
                 {{255, 0, 0}, 76, 85, 255},       {{0, 255, 0}, 150, 44, 21},   {{0, 0, 255}, 29, 255, 107},
                 {{255, 255, 0}, 226, 0, 149},     {{12, 200, 99}, 132, 109, 42}};
  for (const auto& colour : colours) {
    const auto planes = planes_of(filled(3, 3, colour.rgb), 3, 3);
    ASSERT_EQ(planes.luma.samples.size(), 9U);
    ASSERT_EQ(planes.blue.samples.size(), 4U);
    ASSERT_EQ(planes.red.samples.size(), 4U);
    for (const auto sample : planes.luma.samples) EXPECT_NEAR(sample, colour.luma, 1);
    for (const auto sample : planes.blue.samples) EXPECT_NEAR(sample, colour.blue, 1);
    for (const auto sample : planes.red.samples) EXPECT_NEAR(sample, colour.red, 1);
    const auto back = rgb_of(planes);
    for (std::size_t i = 0; i < back.size(); ++i) EXPECT_NEAR(back[i], colour.rgb[i % 3], 2);
  }
}

TEST(Planes, give_each_four_pixels_the_mean_of_their_colours) {
  auto pixels = filled(3, 2, {0, 0, 0});
  for (const std::size_t blue : {2, 5}) pixels[blue] = 255;  // two of the left four pixels, none of the right two
  const auto planes = planes_of(pixels, 3, 2);
  ASSERT_EQ(planes.blue.width, 2);
  ASSERT_EQ(planes.blue.height, 1);
  EXPECT_NEAR(planes.blue.samples[0], 128 + 127.5 / 2, 1);
  EXPECT_EQ(int{planes.blue.samples[1]}, 128);
}

TEST(Planes, are_the_same_after_a_way_through_rgb) {
  SeededRandomness random(5);
  auto pixels = filled(8, 6, {0, 0, 0});
  for (auto& sample : pixels) sample = static_cast<std::uint8_t>(96 + random.below(64));  // nothing that is cut off
  const auto once = planes_of(pixels, 8, 6);
  const auto twice = planes_of(rgb_of(once), 8, 6);
  for (std::size_t i = 0; i < once.luma.samples.size(); ++i) EXPECT_NEAR(once.luma.samples[i], twice.luma.samples[i], 1);
  for (std::size_t i = 0; i < once.blue.samples.size(); ++i) {
    EXPECT_NEAR(once.blue.samples[i], twice.blue.samples[i], 1);
    EXPECT_NEAR(once.red.samples[i], twice.red.samples[i], 1);
  }
}

TEST(Planes, turn_as_exif_says) {
  // Three columns and two rows, numbered:  0 1 2
  //                                        3 4 5
  const struct {
    int orientation, width;
    std::vector<std::uint8_t> samples;
  } turns[] = {{1, 3, {0, 1, 2, 3, 4, 5}}, {2, 3, {2, 1, 0, 5, 4, 3}}, {3, 3, {5, 4, 3, 2, 1, 0}}, {4, 3, {3, 4, 5, 0, 1, 2}},
               {5, 2, {0, 3, 1, 4, 2, 5}}, {6, 2, {3, 0, 4, 1, 5, 2}}, {7, 2, {5, 2, 4, 1, 3, 0}}, {8, 2, {2, 5, 1, 4, 0, 3}}};
  const Planes stored{{3, 2, {0, 1, 2, 3, 4, 5}}, {2, 1, {7, 8}}, {2, 1, {9, 6}}};
  for (const auto& turn : turns) {
    const auto upright = turned(stored, turn.orientation);
    EXPECT_EQ(upright.luma.width, turn.width) << turn.orientation;
    EXPECT_EQ(upright.luma.width * upright.luma.height, 6) << turn.orientation;
    EXPECT_EQ(upright.luma.samples, turn.samples) << turn.orientation;
    EXPECT_EQ(upright.blue.height, turn.width == 3 ? 1 : 2) << turn.orientation;
  }
  EXPECT_EQ(turned(stored, 6).red.samples, (std::vector<std::uint8_t>{9, 6}));
  EXPECT_EQ(turned(stored, 8).red.samples, (std::vector<std::uint8_t>{6, 9}));
}

TEST(Planes, turn_a_picture_larger_than_a_square_of_work) {
  Plane plane{70, 41, {}};
  for (int i = 0; i < 70 * 41; ++i) plane.samples.push_back(static_cast<std::uint8_t>(i % 251));
  const auto upright = turned(turned(Planes{plane, plane, plane}, 6), 8);
  EXPECT_EQ(upright.luma.samples, plane.samples);
}

TEST(Planes, become_no_longer_than_asked_and_never_longer_than_they_were) {
  const auto planes = planes_of(filled(401, 299, {10, 200, 30}), 401, 299);
  const auto less = shortened(planes, 320);
  EXPECT_EQ(less.luma.width, 320);
  EXPECT_EQ(less.luma.height, 239);
  EXPECT_EQ(less.blue.width, 160);
  EXPECT_EQ(less.blue.height, 120);
  EXPECT_EQ(shortened(planes, 401).luma.width, 401);
  EXPECT_EQ(shortened(planes, 1280).luma.height, 299);
  const auto strip = shortened(planes_of(filled(5000, 2, {1, 2, 3}), 5000, 2), 320);
  EXPECT_EQ(strip.luma.height, 1);
  EXPECT_EQ(strip.red.height, 1);
}

}  // namespace
}  // namespace wujin::images
