#include "mail/imap_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"

namespace wujin::mail {
namespace {

using testing::ElementsAre;

TEST(FolderName, travels_in_modified_utf7) {
  const std::pair<const char*, const char*> names[] = {
      {"INBOX", "INBOX"},
      {"", ""},
      {"草稿箱", "&g0l6P3ux-"},
      {"已发送", "&XfJT0ZAB-"},
      {"Tom & Jerry", "Tom &- Jerry"},
      {"a&", "a&-"},
      {"~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-"},
      {"Entwürfe", "Entw&APw-rfe"},
      {"🔥火", "&2D3dJXBr-"},
      {"tab\there", "tab&AAk-here"},
      {"quo\"te\\", "quo\"te\\"},
  };
  for (const auto& [name, encoded] : names) {
    EXPECT_EQ(to_folder_name(name), encoded);
    EXPECT_EQ(from_folder_name(encoded), name);
  }
}

TEST(FolderName, takes_what_breaks_the_rules_as_it_stands) {
  for (const auto* odd : {"&", "a&b", "&U,BTFw", "&*-", "&A-", "&2D0-", "&3SXYPQ-", "&AAA-", "已发送"}) {
    EXPECT_EQ(from_folder_name(odd), odd);
  }
  EXPECT_EQ(from_folder_name("\xff\xfe"), std::nullopt);
}

TEST(InternalDate, is_read_as_servers_write_it) {
  const std::pair<const char*, const char*> dates[] = {
      {"17-Jul-1996 02:44:25 -0700", "1996-07-17T02:44:25-07:00"}, {" 1-Oct-2023 00:00:00 +0800", "2023-10-01T00:00:00+08:00"},
      {"1-Oct-2023 00:00:00 +0000", "2023-10-01T00:00:00Z"},       {"01-OCT-2023 23:59:59 +0530", "2023-10-01T23:59:59+05:30"},
      {"29-Feb-2024 12:00:00 +0800", "2024-02-29T12:00:00+08:00"},
  };
  for (const auto& [text, moment] : dates) {
    const auto parsed = parse_internal_date(text);
    ASSERT_TRUE(parsed) << text;
    EXPECT_EQ(*parsed, *parse_instant(moment)) << text;
  }
}

TEST(InternalDate, is_never_guessed) {
  for (const auto* text : {"", "17-Jul-1996", "17-Jul-1996 02:44:25", "17-Jul-1996 02:44:25 GMT", "32-Jul-1996 02:44:25 +0000",
                           "29-Feb-2023 12:00:00 +0800", "17-Foo-1996 02:44:25 +0000", "17-Jul-96 02:44:25 +0000",
                           "17-Jul-1996 24:00:00 +0000", "17-Jul-1996 02:60:25 +0000", "17-Jul-1996 02:44:25 +0000 x",
                           "17-Jul-1996 02:44:25 +9900", "Wed, 17 Jul 1996 02:44:25 +0000", "0-Jul-1996 02:44:25 +0000"}) {
    EXPECT_FALSE(parse_internal_date(text)) << text;
  }
}

TEST(MessageIdOfHeader, is_found_unfolded) {
  const std::pair<std::string, std::string> headers[] = {
      {"Message-ID: <1@village.example>\r\n\r\n", "1@village.example"},
      {"MESSAGE-id:<1@village.example>\r\n\r\n", "1@village.example"},
      {"Message-ID:\r\n <long\r\n @village.example>\r\n\r\n", "long@village.example"},
      {"Message-ID: (comment) <1@v> x\r\n\r\n", "1@v"},
      {"Message-ID: bare@village\r\n\r\n", "bare@village"},
      {"Message-ID: <open\r\n\r\n", "<open"},
      {"\r\n", ""},
      {"", ""},
      {"Message-ID: <\xff\xfe>\r\n\r\n", ""},
      {"Message-ID: <" + std::string(5000, 'x') + ">\r\n\r\n", std::string(998, 'x')},
  };
  for (const auto& [header, id] : headers) EXPECT_EQ(message_id_in(header), id);
}

TEST(CommandText, quotes_what_can_be_quoted_and_counts_the_rest) {
  EXPECT_THAT(Command("LOGIN").string("a").string("b c").pieces(), ElementsAre("LOGIN \"a\" \"b c\""));
  EXPECT_THAT(Command("LOGIN").string("a\"b\\c").string("").pieces(), ElementsAre("LOGIN \"a\\\"b\\\\c\" \"\""));
  EXPECT_THAT(Command("LOGIN").string("ü").string("x\r\ny").pieces(), ElementsAre("LOGIN {2}", "ü {4}", "x\r\ny"));
  EXPECT_THAT(Command("UID STORE").number(7).plain("+FLAGS (\\Seen)").pieces(), ElementsAre("UID STORE 7 +FLAGS (\\Seen)"));
}

TEST(UidSet, is_short) {
  EXPECT_EQ(to_uid_set({}), "");
  EXPECT_EQ(to_uid_set({7}), "7");
  EXPECT_EQ(to_uid_set({1, 2, 3, 7}), "1:3,7");
  EXPECT_EQ(to_uid_set({1, 3, 4, 4294967294u, 4294967295u}), "1,3:4,4294967294:4294967295");
}

}  // namespace
}  // namespace wujin::mail
