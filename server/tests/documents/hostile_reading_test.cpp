#include <malloc.h>

#include <algorithm>
#include <cstdlib>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pugixml.hpp>

#include "documents/read_files.h"
#include "documents/word_files.h"
#include "documents/word_reading.h"
#include "documents/xml_scan.h"

namespace wujin::documents {
namespace {

using testing::cell;
using ::testing::ElementsAre;
using testing::Entries;
using testing::FileOf;
using testing::paragraph;
using testing::read_entries;
using testing::read_word;
using testing::relationship;
using testing::relationships;
using ::testing::UnorderedElementsAre;
using testing::with;
using testing::word_entries;
using testing::word_file;
using testing::WordFileOf;
using testing::zip_of;

Entries plain() { return word_entries(paragraph("好")); }

Entries with_entry(const std::string& name, std::string content = "<x/>") {
  auto entries = plain();
  entries[name] = std::move(content);
  return entries;
}

std::string times(int count, std::string_view text) {
  std::string out;
  for (int i = 0; i < count; ++i) out += text;
  return out;
}

std::string deep(int levels, std::string_view name) {
  return times(levels, "<" + std::string(name) + ">") + times(levels, "</" + std::string(name) + ">");
}

// A compound file's first sector, and further on the name of a stream as its directory keeps it.
std::string compound_file(std::string_view stream) {
  std::string bytes("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8);
  bytes.resize(70'000, '\0');
  for (const char letter : stream) {
    bytes += letter;
    bytes += '\0';
  }
  bytes.resize(80'000, '\0');
  return bytes;
}

std::string listed_twice() {
  std::string bytes;
  ZipWriter zip([&](std::string_view piece) { bytes += piece; });
  for (const auto& [name, content] : plain()) zip.add_deflated(name, content);
  zip.add_deflated("word/document.xml", "<w:document><w:body/></w:document>");
  zip.finish();
  return bytes;
}

// The bit of a ZIP that says an entry is encrypted, set wherever a header stands.
std::string said_to_be_encrypted() {
  std::string bytes = zip_of(plain());
  for (std::size_t at = bytes.find("PK\x03\x04"); at != std::string::npos; at = bytes.find("PK\x03\x04", at + 1))
    bytes[at + 6] |= 1;
  for (std::size_t at = bytes.find("PK\x01\x02"); at != std::string::npos; at = bytes.find("PK\x01\x02", at + 1))
    bytes[at + 8] |= 1;
  return bytes;
}

TEST(HostileWordFile, is_refused_by_name_or_read_in_part) {
  const std::string whole = word_file(paragraph("好"));
  const std::string root = "_rels/.rels";
  const std::string document = "word/document.xml";
  const struct {
    const char* what;
    std::string bytes;
    std::string verdict;
  } cases[] = {
      {"nothing wrong", whole, "好|"},
      {"nothing", "", "document_not_word"},
      {"RTF", "{\\rtf1\\ansi hello}", "document_not_word"},
      {"HTML", "<html><body>计划</body></html>", "document_not_word"},
      {"a Word file of before 2007", compound_file("WordDocument"), "document_not_word"},
      {"an encrypted file", compound_file("EncryptedPackage"), "document_locked"},
      {"a ZIP with a password", said_to_be_encrypted(), "document_locked"},
      {"cut off", whole.substr(0, whole.size() / 2), "document_damaged"},
      {"a ZIP of anything", zip_of({{"mimetype", "application/vnd.oasis.opendocument.text"}}), "document_not_word"},
      {"an entry twice", listed_twice(), "document_damaged"},
      {"an entry in two cases", zip_of(with_entry("word/DOCUMENT.xml")), "document_damaged"},
      {"an absolute path", zip_of(with_entry("/etc/cron.d/x.xml")), "document_damaged"},
      {"a path upwards", zip_of(with_entry("word/../../x.xml")), "document_damaged"},
      {"a path upwards by backslashes", zip_of(with_entry("word\\..\\..\\x.xml")), "document_damaged"},
      {"a drive", zip_of(with_entry("C:x.xml")), "document_damaged"},
      {"no document", zip_of(with(plain(), root, "word/document.xml", "word/none.xml")), "document_damaged"},
      {"a document outside", zip_of(with(plain(), root, "word/document.xml", "../document.xml")), "document_not_word"},
      {"no relationships", zip_of(with(plain(), root, "<Relationship ", "<Nothing ")), "document_not_word"},
      {"a spreadsheet's content type",
       zip_of(with(plain(), "[Content_Types].xml", "wordprocessingml.document", "spreadsheetml.sheet")), "document_not_word"},
      {"no content types", zip_of(with(plain(), "[Content_Types].xml", "<Override", "<Nothing")), "好|"},
      {"another root", zip_of(with(with(plain(), document, "<w:document", "<w:styles"), document, "</w:document", "</w:styles")),
       "document_not_word"},
      {"broken XML", zip_of(with(plain(), document, "</w:body>", "")), "document_damaged"},
      {"markup that never ends", zip_of(with(plain(), document, "</w:document>", "<!-- ")), "document_damaged"},
      {"entities from outside",
       zip_of(with(plain(), document, "<w:document", "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><w:document")),
       "document_damaged"},
      {"entities of entities",
       zip_of(with(plain(), document, "<w:document", "<!DOCTYPE x [<!ENTITY a \"&b;&b;\"><!ENTITY b \"ha\">]><w:document")),
       "document_damaged"},
      {"an entity nobody declared", zip_of(with(plain(), document, "好", "好&a;")), "好&a;|"},
      {"elements nested without end", word_file(deep(100'000, "w:sdt")), "document_bomb"},
      {"tables nested without end", word_file(deep(100'000, "w:tbl")), "document_bomb"},
      {"a part that unpacks to far more", word_file(paragraph(std::string(8u << 20, ' '))), "document_bomb"},
  };
  for (const auto& [what, bytes, verdict] : cases) EXPECT_EQ(read_word(bytes), verdict) << what;
}

TEST(HostileWordFile, is_refused_beyond_each_limit) {
  const auto verdict = [](const Entries& entries, const WordReadingLimits& limits) {
    const FileOf file(zip_of(entries));
    const auto word = WordFile::open(file.path(), limits);
    return word ? "read" : std::string(slug(word.error().code()));
  };
  const auto limited = [](auto change) {
    WordReadingLimits limits;
    change(limits);
    return limits;
  };
  EXPECT_EQ(verdict(plain(), {}), "read");
  EXPECT_EQ(verdict(plain(), limited([](auto& limits) { limits.file = 100; })), "document_bomb");
  EXPECT_EQ(verdict(plain(), limited([](auto& limits) { limits.entries = 2; })), "document_bomb");
  EXPECT_EQ(verdict(plain(), limited([](auto& limits) { limits.xml = 200; })), "document_bomb");
  EXPECT_EQ(verdict(plain(), limited([](auto& limits) { limits.depth = 4; })), "document_bomb");
  EXPECT_EQ(verdict(with_entry("word/media/image1.jpg", std::string(60u << 20, 'x')), {}), "read");  // no one asked for it
}

// The end of a ZIP's directory, and that of ZIP64 before it, that tell of more entries than a document has.
TEST(HostileWordFile, is_refused_before_a_directory_without_end_is_read) {
  std::string many = word_file(paragraph("好"));
  many[many.rfind("PK\x05\x06") + 11] = '\x7f';
  EXPECT_EQ(read_word(many), "document_bomb");
  std::string wide = word_file(paragraph("好"));
  std::string record = "PK\x06\x06" + std::string(28, '\0') + std::string("\x40\x42\x0f\0\0\0\0\0", 8) + std::string(16, '\0');
  wide.insert(wide.rfind("PK\x05\x06"), record);
  EXPECT_EQ(read_word(wide), "document_bomb");
}

TEST(HostileWordFile, is_cut_at_so_many_cells_and_paragraphs) {
  std::string cells;
  for (int i = 0; i < 100'000; ++i) {
    if (i % 10 == 0) cells += i == 0 ? "<w:tr>" : "</w:tr><w:tr>";
    cells += cell(std::to_string(i * 7919 % 100'003));
  }
  const WordFileOf table(word_file("<w:tbl>" + cells + "</w:tr></w:tbl>"));
  ASSERT_TRUE(table.file) << table.problem;
  EXPECT_THAT(table.faults(), ElementsAre(ReadingFault::cut));
  EXPECT_EQ(std::get<ReadTable>(table.file->reading().blocks.front()).rows.size(), 5'000u);

  std::string paragraphs;
  for (int i = 0; i < 60'000; ++i) paragraphs += paragraph(std::to_string(i * 7919 % 100'003));
  const WordFileOf text(word_file(paragraphs));
  ASSERT_TRUE(text.file) << text.problem;
  EXPECT_THAT(text.faults(), ElementsAre(ReadingFault::cut));
  EXPECT_EQ(text.file->reading().blocks.size(), 50'000u);
}

// How much memory the trees of XML hold, and held at most.
std::size_t held = 0;
std::size_t most_held = 0;
void* take_memory(std::size_t bytes) {
  void* memory = std::malloc(bytes);
  held += malloc_usable_size(memory);
  most_held = std::max(most_held, held);
  return memory;
}
void give_memory(void* memory) {
  held -= malloc_usable_size(memory);
  std::free(memory);
}

TEST(HostileWordFile, is_never_a_tree_of_more_than_one_piece) {
  std::string body;
  for (int i = 0; i < 9'000; ++i) body += paragraph(std::to_string(i * 7919 % 100'003));
  body += "<w:tbl>";
  for (int i = 0; i < 40'000; ++i) {
    if (i % 10 == 0) body += i == 0 ? "<w:tr>" : "</w:tr><w:tr>";
    body += cell(std::to_string(i * 7919 % 100'003));
  }
  const auto take = pugi::get_memory_allocation_function();
  const auto give = pugi::get_memory_deallocation_function();
  const FileOf file(word_file(body + "</w:tr></w:tbl>" + paragraph("好")));
  most_held = held = 0;
  pugi::set_memory_management_functions(take_memory, give_memory);
  const auto word = WordFile::open(file.path());
  pugi::set_memory_management_functions(take, give);
  ASSERT_TRUE(word);
  EXPECT_EQ(word->reading().blocks.size(), 9'002u);
  EXPECT_EQ(held, 0u);
  EXPECT_LT(most_held, 200u * 1024);
}

TEST(HostileWordFile, has_what_it_carries_named) {
  const auto faults = [](const Entries& entries) { return WordFileOf(entries).faults(); };
  const auto pointing = [](std::string_view kind, std::string_view target, std::string_view mode, std::string_view body) {
    auto entries = word_entries(body);
    entries["word/_rels/document.xml.rels"] = relationships(relationship("rId1", kind, target, mode));
    return entries;
  };
  EXPECT_THAT(faults(with_entry("word/vbaProject.bin")), ElementsAre(ReadingFault::macros));
  EXPECT_THAT(faults(with(plain(), "[Content_Types].xml", "openxmlformats-officedocument.wordprocessingml.document.main+xml",
                          "ms-word.document.macroEnabled.main+xml")),
              ElementsAre(ReadingFault::macros));
  EXPECT_THAT(faults(pointing("oleObject", "embeddings/oleObject1.bin", "", "<w:p/>")),
              ElementsAre(ReadingFault::embedded_object));
  EXPECT_THAT(faults(pointing("aFChunk", "chunk.htm", "", "<w:altChunk r:id=\"rId1\"/>")), ElementsAre(ReadingFault::cut));
  EXPECT_THAT(faults(pointing("aFChunk", "http://x.example/", "External", "<w:altChunk r:id=\"rId1\"/>")),
              UnorderedElementsAre(ReadingFault::cut, ReadingFault::outside_reference));
  EXPECT_THAT(faults(pointing("subDocument", "file:///C:/x.docx", "External", "<w:p><w:subDoc r:id=\"rId1\"/></w:p>")),
              ElementsAre(ReadingFault::outside_reference));
  EXPECT_THAT(faults(pointing("hyperlink", "http://x.example/", "External", paragraph("好"))), ElementsAre());
}

TEST(HostileWordFile, cannot_lead_a_reader_round_in_circles) {
  auto entries = word_entries("<w:p><w:pPr><w:pStyle w:val=\"a\"/><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:p>" +
                              paragraph("好"));
  const auto named = [](std::string_view name, std::string_view inside) {
    return "<w:" + std::string(name) + ">" + std::string(inside) + "</w:" + std::string(name) + ">";
  };
  entries["word/_rels/document.xml.rels"] =
      relationships(relationship("rId1", "officeDocument", "document.xml") + relationship("rId2", "styles", "styles.xml") +
                    relationship("rId3", "numbering", "numbering.xml") + relationship("rId4", "comments", "document.xml") +
                    relationship("rId5", "image", "document.xml"));
  entries["word/styles.xml"] =
      named("styles",
            "<w:style w:styleId=\"a\" w:type=\"paragraph\"><w:basedOn w:val=\"b\"/></w:style><w:style w:styleId=\"b\" "
            "w:type=\"paragraph\"><w:basedOn w:val=\"a\"/><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>");
  entries["word/numbering.xml"] =
      named("numbering",
            "<w:abstractNum w:abstractNumId=\"0\"><w:numStyleLink w:val=\"b\"/></w:abstractNum><w:num "
            "w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>");
  EXPECT_EQ(read_entries(entries), "|好|");
}

TEST(HostileWordFile, is_read_without_parts_that_cannot_be_read) {
  auto entries = plain();
  entries["word/_rels/document.xml.rels"] =
      relationships(relationship("rId1", "styles", "styles.xml") + relationship("rId2", "numbering", "numbering.xml") +
                    relationship("rId3", "comments", "gone.xml"));
  entries["word/styles.xml"] = "<w:styles>";
  entries["word/numbering.xml"] = "<!DOCTYPE x><w:numbering/>";
  EXPECT_EQ(read_entries(entries), "好|");
}

TEST(HostileXml, is_bounded_before_a_tree_is_made_of_it) {
  const auto verdict = [](std::string_view xml) {
    pugi::xml_document document;
    const auto parsed = parse_xml(document, xml, {.depth = 3, .nodes = 5});
    return parsed ? "parsed" : std::string(slug(parsed.error().code()));
  };
  EXPECT_EQ(verdict("<a><b><c/></b><d e='>' f=\"<\"/></a>"), "document_bomb");
  EXPECT_EQ(verdict("<a><b><c/></b><d/></a>"), "parsed");
  EXPECT_EQ(verdict("<a><b><c><d/></c></b></a>"), "document_bomb");
  EXPECT_EQ(verdict("<a><!-- <b><b><b><b> --><![CDATA[<b><b><b>]]><?x <b><b><b><b> ?></a>"), "parsed");
  EXPECT_EQ(verdict("<a><!ELEMENT x></a>"), "document_damaged");
  EXPECT_EQ(verdict("<a b='"), "document_damaged");
  EXPECT_EQ(verdict(""), "document_damaged");
}

}  // namespace
}  // namespace wujin::documents
