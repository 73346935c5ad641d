#include "spreadsheets/table.h"

#include <fstream>
#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "documents/excel_reading.h"
#include "spreadsheets/csv_table.h"
#include "spreadsheets/excel_parts.h"

namespace wujin::spreadsheets {
namespace {

namespace fs = std::filesystem;

class TableTest : public testing::Test {
 protected:
  TableTest() : folder_(fs::temp_directory_path() / ("wujin-tables-" + std::to_string(::getpid()))) {
    fs::create_directories(folder_);
  }
  ~TableTest() override { fs::remove_all(folder_); }

  fs::path file() const { return folder_ / "table"; }
  std::string bytes() const {
    std::ifstream in(file(), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  }
  std::unique_ptr<Table> begin(Format format) const {
    const Instant made = *parse_instant("2023-10-26T09:00:00+08:00");
    return begin_table(format, file(), "活动台账", {{"日期", 11}, {"标题", 30}, {"照片（张）", 8}}, made);
  }

  fs::path folder_;
};

TEST_F(TableTest, CsvBeginsWithAByteOrderMarkAndEndsItsLinesAsExcelWants) {
  const auto table = begin(Format::csv);
  table->add(std::vector<Cell>{*parse_date("2023-10-26"), "院坝会", std::int64_t{3}});
  table->add(std::vector<Cell>{std::monostate(), "", std::int64_t{0}});
  table->finish();
  EXPECT_EQ(bytes(), "\xEF\xBB\xBF日期,标题,照片（张）\r\n2023-10-26,院坝会,3\r\n,,0\r\n");
}

struct FieldCase {
  const char* text;
  const char* field;
};
class CsvFieldTest : public testing::TestWithParam<FieldCase> {};
TEST_P(CsvFieldTest, IsOneFieldAndNeverAFormula) { EXPECT_EQ(csv_field(std::string(GetParam().text)), GetParam().field); }
INSTANTIATE_TEST_SUITE_P(texts, CsvFieldTest,
                         testing::Values(FieldCase{"一，二", "一，二"}, FieldCase{"a,b", "\"a,b\""},
                                         FieldCase{"他说\"好\"", "\"他说\"\"好\"\"\""},
                                         FieldCase{"第一行\n第二行", "\"第一行\n第二行\""}, FieldCase{"=1+1", "'=1+1"},
                                         FieldCase{"@某人", "'@某人"}, FieldCase{"-3", "'-3"}, FieldCase{"+86", "'+86"},
                                         FieldCase{"=A1,\"B\"", "\"'=A1,\"\"B\"\"\""}, FieldCase{"", ""}));

TEST_F(TableTest, ExcelIsAZipThatIsWholeOnlyWhenFinished) {
  auto table = begin(Format::excel);
  table->add(std::vector<Cell>{*parse_date("2023-10-26"), "=1+1", std::int64_t{3}});
  EXPECT_EQ(bytes(), "");
  table->finish();
  EXPECT_THAT(bytes(), testing::StartsWith("PK"));
}

TEST_F(TableTest, ExcelReadsBackAsItWasWritten) {
  auto table = begin(Format::excel);
  table->add(std::vector<Cell>{*parse_date("2023-10-26"), "=1+1", std::int64_t{3}});
  table->add(std::vector<Cell>{std::monostate(), "甲 & <乙> \"丙\"\n第二行 ", std::int64_t{-12}});
  table->add(std::vector<Cell>{*parse_date("2024-02-29"), "_x0041_ 与 \x01_x41_", std::monostate()});
  for (int i = 0; i < 5000; ++i) table->add(std::vector<Cell>{std::monostate(), "一行", std::int64_t{i}});
  table->finish();
  const auto read = documents::read_excel(file());
  ASSERT_TRUE(read);
  const auto& rows = std::get<documents::ReadTable>(read->blocks.back()).rows;
  ASSERT_EQ(rows.size(), 5004U);
  const auto said = [&](std::size_t row) {
    std::vector<std::string> texts(3);
    for (const auto& cell : rows[row]) texts.at(static_cast<std::size_t>(cell.column)) = documents::text_of(cell);
    return texts;
  };
  EXPECT_THAT(said(0), testing::ElementsAre("日期", "标题", "照片（张）"));
  EXPECT_THAT(said(1), testing::ElementsAre("2023-10-26", "=1+1", "3"));
  EXPECT_THAT(said(2), testing::ElementsAre("", "甲 & <乙> \"丙\"\n第二行 ", "-12"));
  EXPECT_EQ(said(3)[0], "2024-02-29");
  EXPECT_EQ(said(5003)[2], "4999");
}

TEST(ExcelParts, NameColumnsAsExcelDoes) {
  EXPECT_EQ(column_letters(0), "A");
  EXPECT_EQ(column_letters(25), "Z");
  EXPECT_EQ(column_letters(26), "AA");
  EXPECT_EQ(column_letters(27), "AB");
  EXPECT_EQ(column_letters(701), "ZZ");
}

TEST(ExcelParts, WriteTextThatExcelReadsAsItStands) {
  const auto cell = [](const std::string& text) {
    std::string xml;
    append_cell(xml, "A2", text);
    return xml;
  };
  EXPECT_EQ(cell("院坝会"), R"(<c r="A2" s="1" t="inlineStr"><is><t>院坝会</t></is></c>)");
  EXPECT_EQ(cell(" a"), R"(<c r="A2" s="1" t="inlineStr"><is><t xml:space="preserve"> a</t></is></c>)");
  EXPECT_EQ(cell("_x0041_"), R"(<c r="A2" s="1" t="inlineStr"><is><t>_x005F_x0041_</t></is></c>)");
  EXPECT_EQ(cell("_x41_\x01"), R"(<c r="A2" s="1" t="inlineStr"><is><t>_x41_</t></is></c>)");
  EXPECT_EQ(cell(""), "");
}

TEST_F(TableTest, AFileThatCannotBeWrittenIsSaid) {
  const fs::path nowhere = folder_ / "missing" / "table";
  EXPECT_THROW(begin_table(Format::csv, nowhere, "t", {{"a", 1}}, Instant()), std::runtime_error);
  EXPECT_THROW(begin_table(Format::excel, nowhere, "t", {{"a", 1}}, Instant())->finish(), std::runtime_error);
}

TEST_F(TableTest, AnExcelTableLeftUnfinishedLeavesNothingBehind) {
  begin(Format::excel).reset();
  EXPECT_TRUE(fs::is_empty(folder_));
}

}  // namespace
}  // namespace wujin::spreadsheets
