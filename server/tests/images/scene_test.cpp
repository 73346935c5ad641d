#include "images/scene.h"

#include <gtest/gtest.h>

#include "images/exif.h"
#include "images/inspect.h"
#include "tests/images/samples.h"

namespace wujin::images {
namespace {

using test::bytes_of;

const Instant taken = parse_instant("2023-10-26T09:00:00+08:00").value();

TEST(Scene, is_a_sound_picture_with_its_moment_and_no_position) {
  const auto file = draw_scene(Scene::yard, 1, taken);
  const auto found = inspect(bytes_of(file));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->width, scene_width);
  EXPECT_EQ(found->height, scene_height);
  EXPECT_EQ(read_exif(bytes_of(file)).taken_at, taken);
  EXPECT_FALSE(read_exif(bytes_of(file)).latitude);
}

TEST(Scene, comes_out_the_same_from_the_same_seed_only) {
  EXPECT_EQ(draw_scene(Scene::drill, 4, taken), draw_scene(Scene::drill, 4, taken));
  EXPECT_NE(draw_scene(Scene::drill, 4, taken), draw_scene(Scene::drill, 5, taken));
  EXPECT_NE(draw_scene(Scene::drill, 4, taken), draw_scene_again(Scene::drill, 4, taken));
}

TEST(Scene, is_known_by_its_name) {
  EXPECT_EQ(parse_scene("loudspeaker"), Scene::loudspeaker);
  EXPECT_FALSE(parse_scene("volcano"));
  EXPECT_FALSE(parse_scene(""));
}

}  // namespace
}  // namespace wujin::images
