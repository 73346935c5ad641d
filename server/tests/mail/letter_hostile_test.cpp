#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zip.h>

#include <system_error>

#include "base/text.h"
#include "mail/letter.h"
#include "mail/letters.h"

namespace wujin::mail {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

std::string repeated(std::string_view text, int times) {
  std::string out;
  out.reserve(text.size() * static_cast<std::size_t>(times));
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

std::string with_attachment(std::string_view name, std::string_view bytes) {
  return "Content-Type: application/octet-stream\nContent-Disposition: attachment; filename=\"" + std::string(name) +
         "\"\nContent-Transfer-Encoding: base64\n\n" + to_base64(bytes) + "\n";
}

struct Packed {
  std::string name;
  std::string bytes;
};

class HostileLetters : public Letters {
 protected:
  std::string zip_of(const std::vector<Packed>& files) {
    const auto path = fresh("zip") / "made";
    int error = 0;
    zip_t* zip = zip_open(path.c_str(), ZIP_CREATE, &error);
    for (const auto& [name, bytes] : files) {
      zip_source_t* source = zip_source_buffer(zip, bytes.data(), bytes.size(), 0);
      EXPECT_GE(zip_file_add(zip, name.c_str(), source, ZIP_FL_ENC_UTF_8), 0);
    }
    EXPECT_EQ(zip_close(zip), 0);
    return bytes_of(path);
  }
};

struct Bad {
  const char* what;
  std::string bytes;
  std::vector<Fault> faults;
  const char* text;  // what is read all the same
};

TEST_F(HostileLetters, reads_what_can_be_read_and_says_what_cannot) {
  const std::string part = "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nhello\n";
  const Bad table[] = {
      {"empty", "", {}, ""},
      {"no header", "各位领导：\n附件是计划。", {}, "各位领导：\n附件是计划。"},
      {"an empty line first", "\nhello", {}, "hello"},
      {"a header alone", "Subject: x", {}, ""},
      {"a body without an empty line before it", "Subject: x\nhello there\n", {}, "hello there\n"},
      {"cut short", part, {Fault::truncated}, "hello\n"},
      {"cut within the header of a part",
       "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Ty",
       {Fault::truncated},
       "Content-Ty"},
      {"no boundary told", "Content-Type: multipart/mixed\n\n\n--x1\n\nhello\n--x1--\n", {}, "hello"},
      {"a boundary that is nowhere", "Content-Type: multipart/mixed; boundary=b\n\nhello", {Fault::truncated}, "hello"},
      {"an outer boundary within",
       part + "--b\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\nagain\n--b--\n",
       {},
       "hello\nagain"},
      {"broken base64", "Content-Transfer-Encoding: base64\n\naGVs*bG8", {Fault::broken_encoding}, "hello"},
      {"base64 that ends early", "Content-Transfer-Encoding: base64\n\naGVsbG8gdGhlcm", {Fault::broken_encoding}, "hello ther"},
      {"quoted-printable padded on the way",
       "Content-Transfer-Encoding: quoted-printable\n\nab=\r\r\ncd= \t\ne=3D \nf",
       {},
       "abcde= \nf"},
      {"broken quoted-printable", "Content-Transfer-Encoding: quoted-printable\n\na=zzb=3D", {Fault::broken_encoding}, "a=zzb="},
      {"an encoding nobody knows", "Content-Transfer-Encoding: x-rot13\n\nhello", {}, "hello"},
      {"a type that is none", "Content-Type: text\n\nhello", {}, "hello"},
      {"NUL bytes", std::string("Subject: a\0b\n\nhe\0llo", 20), {}, "hello"},
      {"bytes of no charset", "Content-Type: text/plain; charset=utf-8\n\nab\xFFz", {Fault::wrong_charset}, "ab\xEF\xBF\xBDz"},
  };
  for (const Bad& bad : table) {
    const Letter letter = read(bad.bytes);
    EXPECT_EQ(letter.text, bad.text) << bad.what;
    EXPECT_EQ(letter.faults, bad.faults) << bad.what;
    EXPECT_THAT(letter.attachments, IsEmpty()) << bad.what;
  }
}

TEST_F(HostileLetters, passes_over_endless_headers) {
  const Letter line = read("Subject: " + std::string(20u << 20, 'a'));
  EXPECT_LE(line.subject.size(), 8192U);
  EXPECT_THAT(line.faults, ElementsAre(Fault::too_large));

  const Letter million = read("From: a@example.cn\n" + repeated("X-Header: x\n", 1'000'000) + "Subject: late\n\nhello");
  EXPECT_EQ(million.from.address, "a@example.cn");
  EXPECT_EQ(million.subject, "");
  EXPECT_EQ(million.text, "hello");
  EXPECT_THAT(million.faults, ElementsAre(Fault::too_large));

  const Letter folded = read("Subject: x\n" + repeated(" =?gbk'=?x?B?", 100'000) + "\n\nhello");
  EXPECT_EQ(folded.text, "hello");
}

TEST_F(HostileLetters, stops_at_too_many_parts) {
  LetterLimits limits;
  limits.parts = 20;
  const std::string head = "Content-Type: multipart/mixed; boundary=b\n\n", picture = "--b\nContent-Type: image/png\n\nx\n";
  const Letter flat = read(head + repeated(picture, 10'000) + "--b--\n", limits);
  EXPECT_EQ(flat.attachments.size(), limits.parts - 1);
  EXPECT_THAT(flat.faults, ElementsAre(Fault::too_many_parts));

  const std::string letters = repeated("--b\nContent-Type: message/rfc822\n\nSubject: x\n\nx\n", 10'000);
  EXPECT_THAT(read(head + letters + "--b--\n", limits).faults, ElementsAre(Fault::too_many_parts));

  // Letters within a letter's files have no parts of their own to spend.
  const std::string inner = "Subject: x\n" + head + repeated(picture, 15);
  const Letter packed = read(with_attachment("a.zip", zip_of({{"1.eml", inner}, {"2.eml", inner}})), limits);
  EXPECT_LE(packed.attachments.size(), limits.parts);
  EXPECT_THAT(packed.faults, Contains(Fault::too_many_parts));
}

TEST_F(HostileLetters, goes_no_deeper_than_it_may) {
  std::string parts = "Subject: deep\n", letters = "Subject: deep\n", same = "Subject: deep\n";
  for (int i = 0; i < 1000; ++i) {
    const std::string number = std::to_string(i);
    parts += "Content-Type: multipart/mixed; boundary=b" + number + "\n\n--b" + number + "\n";
    letters += "Content-Type: message/rfc822\n\n";
    same += "Content-Type: multipart/mixed; boundary=b\n\n--b\n";
  }
  for (const std::string& deep : {parts, letters}) {
    const Letter letter = read(deep + "\nhello");
    EXPECT_EQ(letter.subject, "deep");
    EXPECT_THAT(letter.faults, Contains(Fault::too_deep));
  }
  EXPECT_EQ(read(same + "\nhello").subject, "deep");
}

TEST_F(HostileLetters, leaves_out_what_is_too_large) {
  LetterLimits limits;
  limits.attachment = 1000;
  limits.unpacked = 2500;
  const std::string boundary = "Content-Type: multipart/mixed; boundary=b\n\n", kilobyte(1000, 'x');
  std::string letter = boundary + "--b\n" + with_attachment("large", kilobyte + "x");
  for (const char* name : {"1", "2", "3"}) letter += "--b\n" + with_attachment(name, kilobyte);
  const Letter read_one = read(letter + "--b--\n", limits);
  EXPECT_THAT(names_of(read_one.attachments), ElementsAre("1", "2"));
  EXPECT_THAT(read_one.faults, ElementsAre(Fault::too_large));

  LetterLimits short_text;
  short_text.text = 301;  // within a character
  const Letter cut = read("Content-Type: text/plain; charset=utf-8\n\n" + repeated("示例镇", 100), short_text);
  EXPECT_EQ(cut.text, repeated("示例镇", 33) + "示");
  EXPECT_THAT(cut.faults, Contains(Fault::too_large));
}

TEST_F(HostileLetters, keeps_a_zip_that_cannot_be_opened_wholly) {
  const std::string good = zip_of({{"a.txt", "hello"}, {"b.txt", "there"}});
  std::string locked = good, damaged = good;
  for (auto at = locked.find("PK\x01\x02"); at != std::string::npos; at = locked.find("PK\x01\x02", at + 1)) locked[at + 8] |= 1;
  for (auto at = locked.find("PK\x03\x04"); at != std::string::npos; at = locked.find("PK\x03\x04", at + 1)) locked[at + 6] |= 1;
  damaged[damaged.find("hello") == std::string::npos ? 36 : damaged.find("hello")] ^= 1;
  struct Row {
    std::string zip;
    Fault fault;
    std::vector<std::string> names;
  };
  const Row table[] = {
      {locked, Fault::archive_locked, {"x.zip"}},
      {damaged, Fault::archive_damaged, {"b.txt", "x.zip"}},
      {good.substr(0, good.size() - 30), Fault::archive_damaged, {"x.zip"}},
      {zip_of({{"large", std::string(20u << 20, '\0')}, {"b.txt", "there"}}), Fault::too_large, {"b.txt", "x.zip"}},
  };
  for (const Row& row : table) {
    const Letter letter = read(with_attachment("x.zip", row.zip));
    EXPECT_EQ(names_of(letter.attachments), row.names);
    EXPECT_THAT(letter.faults, ElementsAre(row.fault));
    EXPECT_EQ(bytes_of(letter.attachments.back().file), row.zip);
  }
}

TEST_F(HostileLetters, unpacks_no_more_files_and_no_deeper_than_it_may) {
  LetterLimits limits;
  limits.archive_files = 5;
  const std::string files = zip_of({{"1", ""}, {"2", ""}, {"3", ""}, {"4", ""}, {"5", ""}, {"6", ""}});
  const Letter wide = read(with_attachment("x.zip", files), limits);
  EXPECT_THAT(names_of(wide.attachments), ElementsAre("1", "2", "3", "4", "5", "x.zip"));
  EXPECT_THAT(wide.faults, ElementsAre(Fault::too_many_parts));

  std::string announced = files;
  announced[announced.rfind("PK\x05\x06") + 11] = '\x7F';
  const Letter huge = read(with_attachment("x.zip", announced));
  EXPECT_THAT(names_of(huge.attachments), ElementsAre("x.zip"));
  EXPECT_THAT(huge.faults, ElementsAre(Fault::too_many_parts));

  std::string nested = zip_of({{"a.txt", "hello"}});
  for (const char* name : {"3.zip", "2.zip", "1.zip"}) nested = zip_of({{name, nested}});
  const Letter deep = read(with_attachment("0.zip", nested));
  ASSERT_THAT(names_of(deep.attachments), ElementsAre("2.zip"));
  EXPECT_EQ(deep.attachments[0].archive, "0.zip/1.zip");
  EXPECT_THAT(deep.faults, ElementsAre(Fault::too_deep));
}

TEST_F(HostileLetters, unpacks_what_was_dragged_onto_the_desk) {
  std::vector<Fault> faults;
  const auto zip = file(zip_of({{"李家村/一.jpg", "x"}, {"letter.eml", "Subject: x\n\ny"}}));
  const auto files = unpack(zip, "十月.zip", fresh("unpacked"), {}, faults);
  ASSERT_THAT(names_of(files), ElementsAre("一.jpg", "letter.eml"));
  EXPECT_EQ(files[0].archive, "十月.zip");
  EXPECT_EQ(files[0].folder, "李家村");
  EXPECT_TRUE(std::filesystem::exists(zip));
  EXPECT_THAT(unpack(file("no zip"), "a.zip", fresh("unpacked"), {}, faults), IsEmpty());
  EXPECT_THAT(faults, IsEmpty());
  EXPECT_THAT(unpack(file("PK\x03\x04"), "a.zip", fresh("unpacked"), {}, faults), IsEmpty());
  EXPECT_THAT(faults, ElementsAre(Fault::archive_damaged));
}

TEST_F(HostileLetters, reads_html_of_any_shape_once) {
  const std::string head = "Content-Type: text/html; charset=utf-8\n\n";
  const std::pair<std::string, const char*> table[] = {
      {"<p>a<p>b<br>c", "a\nb\nc"},
      {"a < b &amp; c &lt; d &#x4E00;&#19968; &bogus; &", "a < b & c < d 一一 &bogus; &"},
      {"<script>x</script><style>y</style><!-- z -->a<title>t</title>", "a"},
      {"a<!-- never closed", "a"},
      {"a<script>never closed", "a"},
      {"a<b title=\"never closed", "a"},
      {"<pre>a\n  b</pre>", "a\nb"},
      {"&#0;&#xD800;&#x110000;x", "x"},
      {"<table><tr><td>一</td><td>二</td></tr><tr><td>三</td></tr></table>", "一\t二\n三"},
  };
  for (const auto& [html, text] : table) EXPECT_EQ(read(head + html).text, text) << html;
  for (const char* piece : {"<a ", "<b><p>", "</", "<!--", "<script", "&", "<td>", "<a href='", "<font size=1>"}) {
    EXPECT_THAT(read(head + repeated(piece, 50'000)).attachments, IsEmpty()) << piece;
  }
}

TEST_F(HostileLetters, tells_cloud_attachments_from_other_links) {
  const char* stores[] = {"https://mail.qq.com/cgi-bin/ftnExs_download?k=1&code=2",
                          "https://iwx.mail.qq.com/ftn/download?func=3",
                          "http://u.163.com/t0/abc",
                          "https://mail.126.com/large-attachment-download/index.html?p=1",
                          "https://mail.aliyun.com/alimail/openLinks/downloadMimeMetaDiskBigAttach?id=1",
                          "https://html5.mail.10086.cn/share?id=1",
                          "https://pan.baidu.com/s/1abc"};
  for (const char* link : stores) EXPECT_THAT(read("\n看 " + std::string(link) + "。").cloud_links, ElementsAre(link));
  const char* others[] = {"https://mail.qq.com/",
                          "https://mail.qq.com.example.org/ftn/download",
                          "https://example.org/mail.qq.com/ftn/",
                          "https://mail.qq.com@example.org/ftn/download",
                          "ftp://u.163.com/t0/abc",
                          "https://u.163.com:x@example.org/"};
  for (const char* link : others) EXPECT_THAT(read("\n" + std::string(link)).cloud_links, IsEmpty()) << link;
}

TEST_F(HostileLetters, survives_every_cut_of_every_sample) {
  for (const auto& entry : std::filesystem::directory_iterator(WUJIN_SOURCE_DIR "/server/tests/mail/letters")) {
    const std::string whole = bytes_of(entry.path());
    for (std::size_t size = 0; size < whole.size(); size += 211)
      EXPECT_NO_THROW(read(whole.substr(0, size))) << entry.path() << size;
  }
}

TEST_F(HostileLetters, survives_a_winmail_cut_or_changed_anywhere) {
  const std::string sample = bytes_of(WUJIN_SOURCE_DIR "/server/tests/mail/letters/outlook_winmail.eml");
  const auto begin = sample.find("eJ8+"), end = sample.find("\r\n--", begin);
  std::string winmail;
  ASSERT_TRUE(from_base64(replaced(sample.substr(begin, end - begin), "\r\n", ""), winmail));
  for (std::size_t at = 6; at < winmail.size(); at += 23) {
    EXPECT_NO_THROW(read(with_attachment("winmail.dat", winmail.substr(0, at))));
    std::string changed = winmail;
    changed[at] = '\xFF';
    EXPECT_NO_THROW(read(with_attachment("winmail.dat", changed)));
  }
}

TEST_F(HostileLetters, throws_when_the_disk_fails_alone) {
  EXPECT_THROW(read_letter("/nonexistent/letter", fresh("attachments")), std::system_error);
  EXPECT_THROW(read_letter(file(with_attachment("a", "b")), "/nonexistent"), std::system_error);
}

}  // namespace
}  // namespace wujin::mail
