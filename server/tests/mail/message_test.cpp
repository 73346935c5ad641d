#include "mail/message.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "base/text.h"

namespace wujin::mail {
namespace {

using testing::HasSubstr;
using testing::Not;

Message message() {
  Message made;
  made.from_name = "示例镇消防工作站";
  made.from = "station@example.org";
  made.to = "village@example.org";
  made.subject = "10月消防宣传“五进”工作情况请于10月28日前报送";
  made.text = "示例一村：\n.\n请核对。\n";
  made.id = "1@wujin";
  made.at = *parse_instant("2023-10-26T09:05:00+08:00");
  return made;
}

std::string body_of(const std::string& composed) {
  std::string base64 = replaced(composed.substr(composed.find("\r\n\r\n") + 4), "\r\n", ""), text;
  EXPECT_TRUE(from_base64(base64, text));
  return text;
}

TEST(Message, is_seven_bits_in_short_lines_ended_by_crlf) {
  auto made = message();
  for (int i = 0; i < 40; ++i) made.text += "一行很长的文字，";
  const auto composed = compose(made);
  std::istringstream lines(composed);
  for (std::string line; std::getline(lines, line);) {
    EXPECT_LE(line.size(), 78u) << line;
    EXPECT_EQ(line.back(), '\r');
    for (const char byte : line) EXPECT_GT(byte, 0);
  }
}

TEST(Message, carries_its_text_with_crlf_whatever_ended_its_lines) {
  auto made = message();
  EXPECT_EQ(body_of(compose(made)), "示例一村：\r\n.\r\n请核对。\r\n");
  made.text = "a\r\nb\n";
  EXPECT_EQ(body_of(compose(made)), "a\r\nb\r\n");
}

TEST(Message, has_its_date_in_china_time_and_an_id_that_stays) {
  EXPECT_THAT(compose(message()), HasSubstr("Date: Thu, 26 Oct 2023 09:05:00 +0800\r\n"));
  EXPECT_THAT(compose(message()), HasSubstr("Message-ID: <1@wujin>\r\n"));
}

TEST(Message, cuts_no_encoded_word_within_a_character) {
  auto made = message();
  for (int shift = 0; shift < 3; ++shift) {
    made.subject = std::string(static_cast<std::size_t>(shift), 'a');
    for (int i = 0; i < 60; ++i) made.subject += "镇";
    std::string rest = compose(made), whole;
    rest = rest.substr(rest.find("Subject: "), rest.find("\r\nMessage-ID") - rest.find("Subject: "));
    for (auto at = rest.find("=?UTF-8?B?"); at != std::string::npos; at = rest.find("=?UTF-8?B?", at + 10)) {
      std::string word;
      ASSERT_TRUE(from_base64(rest.substr(at + 10, rest.find("?=", at + 10) - at - 10), word));
      EXPECT_TRUE(is_utf8_text(word)) << shift;
      whole += word;
    }
    EXPECT_EQ(whole, made.subject);
  }
}

TEST(Message, lets_nobody_add_a_header_through_a_subject_or_a_name) {
  auto made = message();
  made.subject = "a\r\nBcc: other@example.org";
  made.from_name = "b\nBcc: other@example.org";
  EXPECT_THAT(compose(made), Not(HasSubstr("Bcc")));
}

TEST(Address, is_one_an_envelope_can_hold) {
  for (const char* good : {"a@b.cn", "village.one+x@mail.example.org"}) EXPECT_TRUE(is_address(good)) << good;
  for (const char* bad : {"", "a", "@b", "a@", "a@b@c", "a b@c", "a@b\r\nRCPT TO:<x@y>", "<a@b>", "a@b,c@d", "村@b.cn", "a@b;"}) {
    EXPECT_FALSE(is_address(bad)) << bad;
  }
  EXPECT_FALSE(is_address(std::string(300, 'a') + "@b.cn"));
}

}  // namespace
}  // namespace wujin::mail
