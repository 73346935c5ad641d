#include "images/inspect.h"

#include <gtest/gtest.h>

#include "images/exif_writer.h"
#include "tests/images/samples.h"

namespace wujin::images {
namespace {

using test::bytes_of;
using test::picture;
using namespace std::string_literals;

ProblemCode refusal(const std::string& file) {
  const auto found = inspect(bytes_of(file));
  return found ? ProblemCode::internal : found.error().code();
}

TEST(Inspect, tells_the_four_formats_by_their_content) {
  const std::pair<const char*, Format> formats[] = {
      {".jpg", Format::jpeg}, {".png", Format::png}, {".webp", Format::webp}, {".heic", Format::heic}};
  for (const auto& [suffix, format] : formats) {
    const auto file = picture(suffix, 640, 480);
    const auto found = inspect(bytes_of(file));
    ASSERT_TRUE(found) << suffix << " " << slug(found.error().code());
    EXPECT_EQ(found->format, format);
    EXPECT_EQ(found->width, 640) << suffix;
    EXPECT_EQ(found->height, 480) << suffix;
  }
  const auto lossless = inspect(bytes_of(picture(".webp[lossless]", 300, 200)));
  ASSERT_TRUE(lossless);
  EXPECT_EQ(lossless->width, 300);
  EXPECT_EQ(lossless->height, 200);
}

TEST(Inspect, measures_a_turned_picture_as_it_will_be_shown) {
  ExifFields fields;
  fields.orientation = 6;
  const auto found = inspect(bytes_of(with_exif(picture(".jpg", 640, 480), fields)));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->width, 480);
  EXPECT_EQ(found->height, 640);
}

TEST(Inspect, accepts_progressive_and_interlaced_pictures) {
  EXPECT_TRUE(inspect(bytes_of(picture(".jpg[interlace]"))));
  EXPECT_TRUE(inspect(bytes_of(picture(".png[interlace]"))));
}

TEST(Inspect, refuses_what_is_no_picture) {
  const std::string files[] = {"",
                               "x",
                               "\xff\xd8",
                               "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>",
                               "<!doctype html><html><body>hello</body></html>",
                               "GIF89a\x01\0\x01\0"s,
                               "PK\x03\x04 a zip",
                               "%PDF-1.7",
                               "BM a bitmap",
                               "\0\0\0\x20"
                               "ftypisom a film"s,
                               "\x89PNG\r\n",
                               "RIFF\0\0\0\0WAVE"s,
                               std::string(1000, '\0')};
  for (const auto& file : files) EXPECT_EQ(refusal(file), ProblemCode::picture_unknown) << file;
}

TEST(Inspect, refuses_a_picture_cut_short_anywhere) {
  for (const char* suffix : {".jpg", ".jpg[interlace]", ".png", ".webp", ".heic"}) {
    const auto file = picture(suffix, 200, 150);
    for (const double share : {0.02, 0.1, 0.3, 0.5, 0.8, 0.95}) {
      const auto cut = file.substr(0, static_cast<std::size_t>(static_cast<double>(file.size()) * share));
      const auto code = refusal(cut);
      EXPECT_TRUE(code == ProblemCode::picture_truncated || code == ProblemCode::picture_broken ||
                  code == ProblemCode::picture_unknown)
          << suffix << " at " << share << ": " << slug(code);
    }
    EXPECT_NE(refusal(file.substr(0, file.size() - 2)), ProblemCode::internal) << suffix;
  }
}

// The frame header of a JPEG says how large it is; nothing else need be true.
std::string claiming(std::string jpeg, unsigned width, unsigned height) {
  const auto at = jpeg.find("\xff\xc0\x00\x11\x08"s);
  jpeg[at + 5] = static_cast<char>(height >> 8);
  jpeg[at + 6] = static_cast<char>(height & 0xff);
  jpeg[at + 7] = static_cast<char>(width >> 8);
  jpeg[at + 8] = static_cast<char>(width & 0xff);
  return jpeg;
}

TEST(Inspect, refuses_a_picture_that_claims_to_be_huge) {
  const auto jpeg = picture(".jpg", 64, 64);
  EXPECT_EQ(refusal(claiming(jpeg, 60000, 60000)), ProblemCode::picture_too_big);
  EXPECT_EQ(refusal(claiming(jpeg, 60000, 10)), ProblemCode::picture_too_big);
  EXPECT_EQ(refusal(claiming(jpeg, 20000, 20000)), ProblemCode::picture_too_big);
  EXPECT_EQ(refusal(claiming(jpeg, 0, 100)), ProblemCode::picture_broken);
  auto png = picture(".png", 64, 64);
  for (const auto at : {16, 20}) png.replace(static_cast<std::size_t>(at), 4, "\x00\x00\xea\x60"s);
  EXPECT_EQ(refusal(png), ProblemCode::picture_too_big);
}

TEST(Inspect, refuses_a_picture_that_hides_a_script) {
  const auto jpeg = picture(".jpg", 64, 64);
  const auto png = picture(".png", 64, 64);
  const auto webp = picture(".webp", 64, 64);
  const auto segment = "\xff\xfe\x00\x1b<ScRipt>alert(1)</script>"s;
  EXPECT_EQ(refusal(jpeg.substr(0, 2) + segment + jpeg.substr(2)), ProblemCode::picture_with_script);
  EXPECT_EQ(refusal(jpeg + "<!DOCTYPE html><body onload=x>"), ProblemCode::picture_with_script);
  EXPECT_EQ(refusal(jpeg + "<?php echo 1;"), ProblemCode::picture_with_script);
  EXPECT_EQ(refusal(png + "<html>"), ProblemCode::picture_with_script);
  EXPECT_EQ(refusal(webp + "<svg onload=alert(1)>"), ProblemCode::picture_with_script);
}

TEST(Inspect, refuses_a_file_of_countless_empty_parts) {
  const auto jpeg = picture(".jpg", 64, 64);
  std::string parts;
  for (int i = 0; i < 100'000; ++i) parts += "\xff\xe5\x00\x02"s;
  EXPECT_EQ(refusal(jpeg.substr(0, 2) + parts + jpeg.substr(2)), ProblemCode::picture_broken);
}

TEST(Inspect, accepts_harmless_bytes_behind_a_picture) {
  EXPECT_TRUE(inspect(bytes_of(picture(".jpg", 64, 64) + std::string(5000, '\0') + picture(".jpg", 32, 32))));
}

TEST(Inspect, survives_every_single_byte_changed) {
  for (const char* suffix : {".jpg", ".png", ".webp", ".heic"}) {
    const auto file = picture(suffix, 48, 32);
    for (std::size_t i = 0; i < file.size(); i += 3) {
      auto damaged = file;
      damaged[i] = static_cast<char>(damaged[i] ^ 0xff);
      const auto found = inspect(bytes_of(damaged));
      if (found) {
        EXPECT_GE(found->width, 1);
        EXPECT_LE(found->width, longest_side);
      }
    }
  }
}

}  // namespace
}  // namespace wujin::images
