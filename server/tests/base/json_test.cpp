#include "base/json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wujin {
namespace {

enum class Colour { red, green };
BOOST_DESCRIBE_ENUM(Colour, red, green)

struct Picture {
  Uuid id;
  int bytes;
  std::optional<std::string> caption;
};
BOOST_DESCRIBE_STRUCT(Picture, (), (id, bytes, caption))

struct Record {
  std::string title;
  Date date;
  Colour colour;
  std::vector<Picture> pictures;
  std::optional<std::string> return_;
};
BOOST_DESCRIBE_STRUCT(Record, (), (title, date, colour, pictures, return_))

constexpr auto good = R"({"title":"三组\n院坝会","date":"2023-10-26","colour":"green",
  "pictures":[{"id":"0f8fad5b-d9cb-469f-a165-70867728950e","bytes":12}],"return":"x"})";

std::vector<std::string> faults_of(std::string_view text) {
  const auto record = decode_json<Record>(text);
  std::vector<std::string> list;
  if (record) return list;
  const Problem problem = record.error();
  if (problem.faults().empty()) list.emplace_back(slug(problem.code()));
  for (const Fault& fault : problem.faults()) list.push_back(fault.field + " " + std::string(slug(fault.code)));
  return list;
}

TEST(Json, comes_back_as_it_went_out) {
  const auto record = decode_json<Record>(good);
  ASSERT_TRUE(record) << record.error().cause();
  EXPECT_EQ(encode_json(*decode_json<Record>(encode_json(*record))), encode_json(*record));
  EXPECT_EQ(record->return_, "x");
  EXPECT_EQ(encode_json(*record).find("caption"), std::string::npos);
}

TEST(Json, names_every_fault_with_its_path) {
  EXPECT_THAT(
      faults_of(R"({"title":7,"date":"2023-02-30","colour":"blue","pictures":[{"id":"x","bytes":1.5,"size":3}],"extra":1})"),
      testing::UnorderedElementsAre("title wrong_type", "date invalid", "colour unknown_choice", "pictures[0].id invalid",
                                    "pictures[0].bytes wrong_type", "pictures[0].size unknown_field", "extra unknown_field"));
  EXPECT_THAT(faults_of("{}"),
              testing::UnorderedElementsAre("title required", "date required", "colour required", "pictures required"));
}

TEST(Json, refuses_text_that_is_no_json) {
  const std::string deep(40, '[');
  for (const std::string& text : {std::string(""), std::string("{"), std::string("{\"title\":\"\xff\"}"), deep,
                                  std::string("{\"title\":NaN}"), std::string("{} {}"), std::string("\xEF\xBB\xBF{}")}) {
    EXPECT_THAT(faults_of(text), testing::ElementsAre("malformed")) << text;
  }
  EXPECT_THAT(faults_of(R"([1])"), testing::ElementsAre(" wrong_type"));
}

TEST(Json, escapes_what_must_be_escaped) { EXPECT_EQ(encode_json(std::string("a\"b\\c\n\x01")), R"("a\"b\\c\n\u0001")"); }

TEST(Json, finds_what_must_be_escaped_wherever_it_stands) {
  for (int c = 1; c < 256; ++c) {
    const bool is_escaped = c < 0x20 || c == '"' || c == '\\';
    for (std::size_t at = 0; at < 20; ++at) {
      std::string text(20, 'x');
      text[at] = static_cast<char>(c);
      const std::string encoded = encode_json(text);
      EXPECT_EQ(encoded.size() > text.size() + 2, is_escaped) << c << " at " << at;
      if (is_escaped) EXPECT_EQ(parse_json(encoded).value().as_string(), text) << c << " at " << at;
    }
  }
}

}  // namespace
}  // namespace wujin
