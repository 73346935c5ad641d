// Files as other programs write them (read/, made by read/make.py and read/make.mjs), and the program's own forms read back.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "documents/excel_reading.h"
#include "documents/read_files.h"
#include "documents/word_template.h"

namespace wujin::documents {
namespace {

using ::testing::ElementsAre;
using testing::FileOf;
using ::testing::IsEmpty;
using testing::outline_of;
using Object = Value::Object;
using List = Value::List;

std::filesystem::path kept(const std::string& name) {
  return std::filesystem::path(WUJIN_SOURCE_DIR) / "server/tests/documents/read" / name;
}

struct Read {
  std::string outline;
  std::vector<std::string> comments;
  std::vector<ReadingFault> faults;
};

Read read_word(const std::string& name) {
  const auto word = WordFile::open(kept(name));
  if (!word) return {std::string(slug(word.error().code())), {}, {}};
  for (const auto& picture : pictures_of(word->reading().blocks)) {
    const auto bytes = word->picture(picture.part);
    EXPECT_TRUE(bytes && bytes->starts_with("\x89PNG")) << picture.part;
  }
  return {outline_of(word->reading().blocks), word->reading().comments, word->reading().faults};
}

std::string read_sheets(const std::string& name) {
  const auto reading = read_excel(kept(name));
  return reading ? outline_of(reading->blocks) : std::string(slug(reading.error().code()));
}

TEST(RealDocuments, of_python_docx) {
  EXPECT_EQ(read_word("python-docx-report.docx").outline,
            "^宝峰镇示例村2023年10月消防宣传“五进”工作情况|<1>*一、10月第一周（10月1日—8日）|<2>*（一）消防宣传进农村|"
            "10月7日上午，示例村在三组院坝开展消防安全宣传。|{[image1.png]|&[image2.png]|/图片1|&图片2|}"
            "*二、10月第二周（10月9日—15日）|‹1.›入户宣传|‹2.›发放资料|联系\t值班室\n下一行|");
  EXPECT_EQ(read_word("python-docx-plan.docx").outline,
            "消防宣传“五进”计划表|{活动周期|&计划“五进”村社|&宣传重点|&负责人|/1x2:10月第一周|&示例村一组|&用火用电|&1x2:沈知禾|/"
            "@1:示例村二组|&电动车充电|/4x1:备注|{内一|&内二|}|}");
}

TEST(RealDocuments, of_libreoffice) {
  const auto report = read_word("libreoffice-report.docx");
  EXPECT_EQ(report.outline,
            "^示例村10月消防宣传“五进”工作情况|<1>*10月第一周|‹一、›进农村|‹（1）›院坝会|‹（2）›入户|‹二、›进学校|宣传46人次。|"
            "带框|框里的字|"
            "[image1.png 院坝会现场]|图片1|{2x1:合并|/1x2:左|&右上|/@1:[image1.png cropped]|}第1页|");
  EXPECT_THAT(report.comments, ElementsAre("请补照片"));
  EXPECT_THAT(report.faults, IsEmpty());
  EXPECT_EQ(read_word("libreoffice-from-html.docx").outline,
            "<1>*十月工作情况|^*示例村|‹1.›入户宣传|‹2.›院坝会|{1x2:^*周次|&2x1:^*活动|/@1:地点|&人数|/第一周|&三组院坝|&46|}|");
}

TEST(RealDocuments, of_docx_from_npm) {
  const auto report = read_word("npm-docx-report.docx");
  EXPECT_EQ(report.outline,
            "^示例村10月工作情况|<1>10月第一周|‹一、›进农村|‹（1）›院坝会|‹二、›进学校|参加46人|[image1.png 院坝会][image1.png "
            "入户]|链接|"
            "^|框里的字|第页\t完|");  // its page number is left for whoever opens it
  EXPECT_THAT(report.comments, ElementsAre("请补照片"));
  EXPECT_THAT(report.faults, IsEmpty());
  EXPECT_EQ(read_word("libreoffice-from-npm-docx.docx").outline,
            "^示例村10月工作情况|<1>10月第一周|‹一、›进农村|‹（1）›院坝会|‹二、›进学校|参加46人|[image1.png 院坝会][image1.png "
            "入户]|链接|"
            "^|框里的字|第1页\t完|");
  EXPECT_EQ(read_word("npm-docx-plan.docx").outline,
            "{2x1:活动周期|&负责人|/1x2:10月|&第一周|&沈知禾|/@1:第二周|&[image1.png 现场]|}");
}

TEST(RealDocuments, of_spreadsheets) {
  EXPECT_EQ(read_sheets("npm-exceljs-plan.xlsx"),
            "计划|{3x1:消防宣传计划表|/第一周|&2023-10-07|&46|/第二周|&2023-10-14 14:30|&92|/比例|&25%|&TRUE|}");
  EXPECT_EQ(read_sheets("npm-xlsx-plan.xlsx"),
            "计划|{活动周期|&计划“五进”村社|&负责人|/第一周|&示例村一组|&1x2:沈知禾|/第二周|&示例村二组|/2023-10-07|&46|&TRUE|}");
}

TEST(RealDocuments, of_other_formats_are_named) {
  EXPECT_EQ(read_word("libreoffice-report.doc").outline, "document_not_word");
  EXPECT_EQ(read_word("libreoffice-report.rtf").outline, "document_not_word");
  EXPECT_EQ(read_word("npm-xlsx-plan.xlsx").outline, "document_not_word");
  EXPECT_EQ(read_sheets("npm-xlsx-plan.xls"), "document_not_excel");
  EXPECT_EQ(read_sheets("npm-docx-plan.docx"), "document_not_excel");
}

// ── the campaign's own forms ──

Picture picture(int number) {
  Picture made;
  made.identity = std::to_string(number);
  made.format = PictureFormat::png;
  made.width = 1280;
  made.height = 960;
  made.bytes = std::make_shared<const std::string>("picture " + std::to_string(number));
  made.description = "图片" + std::to_string(number);
  return made;
}

std::string filled(const std::string& form, const Object& values) {
  std::ifstream file(std::filesystem::path(WUJIN_SOURCE_DIR) / "campaigns/baofeng-2023/templates" / (form + ".docx"),
                     std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  return WordTemplate::load(bytes).value().fill(values, {"题目", "示例村"}).value();
}

TEST(OwnForms, of_a_plan_are_read_back) {
  const auto row = [](const char* week, const char* places, const char* focus) {
    return Object{{"week_label", week}, {"week_from", "10月1日"}, {"week_to", "8日"},
                  {"places", places},   {"focus", focus},         {"in_charge", "沈知禾"}};
  };
  const testing::WordFileOf plan(
      filled("plan", {{"attachment_label", "附件1"},
                      {"title_lines", List{"宝峰镇示例村2023年消防宣传", "“五进”计划表"}},
                      {"rows", List{row("10月第一周", "示例村委会", "三组院坝"), row("10月第二周", "示例小学", "电动车充电")}}}));
  EXPECT_EQ(plan.outline(),
            "附件1||^宝峰镇示例村2023年消防宣传|^“五进”计划表||{^活动周期|&^计划“五进”村社|&^宣传重点|&^负责人|/"
            "^10月第一周|^（10月1日—|^8日）|&^示例村委会|&^三组院坝|&^沈知禾|/"
            "^10月第二周|^（10月1日—|^8日）|&^示例小学|&^电动车充电|&^沈知禾|}|");
  EXPECT_THAT(plan.faults(), IsEmpty());
}

TEST(OwnForms, of_a_report_are_read_back_with_weeks_pictures_and_captions) {
  const auto pair = [](int first) {
    return Object{{"left", picture(first)},
                  {"right", picture(first + 1)},
                  {"left_caption", "图片" + std::to_string(first)},
                  {"right_caption", "图片" + std::to_string(first + 1)}};
  };
  const Object activity = {{"heading", "（一）消防宣传进农村"},
                           {"paragraphs", List{"10月7日上午，示例村开展消防安全宣传。"}},
                           {"has_pairs", true},
                           {"pairs", List{pair(1), pair(3)}},
                           {"last_picture", Object{{"picture", picture(5)}, {"caption", "图片5"}}}};
  const Object single = {{"heading", "（二）消防宣传进学校"},
                         {"paragraphs", List{"10月8日，示例小学。"}},
                         {"single_picture", Object{{"picture", picture(6)}, {"caption", "图片6"}}}};
  const testing::WordFileOf report(filled(
      "report",
      {{"title_lines", List{"宝峰镇示例村2023年10月", "消防宣传“五进”工作情况"}},
       {"weeks", List{Object{{"heading", "一、10月第一周（10月1日—8日）"}, {"activities", List{activity, single}}},
                      Object{{"heading", "二、10月第二周（10月9日—15日）"}, {"empty_text", "本周未集中开展宣传活动。"}}}}}));
  EXPECT_EQ(report.outline(),
            "^宝峰镇示例村2023年10月|^消防宣传“五进”工作情况||<1>一、10月第一周（10月1日—8日）|<2>（一）消防宣传进农村|"
            "10月7日上午，示例村开展消防安全宣传。|{^[picture1.png 图片1]|^图片1|&^|&^[picture2.png 图片2]|^图片2|/"
            "^[picture3.png 图片3]|^图片3|&^|&^[picture4.png 图片4]|^图片4|}^[picture5.png 图片5]|^图片5|"
            "<2>（二）消防宣传进学校|10月8日，示例小学。|^[picture6.png 图片6]|^图片6|"
            "<1>二、10月第二周（10月9日—15日）|本周未集中开展宣传活动。||");
  EXPECT_THAT(report.faults(), IsEmpty());
  ASSERT_TRUE(report.file);
  std::string bytes;
  for (const auto& shown : pictures_of(report.file->reading().blocks)) bytes += report.file->picture(shown.part).value() + ",";
  EXPECT_EQ(bytes, "picture 1,picture 2,picture 3,picture 4,picture 5,picture 6,");
}

}  // namespace
}  // namespace wujin::documents
