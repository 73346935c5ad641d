#include "images/render.h"

#include <array>
#include <cstdio>
#include <cstdlib>

#include <gtest/gtest.h>
#include <jpeglib.h>

#include "images/exif_writer.h"
#include "tests/images/samples.h"

namespace wujin::images {
namespace {

using test::bytes_of;
using test::picture;
using namespace std::string_literals;

struct Pixel {
  int red, green, blue;
};
Pixel pixel_at(const std::string& jpeg, double across, double down) {
  VipsImage* loaded = nullptr;
  if (vips_jpegload_buffer(const_cast<char*>(jpeg.data()), jpeg.size(), &loaded, nullptr) != 0)
    throw std::runtime_error(take_vips_error());
  const Image image(loaded);
  double* values = nullptr;
  int count = 0;
  vips_getpoint(loaded, &values, &count, static_cast<int>(across * vips_image_get_width(loaded)),
                static_cast<int>(down * vips_image_get_height(loaded)), nullptr);
  const Pixel pixel{static_cast<int>(values[0]), static_cast<int>(values[1]), static_cast<int>(values[2])};
  g_free(values);
  return pixel;
}
// A JPEG whose brightness is kept `across` × `down` times as fine as its colours; in RGB when `space` says so. Its left half is
// blue, its right half red.
std::string picture_in(J_COLOR_SPACE space, int across, int down, int width, int height) {
  jpeg_compress_struct jpeg{};
  jpeg_error_mgr errors{};
  jpeg.err = jpeg_std_error(&errors);
  jpeg_create_compress(&jpeg);
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&jpeg, &bytes, &size);
  jpeg.image_width = static_cast<JDIMENSION>(width);
  jpeg.image_height = static_cast<JDIMENSION>(height);
  jpeg.input_components = 3;
  jpeg.in_color_space = JCS_RGB;
  jpeg_set_defaults(&jpeg);
  jpeg_set_colorspace(&jpeg, space);
  jpeg.comp_info[0].h_samp_factor = across;
  jpeg.comp_info[0].v_samp_factor = down;
  jpeg_start_compress(&jpeg, TRUE);
  std::vector<JSAMPLE> row;
  for (int x = 0; x < width; ++x) {
    const std::array<JSAMPLE, 3> colour =
        x < width / 2 ? std::array<JSAMPLE, 3>{10, 30, 220} : std::array<JSAMPLE, 3>{230, 20, 20};
    row.insert(row.end(), colour.begin(), colour.end());
  }
  JSAMPROW start = row.data();
  for (int y = 0; y < height; ++y) jpeg_write_scanlines(&jpeg, &start, 1);
  jpeg_finish_compress(&jpeg);
  jpeg_destroy_compress(&jpeg);
  std::string file(reinterpret_cast<const char*>(bytes), size);
  std::free(bytes);
  return file;
}

bool is_red(Pixel pixel) { return pixel.red > 180 && pixel.green < 90 && pixel.blue < 90; }

TEST(Render, draws_both_sizes_of_every_format) {
  for (const char* suffix : {".jpg", ".jpg[interlace]", ".png", ".png[interlace]", ".webp", ".heic"}) {
    const auto drawn = render(bytes_of(picture(suffix, 2000, 1500)));
    ASSERT_TRUE(drawn) << suffix << " " << drawn.error().cause();
    EXPECT_EQ(drawn->large.width, 1280) << suffix;
    EXPECT_EQ(drawn->large.height, 960) << suffix;
    EXPECT_EQ(drawn->small.width, 320) << suffix;
    EXPECT_EQ(drawn->small.height, 240) << suffix;
    EXPECT_TRUE(is_red(pixel_at(drawn->small.jpeg, 0.1, 0.1))) << suffix;
    EXPECT_FALSE(is_red(pixel_at(drawn->large.jpeg, 0.6, 0.6))) << suffix;
  }
}

TEST(Render, halves_a_large_jpeg_while_decoding_without_losing_its_shape) {
  const auto drawn = render(bytes_of(picture(".jpg", 4001, 2999)));
  ASSERT_TRUE(drawn);
  EXPECT_EQ(drawn->large.width, 1280);
  EXPECT_NEAR(drawn->large.height, 959, 1);
}

TEST(Render, takes_colours_however_finely_they_are_kept) {
  for (const auto& [across, down] : {std::pair(1, 1), std::pair(2, 1), std::pair(1, 2), std::pair(2, 2), std::pair(4, 1)}) {
    for (const auto& [width, height] : {std::pair(4032, 3024), std::pair(1999, 1501), std::pair(640, 481), std::pair(7, 3)}) {
      const auto drawn = render(bytes_of(picture_in(JCS_YCbCr, across, down, width, height)));
      ASSERT_TRUE(drawn) << drawn.error().cause();
      EXPECT_EQ(drawn->large.width, std::min(width, large_side));
      if (width < 16) continue;  // one block of the file, which holds both colours
      for (const auto* rendition : {&drawn->small, &drawn->large}) {
        const auto left = pixel_at(rendition->jpeg, 0.1, 0.5);
        EXPECT_NEAR(left.red, 10, 6) << across << down << " " << width;
        EXPECT_NEAR(left.blue, 220, 6) << across << down << " " << width;
        // Close to where the colours meet: they have not moved.
        EXPECT_GT(pixel_at(rendition->jpeg, 0.47, 0.9).blue, 180) << across << down << " " << width;
        EXPECT_GT(pixel_at(rendition->jpeg, 0.53, 0.9).red, 180) << across << down << " " << width;
      }
    }
  }
}

TEST(Render, takes_a_jpeg_in_red_green_and_blue) {
  const auto drawn = render(bytes_of(picture_in(JCS_RGB, 1, 1, 2000, 1500)));
  ASSERT_TRUE(drawn) << drawn.error().cause();
  const auto left = pixel_at(drawn->large.jpeg, 0.2, 0.5);
  EXPECT_NEAR(left.red, 10, 6);
  EXPECT_NEAR(left.blue, 220, 6);
}

TEST(Render, brings_a_wider_profile_home_to_srgb) {
  const auto image = test::draw_pattern(1600, 1200, 2);
  VipsImage* wide = nullptr;
  ASSERT_EQ(vips_icc_transform(image.get(), &wide, "p3", "input_profile", "srgb", nullptr), 0) << take_vips_error();
  const Image owned(wide);
  const auto file = test::save(wide, ".jpg[Q=95]");
  ASSERT_NE(file.find("ICC_PROFILE"), std::string::npos);
  const auto plain = test::save(image.get(), ".jpg[Q=95]");
  const auto drawn = render(bytes_of(file));
  ASSERT_TRUE(drawn) << drawn.error().cause();
  EXPECT_LT(pixel_at(file, 0.1, 0.1).red, 235);  // as stored, the red block is duller than it is meant
  for (const double where : {0.1, 0.3, 0.5, 0.8}) {
    const auto meant = pixel_at(plain, where, where);
    const auto shown = pixel_at(drawn->large.jpeg, where, where);
    EXPECT_NEAR(shown.red, meant.red, 8) << where;
    EXPECT_NEAR(shown.green, meant.green, 8) << where;
    EXPECT_NEAR(shown.blue, meant.blue, 8) << where;
  }
}

TEST(Render, never_enlarges) {
  const auto drawn = render(bytes_of(picture(".jpg", 200, 100)));
  ASSERT_TRUE(drawn);
  EXPECT_EQ(drawn->large.width, 200);
  EXPECT_EQ(drawn->small.height, 100);
}

TEST(Render, draws_a_picture_of_a_few_pixels_and_a_very_long_one) {
  const auto dot = render(bytes_of(picture(".png", 1, 1)));
  ASSERT_TRUE(dot) << dot.error().cause();
  const auto strip = render(bytes_of(picture(".png", 5000, 2)));
  ASSERT_TRUE(strip) << strip.error().cause();
  EXPECT_GE(strip->small.height, 1);
}

TEST(Render, turns_every_orientation_upright) {
  // Where the block at the stored upper left stands once the picture is turned.
  const struct {
    int orientation;
    double across, down;
  } turns[] = {{1, 0.1, 0.1}, {2, 0.9, 0.1}, {3, 0.9, 0.9}, {4, 0.1, 0.9},
               {5, 0.1, 0.1}, {6, 0.9, 0.1}, {7, 0.9, 0.9}, {8, 0.1, 0.9}};
  const auto jpeg = picture(".jpg", 800, 600);
  for (const auto& turn : turns) {
    ExifFields fields;
    fields.orientation = turn.orientation;
    const auto drawn = render(bytes_of(with_exif(jpeg, fields)));
    ASSERT_TRUE(drawn);
    EXPECT_EQ(drawn->large.width, turn.orientation >= 5 ? 600 : 800) << turn.orientation;
    EXPECT_TRUE(is_red(pixel_at(drawn->large.jpeg, turn.across, turn.down))) << turn.orientation;
  }
}

TEST(Render, keeps_no_metadata) {
  ExifFields fields;
  fields.claims.latitude = 29;
  fields.claims.longitude = 105;
  fields.claims.taken_at = parse_instant("2023-10-26T09:00:00+08:00").value();
  const auto drawn = render(bytes_of(with_exif(picture(".jpg", 1600, 1200), fields)));
  ASSERT_TRUE(drawn);
  for (const auto* rendition : {&drawn->small, &drawn->large}) {
    EXPECT_EQ(rendition->jpeg.find("Exif"), std::string::npos);
    EXPECT_EQ(rendition->jpeg.find("2023:10"), std::string::npos);
    EXPECT_EQ(rendition->jpeg.find("ICC_PROFILE"), std::string::npos);
  }
}

TEST(Render, shows_what_is_transparent_on_white_and_grey_as_grey) {
  vips();
  VipsImage* clear = nullptr;
  ASSERT_EQ(vips_black(&clear, 400, 300, "bands", 4, nullptr), 0);
  const Image owned(clear);
  clear->Type = VIPS_INTERPRETATION_sRGB;
  const auto drawn = render(bytes_of(test::save(clear, ".png")));
  ASSERT_TRUE(drawn) << drawn.error().cause();
  EXPECT_GT(pixel_at(drawn->small.jpeg, 0.5, 0.5).green, 250);

  const auto coloured = test::draw_pattern(400, 300, 1);
  VipsImage* grey = nullptr;
  ASSERT_EQ(vips_colourspace(coloured.get(), &grey, VIPS_INTERPRETATION_B_W, nullptr), 0);
  const Image grey_owned(grey);
  const auto grey_drawn = render(bytes_of(test::save(grey, ".jpg")));
  ASSERT_TRUE(grey_drawn) << grey_drawn.error().cause();
  const auto pixel = pixel_at(grey_drawn->small.jpeg, 0.7, 0.7);
  EXPECT_NEAR(pixel.red, pixel.blue, 3);

  VipsImage* deep = nullptr;
  ASSERT_EQ(vips_colourspace(coloured.get(), &deep, VIPS_INTERPRETATION_RGB16, nullptr), 0);
  const Image deep_owned(deep);
  EXPECT_TRUE(render(bytes_of(test::save(deep, ".png"))));

  VipsImage* inks = nullptr;
  ASSERT_EQ(vips_colourspace(coloured.get(), &inks, VIPS_INTERPRETATION_CMYK, nullptr), 0);
  const Image inks_owned(inks);
  const auto printed = render(bytes_of(test::save(inks, ".jpg")));
  ASSERT_TRUE(printed) << printed.error().cause();
  EXPECT_TRUE(is_red(pixel_at(printed->small.jpeg, 0.1, 0.1)));
}

TEST(Render, answers_a_problem_for_pixels_that_do_not_decode) {
  SeededRandomness random(3);
  for (const char* suffix : {".jpg", ".png", ".webp", ".heic"}) {
    const auto file = picture(suffix, 400, 300);
    int refused = 0;
    for (int round = 0; round < 20; ++round) {
      auto damaged = file;
      for (int i = 0; i < 40; ++i)
        damaged[file.size() / 3 + random.below(file.size() * 2 / 3)] = static_cast<char>(random.below(256));
      const auto drawn = render(bytes_of(damaged));
      refused += drawn ? 0 : 1;
    }
    // JPEG and HEIC decoders show damage as blotches; the others refuse.
    if (suffix == std::string_view(".png") || suffix == std::string_view(".webp")) {
      EXPECT_GT(refused, 0) << suffix;
    }
  }
  EXPECT_FALSE(render(bytes_of("<svg xmlns='http://www.w3.org/2000/svg'/>")));
}

}  // namespace
}  // namespace wujin::images
