#include "reports/report_document.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "campaigns/form_tags.h"
#include "documents/word_template.h"
#include "documents/zip_reader.h"
#include "reports/october.h"

namespace wujin::reports {
namespace {

using documents::KnownTag;
using documents::KnownTags;
using documents::Value;
using fixture::material;
using fixture::Month10;
using ::testing::HasSubstr;
using ::testing::Not;

Pictures pictures_of(const Material& of) {
  Pictures pictures;
  for (const auto& activity : of.activities) {
    for (const auto& photo : activity.photos) {
      if (!photo.received) continue;
      documents::Picture picture;
      picture.identity = photo.sha256;
      picture.width = 1280;
      picture.height = 960;
      picture.bytes = std::make_shared<const std::string>("JPEG");
      pictures[photo.id] = picture;
    }
  }
  return pictures;
}

// The first activity of the month as the form sees it.
Value::Object first_activity(const Material& of) {
  const auto values = document_values(of, lay_out(of), pictures_of(of));
  const auto& week = *values.at("weeks").list()->front().object();
  return *week.at("activities").list()->front().object();
}

std::size_t length(const Value::Object& values, const char* name) {
  const auto found = values.find(name);
  return found == values.end() ? 0 : found->second.list()->size();
}

TEST(ReportDocument, lays_pictures_out_in_the_grid_of_the_form) {
  const struct {
    int photos;
    std::size_t pairs;
    bool has_last, has_single;
  } table[] = {{0, 0, false, false}, {1, 0, false, true}, {2, 1, false, false},
               {3, 1, true, false},  {5, 2, true, false}, {24, 12, false, false}};
  for (const auto& row : table) {
    Month10 make;
    const auto values = first_activity(material({make.activity("2023-10-07T09:00:00+08:00", "文", row.photos)}));
    EXPECT_EQ(length(values, "pairs"), row.pairs) << row.photos;
    EXPECT_EQ(values.contains("has_pairs"), row.pairs > 0) << row.photos;
    EXPECT_EQ(values.contains("last_picture"), row.has_last) << row.photos;
    EXPECT_EQ(values.contains("single_picture"), row.has_single) << row.photos;
    EXPECT_EQ(length(values, "pictures"), static_cast<std::size_t>(row.photos));
  }
}

TEST(ReportDocument, packs_three_to_a_row_when_the_campaign_says_so) {
  Month10 make;
  campaigns::Campaign campaign = fixture::shipped_campaign()->campaign;
  campaign.options.picture_grid = campaigns::PictureGrid::three_columns;
  const auto recorded = make.activity("2023-10-07T09:00:00+08:00", "文", 4);
  const auto names = material({}).names;
  const Material of{campaign, names, parse_month("2023-10").value(), {recorded}, {}};
  const auto values = first_activity(of);
  ASSERT_EQ(length(values, "triples"), 2u);
  const auto& last = *values.at("triples").list()->back().object();
  EXPECT_TRUE(last.contains("left"));
  EXPECT_FALSE(last.contains("middle"));
  EXPECT_FALSE(values.contains("pairs"));
}

TEST(ReportDocument, numbers_and_describes_pictures_anew_in_each_activity) {
  Month10 make;
  auto recorded = make.activity("2023-10-07T09:00:00+08:00", "文", 3);
  recorded.photos[0].received = false;  // left out, and the numbers close up
  recorded.photos[1].caption = "院坝会现场";
  const auto values = first_activity(material({recorded}));
  const auto& row = *values.at("pairs").list()->front().object();
  EXPECT_EQ(*row.at("left_caption").text(), "图片1　院坝会现场");
  EXPECT_EQ(*row.at("right_caption").text(), "图片2");
  EXPECT_EQ(row.at("left").picture()->description, "泸永桥村10月7日院坝会图片1");
}

TEST(ReportDocument, makes_a_paragraph_of_each_line) {
  Month10 make;
  const auto values =
      first_activity(material({make.activity("2023-10-07T09:00:00+08:00", "　　第一段\r\n\r\n第二段 \n第三段\t后")}));
  const auto& paragraphs = *values.at("paragraphs").list();
  ASSERT_EQ(paragraphs.size(), 3u);
  EXPECT_EQ(*paragraphs[0].text(), "第一段");
  EXPECT_EQ(*paragraphs[1].text(), "第二段");
  EXPECT_EQ(*paragraphs[2].text(), "第三段\t后");
}

TEST(ReportDocument, says_why_a_month_had_nothing) {
  auto of = material({});
  of.draft.no_activity_reason = "道路中断";
  const auto values = document_values(of, lay_out(of), {});
  EXPECT_FALSE(values.contains("weeks"));
  EXPECT_EQ(*values.at("no_activity").object()->at("heading").text(), "情况说明");
}

TEST(ReportDocument, is_named_by_its_title) {
  const auto of = material({});
  EXPECT_EQ(document_name(of), "宝峰镇泸永桥村2023年10月消防宣传“五进”工作情况.docx");
  EXPECT_EQ(document_properties(of, lay_out(of)).author, "泸永桥村");
}

void expect_known(const Value& value, const KnownTags& known, const std::string& where) {
  if (const auto* list = value.list()) {
    for (const Value& element : *list) expect_known(element, known, where);
  }
  if (value.object() == nullptr) return;
  for (const auto& [name, inner] : *value.object()) {
    const auto found = std::ranges::find(known, name, &KnownTag::name);
    if (found == known.end()) {
      ADD_FAILURE() << where << "." << name << " is given but no form may use it";
    } else {
      expect_known(inner, found->inside, where + "." + name);
    }
  }
}

TEST(ReportDocument, gives_only_tags_that_are_explained_to_the_station) {
  Month10 make;
  const auto of = material({make.activity("2023-10-07T09:00:00+08:00", "文", 3)});
  expect_known(document_values(of, lay_out(of), pictures_of(of)), campaigns::report_tags(), "report");
}

TEST(ReportDocument, fills_the_shipped_form) {
  Month10 make;
  const auto of =
      material({make.activity("2023-10-07T09:00:00+08:00", "<文> & 字", 3), make.activity("2023-10-25T09:00:00+08:00")});
  const auto layout = lay_out(of);
  const auto bundle = fixture::shipped_campaign();
  const auto tags = campaigns::report_tags();
  const auto form = documents::WordTemplate::load(bundle->template_of(bundle->campaign.documents.report), &tags).value();
  const auto parts =
      documents::read_zip(form.fill(document_values(of, layout, pictures_of(of)), document_properties(of, layout)).value())
          .value();
  const std::string& xml = parts.at("word/document.xml");
  for (const char* text : {"附件2", "宝峰镇泸永桥村2023年10月", "一、10月第一周（10月1日—8日）", "（一）消防宣传进农村",
                           "&lt;文&gt; &amp; 字", "图片3", "本周未集中开展宣传活动。", "（二）消防宣传进农村"}) {
    EXPECT_THAT(xml, HasSubstr(text));
  }
  EXPECT_THAT(xml, Not(HasSubstr("{")));
  EXPECT_EQ(parts.at("word/media/picture1.jpg"), "JPEG");
  EXPECT_TRUE(parts.contains("word/media/picture3.jpg"));
}

}  // namespace
}  // namespace wujin::reports
