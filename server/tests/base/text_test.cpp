#include "base/text.h"

#include <gtest/gtest.h>

#include "base/id.h"
#include "base/problem.h"
#include "base/randomness.h"

namespace wujin {
namespace {

TEST(Text, tells_well_formed_utf8) {
  EXPECT_TRUE(is_utf8_text("三组 🔥"));
  for (const std::string_view bad : {std::string_view("\xC0\x80"), std::string_view("\xED\xA0\x80"), std::string_view("\xE4\xB8"),
                                     std::string_view("a\0b", 3), std::string_view("\xF5\x80\x80\x80")}) {
    EXPECT_FALSE(is_utf8_text(bad));
  }
}

TEST(Text, counts_what_a_person_counts) { EXPECT_EQ(count_characters("三组a🔥"), 4u); }

TEST(Text, trims_full_width_spaces) { EXPECT_EQ(trimmed("　 三组\r\n"), "三组"); }

TEST(Text, carries_bytes_through_base64_and_hex) {
  for (const std::string bytes : {"", "a", "ab", "abc", "\xff\xfe"}) {
    std::string back;
    ASSERT_TRUE(from_base64(to_base64(bytes), back));
    EXPECT_EQ(back, bytes);
    ASSERT_TRUE(from_hex(to_hex(bytes), back));
    EXPECT_EQ(back, bytes);
  }
  std::string back;
  for (const auto* bad : {"a", "a===", "ab=c", "a b=", "****"}) EXPECT_FALSE(from_base64(bad, back)) << bad;
}

TEST(Uuid, reads_only_the_36_character_form) {
  EXPECT_EQ(Uuid::parse("0F8FAD5B-d9cb-469f-a165-70867728950e")->to_string(), "0f8fad5b-d9cb-469f-a165-70867728950e");
  for (const auto* bad : {"", "0f8fad5bd9cb469fa16570867728950e", "{0f8fad5b-d9cb-469f-a165-70867728950e}",
                          "0f8fad5b-d9cb-469f-a165-70867728950g", "00000000-0000-0000-0000-000000000000"}) {
    EXPECT_FALSE(Uuid::parse(bad)) << bad;
  }
}

TEST(Uuid, is_version_four_and_repeats_with_its_seed) {
  SeededRandomness one(7), two(7);
  const auto uuid = Uuid::random(one);
  EXPECT_EQ(uuid, Uuid::random(two));
  EXPECT_EQ(uuid.to_string()[14], '4');
}

TEST(Uuid, is_version_seven_and_sorts_by_its_birth) {
  SeededRandomness one(7), two(7);
  const Instant moment{std::chrono::milliseconds(0x0188'E2F0'4A5B)};
  const auto uuid = Uuid::born(moment, one);
  EXPECT_EQ(uuid, Uuid::born(moment, two));
  EXPECT_EQ(uuid.to_string().substr(0, 16), "0188e2f0-4a5b-7" + uuid.to_string().substr(15, 1));
  EXPECT_NE(std::string_view("89ab").find(uuid.to_string()[19]), std::string_view::npos);
  EXPECT_LT(uuid, Uuid::born(moment + std::chrono::milliseconds(1), one));
}

TEST(Problem, fills_in_its_parameters_in_both_languages) {
  EXPECT_EQ(sentence(ProblemCode::too_long, {{"limit", "5"}}, Language::chinese), "太长，最多5个字。");
  EXPECT_EQ(sentence(ProblemCode::too_long, {{"limit", "5"}}, Language::english), "Too long: at most 5 characters.");
}

}  // namespace
}  // namespace wujin
