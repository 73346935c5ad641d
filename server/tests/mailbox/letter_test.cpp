#include "mailbox/letter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mailbox/pictures.h"
#include "mailbox/reply.h"

namespace wujin::mailbox {
namespace {

using namespace std::string_view_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST(KeptText, is_well_formed_whatever_came) {
  struct Row {
    std::string_view came;
    std::string_view kept;
  };
  const Row rows[] = {
      {"报告\tA\r\n", "报告\tA\n"},
      {"a\0b\x01\x7F"sv, "ab"},
      {"\xFF\xFE报\xE6\x8A", "报"},
      {"\xC0\xAF\xE0\x80\x80\xED\xA0\x80\xF4\x90\x80\x80x", "x"},
  };
  for (const Row& row : rows) EXPECT_EQ(kept_text(row.came, 100), row.kept);
}

TEST(KeptText, is_cut_between_characters) {
  EXPECT_EQ(kept_text("报告", 5), "报");
  EXPECT_EQ(kept_text("报告", 6), "报告");
  EXPECT_EQ(kept_text("报告", 2), "");
}

TEST(Suspicious, is_what_the_receiving_server_could_not_vouch_for) {
  struct Row {
    const char* authentication;
    bool is_suspicious;
  };
  const Row rows[] = {
      {"", false},
      {"mx.example.cn; spf=pass smtp.mailfrom=a@example.cn; dkim=pass header.d=example.cn", false},
      {"mx.example.cn; spf=fail smtp.mailfrom=a@example.cn", true},
      {"mx.example.cn; SPF=SoftFail", true},
      {"mx.example.cn; spf=fail; dkim=pass", false},
      {"mx.example.cn; spf=pass; dmarc=fail", true},
      {"mx.example.cn; dkim=fail", true},
      {"mx.example.cn; spf=none; dkim=none", false},
  };
  for (const Row& row : rows) EXPECT_EQ(is_suspicious(row.authentication), row.is_suspicious) << row.authentication;
}

TEST(ReplySubject, says_once_that_it_is_a_reply) {
  EXPECT_EQ(reply_subject("10月活动情况"), "回复：10月活动情况");
  EXPECT_EQ(reply_subject("Re: 回复：RE: 10月活动情况"), "回复：10月活动情况");
  EXPECT_EQ(reply_subject("  "), "回复：来信");
}

FiledNote note() {
  FiledNote made;
  made.filed.deliverable = Deliverable::report;
  made.filed.period = "2023-09";
  made.filed.version = 2;
  made.filed.activities = 5;
  made.filed.pictures = 12;
  return made;
}

TEST(Receipt, says_what_was_understood_and_that_it_came_in_time) {
  const auto text = receipt_text(note(), "示例一村", "消防宣传", *parse_instant("2023-09-27T16:05:00+08:00"), 4);
  EXPECT_THAT(text, AllOf(HasSubstr("示例一村"), HasSubstr("2023年9月活动情况：4周、5场活动、12张图片"),
                          HasSubstr("2023-09-27 16:05"), HasSubstr("按时"), HasSubstr("第2版"), Not(HasSubstr("没有收录"))));
}

TEST(Receipt, says_what_was_left_out_and_how_late_it_came) {
  FiledNote late = note();
  late.filed.left_out = 2;
  late.filed.on_time = false;
  late.filed.late_days = 3;
  const auto text = receipt_text(late, "示例一村", "消防宣传", *parse_instant("2023-10-01T08:00:00+08:00"), 4);
  EXPECT_THAT(text, AllOf(HasSubstr("另有2张图片没有收录"), HasSubstr("逾期3天")));
}

TEST(Receipt, has_words_for_a_plan_and_for_a_month_without_activities) {
  FiledNote plan = note();
  plan.filed.deliverable = Deliverable::plan;
  plan.filed.period = "2023";
  EXPECT_THAT(receipt_text(plan, "示例一村", "消防宣传", Instant(), 0), HasSubstr("年度活动安排（5行）"));
  FiledNote none = note();
  none.filed.activities = 0;
  EXPECT_THAT(receipt_text(none, "示例一村", "消防宣传", Instant(), 0), HasSubstr("情况说明"));
}

TEST(Pictures, are_known_by_their_first_bytes) {
  EXPECT_EQ(shown_picture_type("\xFF\xD8\xFF\xE0"sv), "image/jpeg");
  EXPECT_EQ(shown_picture_type("\x89PNG\r\n\x1A\nIHDR"sv), "image/png");
  EXPECT_EQ(shown_picture_type("GIF89a"sv), "image/gif");
  EXPECT_EQ(shown_picture_type("RIFF\0\0\0\0WEBPVP8 "sv), "image/webp");
  EXPECT_EQ(shown_picture_type("<svg xmlns="sv), "");
  EXPECT_EQ(shown_picture_type("RIFF\0\0\0\0WAVEfmt "sv), "");
  EXPECT_TRUE(
      is_picture("\0\0\0\x18"
                 "ftypheic"sv));
  EXPECT_FALSE(
      is_picture("\0\0\0\x18"
                 "ftypmp42"sv));
}

}  // namespace
}  // namespace wujin::mailbox
