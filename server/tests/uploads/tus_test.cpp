#include "uploads/tus.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/digest.h"
#include "base/text.h"

namespace wujin::uploads {
namespace {

TEST(TusMetadata, reads_keys_and_their_base64_values) {
  const auto metadata = parse_metadata("photo MGY4Zg==,filename 5LiJ57uELmpwZw==, empty,filetype aW1hZ2UvanBlZw==");
  ASSERT_TRUE(metadata);
  EXPECT_THAT(*metadata, testing::ElementsAre(testing::Pair("photo", "0f8f"), testing::Pair("filename", "三组.jpg"),
                                              testing::Pair("empty", ""), testing::Pair("filetype", "image/jpeg")));
  EXPECT_TRUE(parse_metadata("")->empty());
}

TEST(TusMetadata, refuses_what_is_none) {
  std::string many = "k0";
  for (int i = 1; i < 21; ++i) many += ",k" + std::to_string(i);
  const std::string long_value = "a " + to_base64(std::string(1025, 'x'));
  for (const std::string& header :
       {std::string("photo not-base64"), std::string("photo MGY4Zg"), std::string(",photo"), std::string("photo MGY4Zg==,"),
        std::string("photo MGY4Zg==,photo MGY4Zg=="), std::string("名字 MGY4Zg=="), std::string("raw /w=="),
        std::string("nul AA=="), many, long_value}) {
    const auto metadata = parse_metadata(header);
    ASSERT_FALSE(metadata) << header;
    const Problem problem = metadata.error();
    EXPECT_EQ(problem.faults().front().field, "Upload-Metadata") << header;
  }
}

TEST(TusSizes, are_plain_numbers) {
  EXPECT_EQ(parse_size("Upload-Offset", "0").value(), 0u);
  EXPECT_EQ(parse_size("Upload-Offset", "52428800").value(), 52428800u);
  for (const char* text : {"", "-1", "+1", "1.5", "1 ", "0x10", "18446744073709551616", "一"}) {
    EXPECT_FALSE(parse_size("Upload-Offset", text)) << text;
  }
}

TEST(TusChecksum, matches_in_every_algorithm_whatever_the_pieces) {
  for (const char* header :
       {"sha1 98O8HYCOBHMq32eZZczDTKeuNEE=", "sha256 FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=", "crc32 y/Q5Jg=="}) {
    auto checksum = Checksum::parse(header);
    ASSERT_TRUE(checksum) << header;
    checksum->append(std::string_view("1234"));
    checksum->append(std::string_view("56789"));
    EXPECT_TRUE(checksum->matches()) << header;
  }
  auto wrong = Checksum::parse("crc32 y/Q5Jw==");
  wrong->append(std::string_view("123456789"));
  EXPECT_FALSE(wrong->matches());
}

TEST(TusChecksum, refuses_what_is_none) {
  for (const char* header :
       {"", "sha256", "md5 XrY7u+Ae7tCTyyK7j1rNww==", "sha1 !!!!", "sha256 y/Q5Jg==", "SHA1 98O8HYCOBHMq32eZZczDTKeuNEE="}) {
    const auto checksum = Checksum::parse(header);
    ASSERT_FALSE(checksum) << header;
    EXPECT_EQ(checksum.error().code(), ProblemCode::malformed) << header;
  }
}

}  // namespace
}  // namespace wujin::uploads
