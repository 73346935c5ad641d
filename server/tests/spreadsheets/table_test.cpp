#include "spreadsheets/table.h"

#include <fstream>
#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "spreadsheets/csv_table.h"

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
