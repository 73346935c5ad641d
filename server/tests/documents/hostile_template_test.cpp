#include <gtest/gtest.h>

#include "documents/word_files.h"
#include "documents/word_template.h"

namespace wujin::documents {
namespace {

using testing::Entries;
using testing::paragraph;
using testing::with;
using testing::word_entries;
using testing::zip_of;

std::string verdict(std::string_view bytes) {
  const auto form = WordTemplate::load(bytes);
  return form ? "taken" : std::string(slug(form.error().code()));
}

Entries plain() { return word_entries(paragraph("好")); }

Entries with_entry(const std::string& name, std::string content = "<x/>") {
  auto entries = plain();
  entries[name] = std::move(content);
  return entries;
}

Entries with_relationship(std::string_view attributes) {
  return with_entry(
      "word/_rels/document.xml.rels",
      "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" " +
          std::string(attributes) + "/></Relationships>");
}

Entries with_body(std::string_view body) { return word_entries(body); }

std::string field(std::string_view instruction) {
  return "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>" + std::string(instruction.substr(0, 2)) +
         "</w:instrText></w:r><w:r><w:instrText>" + std::string(instruction.substr(2)) +
         "</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>";
}

std::string deep(int levels) {
  std::string open;
  std::string close;
  for (int i = 0; i < levels; ++i) {
    open += "<w:x>";
    close += "</w:x>";
  }
  return open + close;
}

TEST(HostileTemplate, is_refused_by_name) {
  const std::string image = "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image\" ";
  const std::string attached = "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate\" ";
  const std::string link = "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink\" ";
  const struct {
    const char* what;
    Entries entries;
    std::string verdict;
  } cases[] = {
      {"nothing wrong", plain(), "taken"},
      {"no content types", {{"word/document.xml", "<w:document/>"}}, "template_not_word"},
      {"a spreadsheet", with(plain(), "[Content_Types].xml", "wordprocessingml.document", "spreadsheetml.sheet"),
       "template_not_word"},
      {"no document", with(plain(), "_rels/.rels", "word/document.xml", "word/none.xml"), "template_not_word"},
      {"an absolute path", with_entry("/etc/cron.d/x.xml"), "template_unsafe_path"},
      {"a path upwards", with_entry("word/../../x.xml"), "template_unsafe_path"},
      {"a drive", with_entry("C:x.xml"), "template_unsafe_path"},
      {"backslashes", with_entry("word\\..\\x.xml"), "template_unsafe_path"},
      {"one name in two cases", with_entry("word/DOCUMENT.xml"), "template_unsafe_path"},
      {"broken XML", with(plain(), "word/document.xml", "</w:body>", ""), "template_damaged"},
      {"elements nested without end", with_body(deep(5000)), "template_damaged"},
      {"entities",
       with(plain(), "word/document.xml", "<w:document", "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><w:document"),
       "template_doctype"},
      {"entities elsewhere", with_entry("word/styles.xml", "<!DOCTYPE x SYSTEM \"http://x.example/x.dtd\"><x/>"),
       "template_doctype"},
      {"a macro", with_entry("word/vbaProject.bin", "x"), "template_active"},
      {"a macro's content type",
       with(plain(), "[Content_Types].xml", "</Types>",
            "<Override PartName=\"/word/x.xml\" ContentType=\"application/vnd.ms-office.vbaProject\"/></Types>"),
       "template_active"},
      {"an embedded object", with_entry("word/embeddings/oleObject1.bin", "x"), "template_active"},
      {"a control", with_entry("word/activeX/activeX1.xml"), "template_active"},
      {"a foreign chunk", with_body("<w:altChunk/>"), "template_active"},
      {"a picture from outside", with_relationship(image + "Target=\"https://x.example/x.png\" TargetMode=\"External\""),
       "template_external"},
      {"a template from outside", with_relationship(attached + "Target=\"file:///C:/x.dotm\" TargetMode=\"External\""),
       "template_external"},
      {"a link that runs something", with_relationship(link + "Target=\"file:///C:/x.exe\" TargetMode=\"External\""),
       "template_external"},
      {"a link a person may click", with_relationship(link + "Target=\"https://x.example/\" TargetMode=\"External\""), "taken"},
      {"a target upwards", with_relationship(image + "Target=\"../../../x.png\""), "template_unsafe_path"},
      {"a field that runs a program", with_body(field("DDEAUTO c:\\\\x.exe")), "template_external"},
      {"a field that fetches", with_body(field(" INCLUDEPICTURE \"https://x.example/\"")), "template_external"},
      {"a simple field that fetches", with_body("<w:p><w:fldSimple w:instr=\"INCLUDETEXT /etc/passwd\"/></w:p>"),
       "template_external"},
      {"a page number", with_body(field(" PAGE ")), "taken"},
      {"a bomb", with_entry("word/styles.xml", "<x>" + std::string(8u << 20, ' ') + "</x>"), "template_bomb"},
      {"an entry too large", with_entry("word/x.xml", std::string(17u << 20, ' ')), "template_too_large"},
  };
  for (const auto& [what, entries, expected] : cases) EXPECT_EQ(verdict(zip_of(entries)), expected) << what;
}

TEST(HostileTemplate, is_refused_when_there_are_too_many_entries) {
  auto entries = plain();
  for (int i = 0; i < 1001; ++i) entries["x/" + std::to_string(i)] = "";
  EXPECT_EQ(verdict(zip_of(entries)), "template_too_large");
}

TEST(HostileTemplate, is_refused_whatever_its_directory_says_of_sizes) {
  std::string bytes = zip_of(plain());
  const auto directory = bytes.rfind("PK\x01\x02");
  ASSERT_NE(directory, std::string::npos);
  for (const char size : {'\x01', '\x7f'}) {
    std::string lying = bytes;
    lying[directory + 24] = size;  // the low byte of the unpacked size
    EXPECT_EQ(verdict(lying), "template_damaged");
  }
}

TEST(HostileTemplate, is_refused_when_it_is_no_zip_or_cut_anywhere) {
  EXPECT_EQ(verdict(""), "template_not_word");
  EXPECT_EQ(verdict("PK\x03\x04"), "template_not_word");
  EXPECT_EQ(verdict(std::string(1000, 'x')), "template_not_word");
  const std::string whole = zip_of(plain());
  for (std::size_t length = 0; length < whole.size(); length += 7)
    EXPECT_NE(verdict(std::string_view(whole).substr(0, length)), "taken") << length;
}

TEST(HostileTemplate, with_any_one_byte_changed_is_taken_or_refused_but_never_worse) {
  const std::string whole = zip_of(with_body(paragraph("{#rows}{a}{/rows}")));
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 0x41);
    const auto form = WordTemplate::load(changed);
    if (!form) continue;
    EXPECT_TRUE(form->fill({}, {})) << at;
  }
}

TEST(HostileTemplate, with_twenty_thousand_split_tags_is_merely_long) {
  std::string body;
  for (int i = 0; i < 20000; ++i) body += "<w:r><w:t>{</w:t></w:r><w:r><w:t>a}</w:t></w:r>";
  EXPECT_EQ(verdict(zip_of(with_body("<w:p>" + body + "</w:p>"))), "taken");
}

}  // namespace
}  // namespace wujin::documents
