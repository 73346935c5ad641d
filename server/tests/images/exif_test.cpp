#include "images/exif.h"

#include <gtest/gtest.h>

#include "base/randomness.h"
#include "images/exif_writer.h"
#include "tests/images/samples.h"

namespace wujin::images {
namespace {

using test::bytes_of;
using test::picture;
using namespace std::string_literals;

ExifFields claiming(const char* moment, double latitude, double longitude) {
  ExifFields fields;
  fields.claims.taken_at = parse_instant(moment).value();
  fields.claims.latitude = latitude;
  fields.claims.longitude = longitude;
  return fields;
}

std::string replaced_once(std::string text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos);
  return text.replace(at, from.size(), to);
}

TEST(Exif, reads_when_and_where) {
  const auto file = with_exif(picture(".jpg", 64, 64), claiming("2023-10-26T09:12:30+08:00", 29.38, -105.52));
  const auto claims = read_exif(bytes_of(file));
  EXPECT_EQ(claims.taken_at, parse_instant("2023-10-26T01:12:30Z").value());
  ASSERT_TRUE(claims.latitude && claims.longitude);
  EXPECT_NEAR(*claims.latitude, 29.38, 1e-5);
  EXPECT_NEAR(*claims.longitude, -105.52, 1e-5);
}

TEST(Exif, obeys_the_offset_a_camera_names_and_takes_china_time_without) {
  const auto file = with_exif(picture(".jpg", 64, 64), claiming("2023-10-26T09:12:30+08:00", 1, 1));
  EXPECT_EQ(read_exif(bytes_of(replaced_once(file, "+08:00", "+06:00"))).taken_at, parse_instant("2023-10-26T03:12:30Z").value());
  for (const auto& offset : {"\0\0\0\0\0\0"s, "      "s, "+99:99"s, "0800  "s}) {
    EXPECT_EQ(read_exif(bytes_of(replaced_once(file, "+08:00", offset))).taken_at, parse_instant("2023-10-26T01:12:30Z").value());
  }
}

TEST(Exif, takes_no_time_from_a_clock_never_set) {
  const auto file = with_exif(picture(".jpg", 64, 64), claiming("2023-10-26T09:12:30+08:00", 1, 1));
  for (const char* text :
       {"0000:00:00 00:00:00", "1980:01:01 00:00:00", "2023:13:40 09:12:30", "    :  :     :  :  ", "2023:10:26 25:61:61"}) {
    EXPECT_FALSE(read_exif(bytes_of(replaced_once(file, "2023:10:26 09:12:30", text))).taken_at) << text;
  }
}

TEST(Exif, takes_no_position_that_cannot_be) {
  const auto jpeg = picture(".jpg", 64, 64);
  EXPECT_FALSE(read_exif(bytes_of(with_exif(jpeg, claiming("2023-10-26T09:12:30+08:00", 0, 0)))).latitude);
  EXPECT_FALSE(read_exif(bytes_of(with_exif(jpeg, claiming("2023-10-26T09:12:30+08:00", 120, 10)))).latitude);
  EXPECT_FALSE(read_exif(bytes_of(with_exif(jpeg, claiming("2023-10-26T09:12:30+08:00", 10, 200)))).longitude);
}

TEST(Exif, claims_nothing_for_a_picture_without_it) {
  for (const char* suffix : {".jpg[strip]", ".png", ".webp", ".heic"}) {
    const auto claims = read_exif(bytes_of(picture(suffix, 64, 64)));
    EXPECT_FALSE(claims.taken_at || claims.latitude) << suffix;
  }
  EXPECT_FALSE(read_exif({}).taken_at);
}

TEST(Exif, reads_the_other_formats_too) {
  const auto with = with_exif(picture(".jpg", 64, 64), claiming("2023-10-26T09:12:30+08:00", 29, 105));
  VipsImage* loaded = nullptr;
  ASSERT_EQ(vips_jpegload_buffer(const_cast<char*>(with.data()), with.size(), &loaded, nullptr), 0);
  const Image image(loaded);
  for (const auto& file : {test::save(loaded, ".webp"), test::save(loaded, ".png"), test::save_heic(loaded)}) {
    EXPECT_EQ(read_exif(bytes_of(file)).taken_at, parse_instant("2023-10-26T01:12:30Z").value());
  }
}

TEST(Exif, survives_blocks_of_any_bytes) {
  SeededRandomness random(7);
  const auto jpeg = picture(".jpg", 64, 64);
  const auto sound = with_exif(jpeg, claiming("2023-10-26T09:12:30+08:00", 29, 105));
  const auto length = sound.size() - jpeg.size();
  for (int round = 0; round < 3000; ++round) {
    auto damaged = sound;
    for (int i = 0; i < 4; ++i) damaged[12 + random.below(length - 12)] = static_cast<char>(random.below(256));
    const auto claims = read_exif(bytes_of(damaged));
    if (claims.latitude) {
      EXPECT_LE(std::abs(*claims.latitude), 90);
    }
    EXPECT_EQ(claims.latitude.has_value(), claims.longitude.has_value());
  }
}

TEST(Exif, ignores_an_orientation_that_is_none) {
  ExifFields fields;
  for (const int wrong : {0, 9, 255}) {
    fields.orientation = wrong;
    EXPECT_EQ(orientation_of(bytes_of(exif_block(fields))), 1);
  }
  fields.orientation = 8;
  EXPECT_EQ(orientation_of(bytes_of(exif_block(fields))), 8);
}

}  // namespace
}  // namespace wujin::images
