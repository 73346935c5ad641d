#include "images/fingerprint.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "images/planes.h"
#include "images/render.h"
#include "images/scene.h"
#include "tests/images/samples.h"

namespace wujin::images {
namespace {

using test::bytes_of;

const Instant taken = parse_instant("2023-10-26T09:00:00+08:00").value();

Fingerprint fingerprint_of(const std::string& file) { return render(bytes_of(file)).value().fingerprint; }

Image loaded(const std::string& file) {
  VipsImage* image = nullptr;
  if (vips_jpegload_buffer(const_cast<char*>(file.data()), file.size(), &image, nullptr) != 0)
    throw std::runtime_error(take_vips_error());
  const Image owned(image);
  return Image(vips_image_copy_memory(image));
}

std::string resized(const std::string& file, double scale, const std::string& suffix) {
  VipsImage* out = nullptr;
  const auto image = loaded(file);
  if (vips_resize(image.get(), &out, scale, nullptr) != 0) throw std::runtime_error(take_vips_error());
  const Image owned(out);
  return test::save(out, suffix);
}

std::string lightened(const std::string& file, double times, double plus) {
  VipsImage* out = nullptr;
  const auto image = loaded(file);
  if (vips_linear1(image.get(), &out, times, plus, "uchar", TRUE, nullptr) != 0) throw std::runtime_error(take_vips_error());
  const Image owned(out);
  return test::save(out, ".jpg[Q=80]");
}

class NearDuplicates : public testing::TestWithParam<int> {};

TEST_P(NearDuplicates, are_known_though_resized_recompressed_brightened_or_cropped) {
  const auto scene = static_cast<Scene>(GetParam());
  const auto seed = static_cast<std::uint64_t>(GetParam()) + 500;
  const auto file = draw_scene(scene, seed, taken);
  const auto original = fingerprint_of(file);
  EXPECT_LE(distance(original, fingerprint_of(resized(file, 0.5, ".jpg[Q=75]"))), near_duplicate_distance);
  EXPECT_LE(distance(original, fingerprint_of(resized(file, 0.31, ".webp[Q=60]"))), near_duplicate_distance);
  EXPECT_LE(distance(original, fingerprint_of(resized(file, 1, ".jpg[Q=25]"))), near_duplicate_distance);
  EXPECT_LE(distance(original, fingerprint_of(lightened(file, 1.1, 5))), near_duplicate_distance);
  EXPECT_LE(distance(original, fingerprint_of(lightened(file, 0.85, 0))), near_duplicate_distance);
  EXPECT_LE(distance(original, fingerprint_of(draw_scene_again(scene, seed, taken))), near_duplicate_distance);
}

INSTANTIATE_TEST_SUITE_P(scenes, NearDuplicates, testing::Range(0, 12));

TEST(Fingerprint, keeps_different_scenes_far_apart) {
  std::vector<Fingerprint> all;
  for (std::uint64_t i = 0; i < 96; ++i) all.push_back(fingerprint_of(draw_scene(static_cast<Scene>(i % 12), i, taken)));
  std::vector<int> distances;
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t j = i + 1; j < all.size(); ++j) distances.push_back(distance(all[i], all[j]));
  }
  std::sort(distances.begin(), distances.end());
  EXPECT_GT(distances.front(), near_duplicate_distance);
  EXPECT_GE(distances[distances.size() / 2], 26);
}

TEST(Fingerprint, of_one_colour_is_no_accident) {
  const Plane grey{64, 48, std::vector<std::uint8_t>(std::size_t{64} * 48, std::uint8_t{128})};
  EXPECT_EQ(fingerprint(grey), fingerprint(grey));
  EXPECT_THROW((void)fingerprint(Plane{64, 47, grey.samples}), std::logic_error);
  EXPECT_THROW((void)fingerprint(Plane{}), std::logic_error);
}

}  // namespace
}  // namespace wujin::images
