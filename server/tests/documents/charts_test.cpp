#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pugixml.hpp>

#include "documents/chart_xml.h"
#include "documents/word_files.h"
#include "documents/word_template.h"
#include "documents/zip_reader.h"

namespace wujin::documents {
namespace {

using ::testing::HasSubstr;
using testing::paragraph;
using testing::word_file;

Chart months() {
  Chart chart;
  chart.title = "各月活动场次 <试>";
  chart.categories = {"8月", "9月"};
  chart.series = {{"进农村", {3, 5}}, {"进学校", {0, 2.5}}};
  return chart;
}

TEST(Charts, carry_the_figures_they_are_drawn_with) {
  const std::string part = chart_part(months(), "rIdWorkbook");
  EXPECT_THAT(part, HasSubstr("各月活动场次 &lt;试&gt;"));
  EXPECT_THAT(part, HasSubstr("<c:f>Sheet1!$A$2:$A$3</c:f>"));
  EXPECT_THAT(part, HasSubstr("<c:f>Sheet1!$C$2:$C$3</c:f>"));
  EXPECT_THAT(part, HasSubstr("<c:v>2.5</c:v>"));
  pugi::xml_document parsed;
  EXPECT_TRUE(parsed.load_string(part.c_str()));
}

TEST(Charts, come_with_a_workbook_of_the_same_figures) {
  const auto workbook = read_zip(chart_workbook(months())).value();
  const std::string& sheet = workbook.at("xl/worksheets/sheet1.xml");
  EXPECT_THAT(sheet, HasSubstr("<c r=\"B1\" t=\"inlineStr\"><is><t>进农村</t></is></c>"));
  EXPECT_THAT(sheet, HasSubstr("<c r=\"C3\"><v>2.5</v></c>"));
}

TEST(Charts, stand_in_a_document_where_a_tag_asks_for_one) {
  const auto form = WordTemplate::load(word_file(paragraph("{%chart 150x75}"))).value();
  const auto parts = read_zip(form.fill({{"chart", months()}}, {}).value()).value();
  EXPECT_THAT(parts.at("word/document.xml"), HasSubstr("cx=\"5400000\" cy=\"2700000\""));
  EXPECT_THAT(parts.at("word/_rels/document.xml.rels"), HasSubstr("Target=\"charts/drawn1.xml\""));
  EXPECT_THAT(parts.at("[Content_Types].xml"), HasSubstr("PartName=\"/word/embeddings/drawn1.xlsx\""));
  EXPECT_TRUE(parts.contains("word/charts/_rels/drawn1.xml.rels"));
  // Without one, nothing of it is left in the file.
  const auto bare = read_zip(form.fill({}, {}).value()).value();
  EXPECT_THAT(bare.at("[Content_Types].xml"), ::testing::Not(HasSubstr("chart")));
}

}  // namespace
}  // namespace wujin::documents
