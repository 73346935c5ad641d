#include "mail/letter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "mail/letters.h"

namespace wujin::mail {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

TEST_F(Letters, reads_gb2312_that_is_gbk_cut_within_a_character) {
  const Letter letter = read_sample("foxmail_gb2312.eml");
  EXPECT_EQ(letter.subject, "朱镕村10月消防宣传五进工作情况");
  EXPECT_EQ(letter.from.name, "朱镕村");
  EXPECT_EQ(letter.from.address, "village@example.cn");
  EXPECT_EQ(letter.reply_to.address, "village@example.cn");
  EXPECT_EQ(letter.message_id, "2023102609045812345@example.cn");
  EXPECT_EQ(letter.dated, *parse_instant("2023-10-26T09:04:58+08:00"));
  EXPECT_EQ(letter.text, "各位领导：\n示例镇朱镕村十月“五进”工作已完成，面积120㎡。\n");
  EXPECT_THAT(letter.html, HasSubstr("<p>示例镇朱镕村十月“五进”工作已完成，面积120㎡。</p>"));
  EXPECT_THAT(names_of(letter.attachments), ElementsAre("朱镕村10月工作情况.docx"));
  EXPECT_EQ(bytes_of(letter.attachments.at(0).file), "PK\x03\x04 a document of the test");
  EXPECT_FALSE(letter.is_automatic);
  EXPECT_THAT(letter.faults, IsEmpty());
}

TEST_F(Letters, shows_what_the_topmost_server_found_and_nothing_from_below) {
  EXPECT_EQ(read_sample("foxmail_gb2312.eml").authentication,
            "Authentication-Results: mx.example.org; spf=pass smtp.mailfrom=village@example.cn; dkim=pass header.d=example.cn\n"
            "Received-SPF: pass (mx.example.org: 192.0.2.7 is authorized)");
  EXPECT_LE(read("Authentication-Results: x; " + std::string(9000, 'a') + "\n\n").authentication.size(), 2048U);
}

TEST_F(Letters, finds_cloud_attachments_and_fetches_none) {
  const Letter letter = read_sample("qq_cloud.eml");
  EXPECT_EQ(letter.subject, "李家村十月计划及超大附件");
  EXPECT_EQ(letter.from.name, "李家村");
  EXPECT_THAT(letter.text, HasSubstr("您好：\n附件是李家村十月计划，请查收。\n第一周\t进农村\n十月图片.zip\n官网"));
  EXPECT_THAT(letter.text, Not(HasSubstr("alert")));
  EXPECT_THAT(letter.cloud_links, ElementsAre("https://wx.mail.qq.com/ftn/download?func=3&k=0a1b2c&code=ab12",
                                              "https://mail.163.com/large-attachment-download/index.html?p=X-NETEASE-HUGE"));
}

TEST_F(Letters, reads_names_however_they_are_written) {
  const Letter letter = read_sample("netease_names.eml");
  EXPECT_EQ(letter.text, "见附件。");
  EXPECT_THAT(names_of(letter.attachments), ElementsAre("王家村（二组）十月消防宣传五进活动照片与总结材料.docx", "照片一.jpg",
                                                        "照片二.jpg", "照片 三.jpg", "照片四.jpg"));
}

TEST_F(Letters, takes_undeclared_bytes_for_gbk) {
  const Letter letter = read_sample("undeclared_gbk.eml");
  EXPECT_EQ(letter.from.name, "赵家村");
  EXPECT_EQ(letter.from.address, "zhao@example.cn");
  EXPECT_EQ(letter.subject, "赵家村十月情况");
  EXPECT_EQ(trimmed(letter.text), "十月开展消防宣传四次，一户一册。");
  EXPECT_THAT(letter.faults, IsEmpty());
}

TEST_F(Letters, reads_bytes_that_are_not_what_they_are_said_to_be) {
  const Letter letter = read_sample("wrong_charset.eml");
  EXPECT_EQ(letter.subject, "陈家村十月");
  EXPECT_EQ(letter.text, "陈家村十月活动四次。\n村民三百人参加。\n发放手册二百份。\n现场照片十张。");
  EXPECT_THAT(letter.faults, ElementsAre(Fault::wrong_charset));
}

TEST_F(Letters, opens_winmail_and_the_letter_within) {
  const Letter letter = read_sample("outlook_winmail.eml");
  EXPECT_EQ(letter.subject, "孙家村十月");
  EXPECT_THAT(names_of(letter.attachments), ElementsAre("孙家村十月总结.docx", "照片.jpg", "里面.jpg"));
  EXPECT_EQ(letter.attachments.at(0).archive, "winmail.dat");
  EXPECT_EQ(letter.attachments.at(2).archive, "winmail.dat/letter");
  EXPECT_EQ(bytes_of(letter.attachments.at(0).file), "PK\x03\x04 a document of the test");
  EXPECT_THAT(letter.faults, IsEmpty());
}

TEST_F(Letters, carries_along_what_was_forwarded) {
  const Letter letter = read_sample("forwarded.eml");
  EXPECT_EQ(letter.subject, "Fwd: 周家村十月");
  EXPECT_EQ(letter.text, "周家村十月开展活动三次。");
  ASSERT_THAT(names_of(letter.attachments), ElementsAre("zhou.doc"));
  EXPECT_EQ(letter.attachments.at(0).archive, "周家村十月");
}

TEST_F(Letters, opens_a_letter_attached_as_a_file) {
  const Letter letter = read_sample("forwarded_as_file.eml");
  EXPECT_EQ(letter.text, "请查收。");
  ASSERT_THAT(names_of(letter.attachments), ElementsAre("wu.jpg"));
  EXPECT_EQ(letter.attachments.at(0).archive, "吴家村十月");
}

TEST_F(Letters, tells_pictures_in_the_text_from_those_beside_it) {
  const Letter letter = read_sample("inline_pictures.eml");
  EXPECT_EQ(letter.reply_to.name, "郑家村办公室");
  EXPECT_EQ(letter.reply_to.address, "office@example.cn");
  EXPECT_EQ(letter.text, "第一周图片：\n\n第二周图片：");
  ASSERT_THAT(letter.text_pictures, SizeIs(2));
  EXPECT_EQ(letter.text.substr(0, letter.text_pictures.at(0).at), "第一周图片：\n");
  EXPECT_EQ(letter.text_pictures.at(0).attachment, 0u);
  EXPECT_EQ(letter.text_pictures.at(1).at, letter.text.size());
  EXPECT_EQ(letter.text_pictures.at(1).attachment, 1u);
  ASSERT_THAT(names_of(letter.attachments), ElementsAre("one.jpg", "two.jpg", "three.jpg"));
  EXPECT_TRUE(letter.attachments.at(0).is_inline);
  EXPECT_TRUE(letter.attachments.at(1).is_inline);
  EXPECT_FALSE(letter.attachments.at(2).is_inline);
  EXPECT_EQ(letter.attachments.at(1).content_id, "two@example.cn");
}

TEST_F(Letters, knows_pictures_between_texts_from_pictures_behind_them) {
  const auto text = [](const std::string& words) { return "--b\nContent-Type: text/plain; charset=utf-8\n\n" + words + "\n"; };
  const auto picture = [](const std::string& name) {
    return "--b\nContent-Type: image/jpeg\nContent-Disposition: inline; filename=" + name + "\n\n\xFF\xD8\xFF picture\n";
  };
  const std::string head = "Content-Type: multipart/mixed; boundary=b\n\n";
  const Letter between =
      read(head + text("一") + picture("1.jpg") + text("二") + picture("2.jpg") + picture("3.jpg") + "--b--\n");
  EXPECT_EQ(between.text, "一\n\n二");
  ASSERT_THAT(between.text_pictures, SizeIs(3));
  EXPECT_EQ(between.text_pictures.at(0).at, std::string("一\n").size());
  EXPECT_EQ(between.text_pictures.at(2).attachment, 2u);
  const Letter behind = read(head + text("一") + picture("1.jpg") + picture("2.jpg") + "--b--\n");
  EXPECT_EQ(behind.text, "一");
  EXPECT_THAT(behind.text_pictures, IsEmpty());
}

TEST_F(Letters, takes_the_html_that_says_the_same_and_where_its_pictures_stand) {
  const auto read_both = [&](const std::string& plain, const std::string& html) {
    return read("Content-Type: multipart/related; boundary=r\n\n--r\nContent-Type: multipart/alternative; boundary=a\n\n--a\n\n" +
                plain + "\n--a\nContent-Type: text/html\n\n" + html +
                "\n--a--\n--r\nContent-Type: image/jpeg\nContent-ID: <p>\n\n\xFF\xD8\xFF picture\n--r--\n");
  };
  const std::string html = "<p>one</p><img src=cid:p><p>two</p><div style='display: none'><div>three</div></div>";
  const Letter same = read_both("one\n[cid:p]\ntwo", html);
  EXPECT_EQ(same.text, "one\n\ntwo");
  ASSERT_THAT(same.text_pictures, SizeIs(1));
  EXPECT_EQ(same.text_pictures.at(0).at, std::string("one\n").size());
  EXPECT_THAT(read_both("one, and more\ntwo", html).text_pictures, IsEmpty());
  EXPECT_THAT(read_both("> one\ntwo", html).text_pictures, IsEmpty());
  EXPECT_THAT(read_both("one\ntwo",
                        "<p>one</p>\xEF\xBF\xBC"
                        "0\xEF\xBF\xBC&#xFFFC;<p>two</p>")
                  .text_pictures,
              IsEmpty());
}

TEST_F(Letters, unpacks_zips_and_leaves_documents_whole) {
  const Letter letter = read_sample("zip_names.eml");
  EXPECT_THAT(names_of(letter.attachments),
              ElementsAre("十月计划.docx", "十月总结.docx", "第一周.jpg", "一.jpg", "passwd", "第二周.jpg", "report.docx"));
  const Attachment& first = letter.attachments.at(0);
  EXPECT_EQ(first.archive, "十月.zip");
  EXPECT_EQ(first.folder, "冯家村");
  EXPECT_EQ(first.media_type, "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
  EXPECT_EQ(letter.attachments.at(3).folder, "");
  EXPECT_EQ(letter.attachments.at(5).archive, "十月.zip/图片.zip");
  EXPECT_EQ(letter.attachments.at(6).archive, "");
  EXPECT_THAT(letter.faults, IsEmpty());
}

TEST_F(Letters, knows_what_machines_send) {
  EXPECT_TRUE(read_sample("bounce.eml").is_automatic);
  EXPECT_THAT(read_sample("bounce.eml").attachments, IsEmpty());
  for (const char* header :
       {"Auto-Submitted: auto-replied", "auto-submitted: auto-generated; x=y", "Precedence: bulk", "Precedence: List",
        "Precedence: junk", "List-Id: <a.example.org>", "X-Autoreply: yes", "X-Auto-Response-Suppress: All", "Return-Path: <>",
        "From: MAILER-DAEMON@example.org", "From: <postmaster@example.org>"}) {
    EXPECT_TRUE(read(std::string(header) + "\n\nhello").is_automatic) << header;
  }
  for (const char* header : {"Auto-Submitted: no", "Precedence: first-class", "X-Auto-Response-Suppress: None",
                             "Return-Path: <a@example.org>", "From: village@example.cn"}) {
    EXPECT_FALSE(read(std::string(header) + "\n\nhello").is_automatic) << header;
  }
}

struct Headline {
  const char* raw;
  const char* subject;
};

TEST_F(Letters, reads_subjects_however_they_are_encoded) {
  const Headline table[] = {
      {"=?gb2312?B?yq7UwrGouOY=?=", "十月报告"},
      {"=?GB2312?b?yq4=?= =?gb2312?B?1MI=?=", "十月"},
      {"Re:=?utf-8?B?5Y2B5pyI?=abc", "Re:十月abc"},
      {"=?utf-8?Q?=E5=8D=81_=E6=9C=88?=", "十 月"},
      {"=?utf-8?Q?=E5=8D?= =?utf-8?Q?=81=E6=9C=88?=", "十月"},
      {"=?utf-8*zh-CN?B?5Y2B5pyI?=", "十月"},
      {"=?utf-8?B?5Y2B5pyI", "=?utf-8?B?5Y2B5pyI"},
      {"=?utf-8?B?\?=", ""},
      {"=?big5?B?pFGk6w==?=", "十月"},
      {"\xD2\xBB", "一"},
      {"a\x01\x02"
       "b\tc",
       "a b c"},
      {"\xE5\x8D\x81\xE6\x9C\x88", "十月"},
      {"=?x?X?y?= plain", "=?x?X?y?= plain"},
  };
  for (const auto& [raw, subject] : table) EXPECT_EQ(read("Subject: " + std::string(raw) + "\n\n").subject, subject) << raw;
}

struct Sender {
  const char* raw;
  const char* name;
  const char* address;
};

TEST_F(Letters, reads_senders_however_they_are_written) {
  const Sender table[] = {
      {"a@example.cn", "", "a@example.cn"},
      {"=?utf-8?B?5Y2B?= <a@example.cn>", "十", "a@example.cn"},
      {"\"=?utf-8?B?5Y2B?=\" <a@example.cn>", "十", "a@example.cn"},
      {"a@example.cn (=?utf-8?B?5Y2B?=)", "十", "a@example.cn"},
      {"\xCA\xAE<a@example.cn>", "十", "a@example.cn"},
      {"group: a@example.cn, b@example.cn;", "", "a@example.cn"},
      // A name that pretends to be an address stays a name.
      {"=?utf-8?B?YUBleGFtcGxlLmNuPiwgPGI=?= <c@example.org>", "a@example.cn>, <b", "c@example.org"},
      {"nobody", "", ""},
      {"", "", ""},
  };
  for (const auto& [raw, name, address] : table) {
    const Letter letter = read("From: " + std::string(raw) + "\n\n");
    EXPECT_EQ(letter.from.address, address) << raw;
    EXPECT_EQ(letter.from.name, name) << raw;
  }
}

TEST_F(Letters, reduces_names_to_their_last_part) {
  const Headline table[] = {
      {"../../etc/passwd", "passwd"},
      {"/etc/passwd", "passwd"},
      {"C:\\Windows\\a.doc", "a.doc"},
      {"..\\..\\b.doc", "b.doc"},
      {"..", ""},
      {".", ""},
      {"a/", ""},
      {" x.doc ", "x.doc"},
      {"\xE2\x80\xAE"
       "cod.exe",
       "cod.exe"},
      {"a\\\"b.doc", "a\"b.doc"},
  };
  for (const auto& [raw, name] : table) {
    const Letter letter =
        read("Content-Type: image/png\nContent-Disposition: attachment; filename=\"" + std::string(raw) + "\"\n\nx");
    ASSERT_EQ(letter.attachments.size(), 1U) << raw;
    EXPECT_EQ(letter.attachments[0].name, name) << raw;
  }
}

TEST_F(Letters, reads_names_of_every_way_of_writing_them) {
  const Headline table[] = {
      {"filename*=gb2312''%E9%46.doc", "镕.doc"},
      {"filename*=GBK'zh-cn'%CA%AE.doc", "十.doc"},
      {"filename*=utf-8''%CA%AE.doc", "十.doc"},
      {"filename*1*=%E6%9C%88.doc; filename*0*=utf-8''%E5%8D%81", "十月.doc"},
      {"filename*0=\"ten\"; filename*1=\"th.doc\"", "tenth.doc"},
      {"filename=\"=?utf-8?Q?=E5=8D?= =?utf-8?Q?=81=E6=9C=88?=.doc\"", "十月.doc"},
      {"filename==?gb2312?B?yq4=?=.doc", "十.doc"},
      {"filename=十月 报告.doc; size=3", "十月 报告.doc"},
      {"filename=\"十月;报告.doc\"", "十月;报告.doc"},
      {"filename=\"never closed.doc", "never closed.doc"},
      {"filename=\"%E5%8D%81.doc\"", "%E5%8D%81.doc"},
  };
  for (const auto& [raw, name] : table) {
    const Letter letter = read("Content-Type: image/png\nContent-Disposition: attachment; " + std::string(raw) + "\n\nx");
    ASSERT_EQ(letter.attachments.size(), 1U) << raw;
    EXPECT_EQ(letter.attachments[0].name, name) << raw;
  }
}

}  // namespace
}  // namespace wujin::mail
