#include "activities/words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wujin::activities {
namespace {

using testing::ElementsAre;

const Instant first = parse_instant("2023-10-26T10:00:00+08:00").value();
Instant later(int minutes) { return first + std::chrono::minutes(minutes); }

std::span<const std::byte> bytes_of(const std::string& text) { return std::as_bytes(std::span(text)); }

WordBlock block_of(const std::vector<std::string>& texts) {
  WordGatherer gatherer;
  int minutes = 0;
  for (const std::string& text : texts) gatherer.add(later(minutes++), {text, "其余"});
  return gatherer.finish(always);
}

bool may_be_in(const WordBlock& block, std::string_view words) { return SoughtWords(words).may_be_in(bytes_of(block.filter)); }

TEST(Words, may_be_wherever_they_stand_in_a_text) {
  const auto block = block_of({"在三组院坝讲解取暖安全。", "Wi-Fi 与用电"});
  for (const char* words : {"院", "院坝", "院坝讲解", "在三", "全。", "wi-fi", "WI", "Fi 与", "其余"}) {
    EXPECT_TRUE(may_be_in(block, words)) << words;
  }
  EXPECT_FALSE(may_be_in(block, "冰川"));
  EXPECT_FALSE(may_be_in(block, "坝院"));
  EXPECT_FALSE(may_be_in(block, "院坝冰"));
}

TEST(Words, are_in_no_block_without_records) { EXPECT_FALSE(may_be_in(block_of({}), "院坝")); }

TEST(Words, name_the_moments_of_the_records_that_may_hold_them) {
  std::vector<std::string> texts(20, "入户讲解用气");
  texts[3] = "院坝会";
  texts[7] = "在院坝";
  const auto block = block_of(texts);
  const auto moments = [&](const char* words) { return SoughtWords(words).moments_in(bytes_of(block.records)); };
  EXPECT_THAT(moments("院坝").value(), ElementsAre(later(3), later(7)));
  EXPECT_THAT(moments("院坝会").value(), ElementsAre(later(3)));
  EXPECT_TRUE(moments("冰川").value().empty());
  EXPECT_FALSE(moments("用气")) << "most of them hold it";
  EXPECT_FALSE(moments("院")) << "a record keeps pairs alone";
}

TEST(Words, name_a_moment_that_records_share_once) {
  WordGatherer gatherer;
  for (int i = 0; i < 20; ++i) gatherer.add(i < 10 ? first : later(1), {i < 3 ? "院坝" : "村口"});
  const auto block = gatherer.finish(always);
  EXPECT_THAT(SoughtWords("院坝").moments_in(bytes_of(block.records)).value(), ElementsAre(first));
}

TEST(Words, that_were_kept_broken_are_refused) {
  const auto block = block_of({"院坝会"});
  EXPECT_THROW((void)SoughtWords("院坝").moments_in(bytes_of(block.records).first(9)), std::runtime_error);
  EXPECT_THROW((void)SoughtWords("院坝").moments_in(bytes_of(block.records).first(block.records.size() - 1)), std::runtime_error);
}

}  // namespace
}  // namespace wujin::activities
