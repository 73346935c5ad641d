#include "documents/excel_reading.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "documents/excel_values.h"
#include "documents/read_files.h"
#include "documents/word_files.h"

namespace wujin::documents {
namespace {

using ::testing::ElementsAre;
using testing::Entries;
using testing::FileOf;
using testing::outline_of;
using testing::relationship;
using testing::relationships;
using testing::zip_of;

struct Sheet {
  std::string name;
  std::string inside;  // of <worksheet>
  std::string state = "visible";
};

struct Book {
  std::vector<Sheet> sheets;
  std::string shared = "";  // <si>…
  std::string styles = "";
  std::string properties = "";
};

Entries entries_of(const Book& book) {
  std::string sheets;
  std::string list = relationship("rIdA", "sharedStrings", "sharedStrings.xml") + relationship("rIdB", "styles", "styles.xml");
  Entries entries;
  for (std::size_t i = 0; i < book.sheets.size(); ++i) {
    const auto number = std::to_string(i + 1);
    sheets += "<sheet name=\"" + book.sheets[i].name + "\" sheetId=\"" + number + "\" state=\"" + book.sheets[i].state +
              "\" r:id=\"rId" + number + "\"/>";
    list += relationship("rId" + number, "worksheet", "worksheets/sheet" + number + ".xml");
    entries["xl/worksheets/sheet" + number + ".xml"] = "<worksheet>" + book.sheets[i].inside + "</worksheet>";
  }
  entries["[Content_Types].xml"] = "<Types/>";
  entries["_rels/.rels"] = relationships(relationship("rId1", "officeDocument", "xl/workbook.xml"));
  entries["xl/workbook.xml"] = "<workbook>" + book.properties + "<sheets>" + sheets + "</sheets></workbook>";
  entries["xl/_rels/workbook.xml.rels"] = relationships(list);
  entries["xl/sharedStrings.xml"] = "<sst>" + book.shared + "</sst>";
  entries["xl/styles.xml"] = "<styleSheet>" + book.styles + "</styleSheet>";
  return entries;
}

std::string read_bytes(std::string_view bytes) {
  const FileOf file(bytes);
  const auto reading = read_excel(file.path());
  return reading ? outline_of(reading->blocks) : std::string(slug(reading.error().code()));
}

std::string read_book(const Book& book) { return read_bytes(zip_of(entries_of(book))); }

std::string rows(std::string_view inside) { return "<sheetData>" + std::string(inside) + "</sheetData>"; }

// The cells of one sheet's only row.
std::string read_cells(std::string_view cells, const Book& more = {}) {
  Book book = more;
  book.sheets = {{"表", rows("<row r=\"1\">" + std::string(cells) + "</row>")}};
  return read_book(book);
}

TEST(ExcelReading, shows_what_a_cell_holds) {
  const Book book = {.sheets = {},
                     .shared =
                         "<si><t>计划</t></si><si><r><t>消防</t></r><r><rPr/><t>宣传</t></r><rPh><t>xiao</t></rPh></si>"
                         "<si><t>一行_x000D_\n二行</t></si>",
                     .styles = "",
                     .properties = ""};
  const struct {
    std::string cell;
    std::string shown;
  } cases[] = {
      {"<c r=\"A1\" t=\"s\"><v>0</v></c>", "计划"},
      {"<c r=\"A1\" t=\"s\"><v>1</v></c>", "消防宣传"},
      {"<c r=\"A1\" t=\"s\"><v>2</v></c>", "一行\n二行"},
      {"<c r=\"A1\" t=\"inlineStr\"><is><t>就地</t></is></c>", "就地"},
      {"<c r=\"A1\" t=\"str\"><f>A2</f><v>算出</v></c>", "算出"},
      {"<c r=\"A1\"><f>1+1</f><v>2</v></c>", "2"},
      {"<c r=\"A1\"><v>46</v></c>", "46"},
      {"<c r=\"A1\"><v>46.0</v></c>", "46"},
      {"<c r=\"A1\"><v>0.30000000000000004</v></c>", "0.3"},
      {"<c r=\"A1\"><v>1.3E10</v></c>", "13000000000"},
      {"<c r=\"A1\" t=\"b\"><v>1</v></c>", "TRUE"},
      {"<c r=\"A1\" t=\"e\"><v>#N/A</v></c>", "#N/A"},
      {"<c r=\"A1\" t=\"d\"><v>2023-10-07</v></c>", "2023-10-07"},
  };
  for (const auto& [cell, shown] : cases) EXPECT_EQ(read_cells(cell, book), "表|{" + shown + "|}") << cell;
  for (const char* nothing : {"<c r=\"A1\" t=\"s\"><v>99</v></c>", "<c r=\"A1\" t=\"s\"><v>-1</v></c>", "<c r=\"A1\"/>",
                              "<c r=\"A1\"><f>1</f></c>", "<c r=\"A1\" t=\"inlineStr\"><is><t> </t></is></c>"}) {
    EXPECT_EQ(read_cells(nothing, book), "") << nothing;
  }
}

TEST(ExcelReading, shows_numbers_by_their_format) {
  const struct {
    double number;
    const char* code;
    const char* shown;
  } cases[] = {
      {45206, "yyyy/m/d", "2023-10-07"},
      {45206, "yyyy\"年\"m\"月\"d\"日\"", "2023-10-07"},
      {45206, "[$-804]yyyy年m月d日;@", "2023-10-07"},
      {45206, "yyyy\"年\"m\"月\"", "2023-10"},
      {45206, "m\"月\"d\"日\"", "2023-10-07"},
      {45206, "[DBNum1]yyyy年m月d日", "2023-10-07"},
      {45206.604166667, "yyyy/m/d h:mm", "2023-10-07 14:30"},
      {0.604166667, "h:mm", "14:30"},
      {0.604166667, "h\"时\"mm\"分\"ss\"秒\"", "14:30:00"},
      {45206.9999999, "yyyy/m/d", "2023-10-08"},
      {1, "yyyy/m/d", "1900-01-01"},
      {59, "yyyy/m/d", "1900-02-28"},
      {61, "yyyy/m/d", "1900-03-01"},
      {-1, "yyyy/m/d", "-1"},
      {1e9, "yyyy/m/d", "1000000000"},
      {0.125, "0%", "12%"},
      {0.125, "0.0%", "12.5%"},
      {1234567.891, "#,##0.00", "1,234,567.89"},
      {-123456, "#,##0", "-123,456"},
      {999, "#,##0_ ;[Red]\\-#,##0\\ ", "999"},
      {7, "0.00", "7.00"},
      {7, "\"第\"0\"周\"", "7"},
      {45206, "General", "45206"},
      {45206, "@", "45206"},
      {1e300, "0.00", "1e+300"},
      {0.5, "# ?/?", "0.5"},
      {12, "\"d", "12"},
  };
  for (const auto& [number, code, shown] : cases) {
    EXPECT_EQ(shown_number(number, format_of_code(code), false), shown) << number << " " << code;
  }
  EXPECT_EQ(shown_number(43744, format_of_code("yyyy/m/d"), true), "2023-10-07");
}

TEST(ExcelReading, knows_formats_by_number_and_by_code) {
  const std::string styles =
      "<numFmts><numFmt numFmtId=\"176\" formatCode=\"yyyy/m/d\"/></numFmts><fonts><font/><font><b/></font></fonts>"
      "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"31\"/><xf numFmtId=\"57\"/><xf numFmtId=\"176\"/>"
      "<xf numFmtId=\"9\"/><xf numFmtId=\"0\" fontId=\"1\"><alignment horizontal=\"center\"/></xf></cellXfs>";
  std::string cells;
  for (int style = 0; style < 5; ++style) cells += "<c s=\"" + std::to_string(style) + "\"><v>45206</v></c>";
  cells += "<c s=\"5\"><v>0.5</v></c><c s=\"6\"><v>7</v></c><c s=\"99\"><v>8</v></c>";
  EXPECT_EQ(read_cells(cells, {.sheets = {}, .shared = "", .styles = styles, .properties = ""}),
            "表|{45206|&2023-10-07|&2023-10-07|&2023-10|&2023-10-07|&50%|&^*7|&8|}");
  EXPECT_EQ(read_cells("<c s=\"1\"><v>43744</v></c>",
                       {.sheets = {}, .shared = "", .styles = styles, .properties = "<workbookPr date1904=\"1\"/>"}),
            "表|{2023-10-07|}");
}

std::string value(std::string_view place, int number) {
  return "<c r=\"" + std::string(place) + "\"><v>" + std::to_string(number) + "</v></c>";
}

TEST(ExcelReading, knows_merged_cells_and_leaves_out_what_is_hidden) {
  const struct {
    const char* what;
    std::string inside;
    std::string outline;
  } cases[] = {
      {"gaps", rows("<row r=\"2\">" + value("C2", 1) + value("E2", 2) + "</row>"), "表|{@2:1|&@4:2|}"},
      {"merged",
       rows("<row r=\"1\">" + value("A1", 1) + value("B1", 9) + value("C1", 2) + "</row><row r=\"2\">" + value("A2", 9) +
            value("C2", 3) + "</row>") +
           "<mergeCells><mergeCell ref=\"A1:B2\"/></mergeCells>",
       "表|{2x2:1|&2|/@2:3|}"},
      {"merged over a row that is left out",
       rows("<row r=\"1\">" + value("A1", 1) + "</row><row r=\"2\" hidden=\"1\">" + value("B2", 2) + "</row><row r=\"3\">" +
            value("B3", 3) + "</row>") +
           "<mergeCells><mergeCell ref=\"A1:A3\"/></mergeCells>",
       "表|{1x2:1|/@1:3|}"},
      {"a hidden column",
       "<cols><col min=\"2\" max=\"2\" hidden=\"1\"/></cols>" + rows("<row>" + value("A1", 1) + value("B1", 2) + "</row>"),
       "表|{1|}"},
      {"no places named", rows("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"), "表|{1|&2|/3|}"},
      {"merges that are none",
       rows("<row>" + value("A1", 1) + "</row>") +
           "<mergeCells><mergeCell ref=\"B2:A1\"/><mergeCell ref=\"A1\"/><mergeCell ref=\"ZZZZ1:ZZZZ9\"/></mergeCells>",
       "表|{1|}"},
      {"places beyond a sheet",
       rows("<row r=\"9999999\">" + value("A9999999", 1) + "</row><row r=\"3\">" + value("A3", 2) + "</row>"), "表|{2|}"},
  };
  for (const auto& [what, inside, outline] : cases) {
    Book book;
    book.sheets = {{"表", inside}};
    EXPECT_EQ(read_book(book), outline) << what;
  }
}

TEST(ExcelReading, reads_each_visible_sheet_with_anything_in_it) {
  Book book;
  const auto one = rows("<row>" + value("A1", 1) + "</row>");
  book.sheets = {{"甲", one}, {"乙", one, "hidden"}, {"丙", rows("")}, {"丁", one, "veryHidden"}, {"戊", one}};
  EXPECT_EQ(read_book(book), "甲|{1|}戊|{1|}");
}

TEST(ExcelReading, reads_any_prefix) {
  auto entries = entries_of({.sheets = {{"表", ""}}, .shared = "", .styles = "", .properties = ""});
  entries["xl/worksheets/sheet1.xml"] =
      "<x:worksheet><x:sheetData><x:row><x:c><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>";
  EXPECT_EQ(read_bytes(zip_of(entries)), "表|{7|}");
}

TEST(ExcelReading, is_cut_at_so_many_cells_and_merges) {
  std::string inside;
  for (int row = 1; row <= 11'000; ++row) {
    inside += "<row>";
    for (int column = 0; column < 10; ++column) inside += "<c><v>" + std::to_string(row * 7919 % 100'003 + column) + "</v></c>";
    inside += "</row>";
  }
  const FileOf cells(zip_of(entries_of({.sheets = {{"表", rows(inside)}}, .shared = "", .styles = "", .properties = ""})));
  const auto reading = read_excel(cells.path());
  ASSERT_TRUE(reading) << slug(reading.error().code());
  EXPECT_THAT(reading->faults, ElementsAre(ReadingFault::cut));
  EXPECT_EQ(std::get<ReadTable>(reading->blocks[1]).rows.size(), 10'000u);

  std::string merges;
  for (int row = 1; row <= 30'000; ++row) merges += "<mergeCell ref=\"A" + std::to_string(row) + ":XFD1048576\"/>";
  const FileOf merged(zip_of(
      entries_of({.sheets = {{"表", rows("<row>" + value("A1", 1) + "</row>") + "<mergeCells>" + merges + "</mergeCells>"}},
                  .shared = "",
                  .styles = "",
                  .properties = ""})));
  const auto spanned = read_excel(merged.path());
  ASSERT_TRUE(spanned) << slug(spanned.error().code());
  EXPECT_THAT(spanned->faults, ElementsAre(ReadingFault::cut));
}

TEST(ExcelReading, names_what_is_no_workbook_and_what_it_carries) {
  auto plain =
      entries_of({.sheets = {{"表", rows("<row>" + value("A1", 1) + "</row>")}}, .shared = "", .styles = "", .properties = ""});
  const auto changed = [&](const std::string& name, std::string_view content) {
    auto entries = plain;
    entries[name] = content;
    return zip_of(entries);
  };
  EXPECT_EQ(read_bytes(zip_of(plain)), "表|{1|}");
  EXPECT_EQ(read_bytes(testing::word_file("<w:p/>")), "document_not_excel");
  EXPECT_EQ(read_bytes("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + std::string(600, '\0')), "document_not_excel");
  EXPECT_EQ(read_bytes("村名,日期\n"), "document_not_excel");
  EXPECT_EQ(read_bytes(changed("xl/workbook.xml", "<workbook>")), "document_damaged");
  EXPECT_EQ(read_bytes(changed("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row>")), "document_damaged");
  EXPECT_EQ(read_bytes(changed("xl/worksheets/sheet1.xml", "<!DOCTYPE x><worksheet/>")), "document_damaged");
  EXPECT_EQ(read_bytes(changed("xl/sharedStrings.xml", "<sst><si><t>" + std::string(50u << 20, 'x') + "</t></si></sst>")),
            "document_bomb");
  const FileOf with_macros(changed("xl/vbaProject.bin", "x"));
  EXPECT_THAT(read_excel(with_macros.path())->faults, ElementsAre(ReadingFault::macros));
  const FileOf in_cells(
      changed("xl/worksheets/sheet1.xml",
              "<worksheet><sheetData><row><c t=\"str\"><v>=DISPIMG(\"ID_1\",1)</v></c></row></sheetData></worksheet>"));
  EXPECT_THAT(read_excel(in_cells.path())->faults, ElementsAre(ReadingFault::missing_picture));
}

}  // namespace
}  // namespace wujin::documents
