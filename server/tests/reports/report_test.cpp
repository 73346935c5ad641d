#include "reports/report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/october.h"

namespace wujin::reports {
namespace {

using fixture::material;
using fixture::Month10;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> headings(const Layout& layout) {
  std::vector<std::string> told;
  for (const WeekPart& week : layout.weeks) {
    told.push_back(week.heading);
    for (const Section& section : week.sections) told.push_back(section.number_cn + section.heading);
  }
  return told;
}

TEST(Report, numbers_its_activities_on_through_the_weeks) {
  Month10 make;
  const auto layout = lay_out(material({make.activity("2023-10-25T09:00:00+08:00"), make.activity("2023-10-07T15:00:00+08:00"),
                                        make.activity("2023-10-07T09:00:00+08:00"), make.activity("2023-10-31T23:59:59+08:00")}));
  EXPECT_THAT(headings(layout), ElementsAre("一、10月第一周（10月1日—8日）", "（一）消防宣传进农村", "（二）消防宣传进农村",
                                            "二、10月第二周（10月9日—15日）", "三、10月第三周（10月16日—22日）",
                                            "四、10月第四周（10月23日—31日）", "（三）消防宣传进农村", "（四）消防宣传进农村"));
  EXPECT_EQ(layout.activities, 4);
  EXPECT_EQ(layout.weeks[1].empty_text, "本周未集中开展宣传活动。");
}

TEST(Report, has_the_weeks_of_its_month) {
  EXPECT_EQ(lay_out(material({}, "2023-08")).weeks.size(), 5u);
  EXPECT_EQ(lay_out(material({}, "2023-10")).weeks.size(), 4u);
}

TEST(Report, has_a_title_broken_as_on_the_form) {
  const auto layout = lay_out(material({}));
  EXPECT_THAT(layout.title_lines, ElementsAre("宝峰镇泸永桥村2023年10月", "消防宣传“五进”工作情况"));
  EXPECT_EQ(layout.title, "宝峰镇泸永桥村2023年10月消防宣传“五进”工作情况");
}

TEST(Report, goes_past_ten_in_chinese_figures) {
  Month10 make;
  std::vector<activities::ActivityAnswer> many;
  for (int i = 0; i < 12; ++i) many.push_back(make.activity("2023-10-0" + std::to_string(1 + i % 8) + "T09:00:00+08:00"));
  EXPECT_EQ(lay_out(material(many)).weeks[0].sections.back().number_cn, "（十二）");
}

TEST(Report, drafts_a_sentence_from_what_was_tapped_and_invents_no_figure) {
  Month10 make;
  auto tapped = make.activity("2023-10-07T09:00:00+08:00", " ");
  const auto& campaign = fixture::shipped_campaign()->campaign;
  EXPECT_EQ(drafted_text(campaign, tapped), "10月7日上午，泸永桥村开展消防宣传“进农村”活动。");
  tapped.point = "三组院坝";
  tapped.partners = {{"派出所", "桥畔小学（示例）"}};
  tapped.people_about = 46;
  tapped.leaflets = 0;
  tapped.date_only = true;
  EXPECT_EQ(drafted_text(campaign, tapped),
            "10月7日，泸永桥村联合派出所、桥畔小学（示例）在三组院坝开展消防宣传“进农村”活动，参加群众约46人。");
  const auto section = lay_out(material({tapped})).weeks[0].sections[0];
  EXPECT_TRUE(section.text_drafted);
  EXPECT_FALSE(section.text_edited);
  EXPECT_EQ(section.text, drafted_text(campaign, tapped));
}

TEST(Report, prints_edited_words_and_leaves_the_activity_alone) {
  Month10 make;
  const auto recorded = make.activity("2023-10-07T09:00:00+08:00", "原文");
  auto of = material({recorded});
  ReportChange change;
  change.sections = {{{recorded.id, " 改过\r\n第二段 ", {}, {}}}};
  change.weeks = {{{2, "道路施工。"}}};
  of.draft = changed(of, lay_out(of), change).value();
  const auto layout = lay_out(of);
  EXPECT_EQ(layout.weeks[0].sections[0].text, "改过\r\n第二段");
  EXPECT_TRUE(layout.weeks[0].sections[0].text_edited);
  EXPECT_EQ(layout.weeks[1].empty_text, "道路施工。");
  EXPECT_EQ(of.activities[0].text, "原文");

  ReportChange back;
  back.sections = {{{recorded.id, {}, true, {}}}};
  of.draft = changed(of, layout, back).value();
  EXPECT_EQ(lay_out(of).weeks[0].sections[0].text, "原文");
  EXPECT_FALSE(lay_out(of).weeks[0].sections[0].text_edited);
}

TEST(Report, prints_the_chosen_pictures_in_their_order) {
  Month10 make;
  const auto recorded = make.activity("2023-10-07T09:00:00+08:00", "文", 3);
  auto of = material({recorded});
  EXPECT_EQ(lay_out(of).photos, 3);
  ReportChange change;
  change.sections = {{{recorded.id, {}, {}, {{{recorded.photos[2].id, "院坝会现场"}, {recorded.photos[0].id, " "}}}}}};
  of.draft = changed(of, lay_out(of), change).value();
  const auto photos = lay_out(of).weeks[0].sections[0].photos;
  ASSERT_EQ(photos.size(), 3u);
  EXPECT_EQ(photos[0].id, recorded.photos[2].id);
  EXPECT_EQ(photos[0].caption, "院坝会现场");
  EXPECT_EQ(photos[1].id, recorded.photos[0].id);
  EXPECT_EQ(photos[1].order, 2);
  EXPECT_FALSE(photos[1].caption);
  EXPECT_FALSE(photos[2].chosen);
  EXPECT_FALSE(photos[2].order);
  EXPECT_EQ(lay_out(of).photos, 2);
}

TEST(Report, forgets_a_chosen_picture_that_was_deleted_since) {
  Month10 make;
  const auto recorded = make.activity("2023-10-07T09:00:00+08:00", "文", 2);
  auto of = material({recorded});
  of.draft.edits.sections = {{recorded.id, {}, {{{recorded.photos[0].id, {}}, {recorded.photos[1].id, {}}}}}};
  of.activities[0].photos.erase(of.activities[0].photos.begin());
  EXPECT_EQ(lay_out(of).photos, 1);
}

TEST(Report, counts_chosen_pictures_that_are_not_here_yet) {
  Month10 make;
  auto recorded = make.activity("2023-10-07T09:00:00+08:00", "文", 2);
  recorded.photos[1].received = false;
  EXPECT_EQ(lay_out(material({recorded})).photos_missing, 1);
}

std::vector<std::string> faults_of(const Material& of, const ReportChange& change) {
  const auto outcome = changed(of, lay_out(of), change);
  std::vector<std::string> told;
  if (outcome) return told;
  const Problem problem = outcome.error();
  for (const Fault& fault : problem.faults()) told.push_back(fault.field + " " + std::string(slug(fault.code)));
  return told;
}

TEST(ReportChange, tells_every_wrong_thing_at_once) {
  Month10 make;
  const auto recorded = make.activity("2023-10-07T09:00:00+08:00", "文", 1);
  const auto of = material({recorded});
  const auto own = recorded.photos[0].id;
  std::string endless;
  for (int i = 0; i < 5001; ++i) endless += "字";
  ReportChange change;
  change.weeks = {{{9, ""}, {1, std::string(201, 'x')}}};
  change.sections = {{{make.unknown_activity(), "x", {}, {}},
                      {recorded.id, endless, {}, {{{own, {}}, {own, {}}, {make.unknown_photo(), std::string(101, 'x')}}}}}};
  change.no_activity_reason = std::string(1001, 'x');
  EXPECT_THAT(faults_of(of, change), ElementsAre("weeks[0].index out_of_range", "weeks[1].empty_text too_long",
                                                 "sections[0].activity unknown_choice", "sections[1].text too_long",
                                                 "sections[1].photos[1].id duplicate", "sections[1].photos[2].id unknown_choice",
                                                 "sections[1].photos[2].caption too_long", "no_activity_reason too_long"));
  EXPECT_THAT(faults_of(of, {}), IsEmpty());
}

TEST(Report, is_complete_only_with_words_or_a_reason) {
  Month10 make;
  auto empty = material({});
  const auto refused = check_complete(empty, lay_out(empty));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().faults().at(0).code, ProblemCode::report_empty);
  empty.draft.no_activity_reason = "道路中断";
  EXPECT_TRUE(check_complete(empty, lay_out(empty)));

  const auto recorded = make.activity("2023-10-07T09:00:00+08:00");
  auto of = material({recorded});
  EXPECT_TRUE(check_complete(of, lay_out(of)));
  of.draft.edits.sections = {{recorded.id, "", {}}};
  const auto wordless = check_complete(of, lay_out(of));
  ASSERT_FALSE(wordless);
  EXPECT_EQ(wordless.error().faults().at(0).field, "sections[0].text");
}

TEST(ReportDigest, changes_with_what_is_printed_and_with_nothing_else) {
  Month10 make;
  auto recorded = make.activity("2023-10-07T09:00:00+08:00", "文", 2);
  recorded.photos[1].received = false;
  const auto digest = [](const Material& of) { return content_digest(of, lay_out(of)); };
  const auto of = material({recorded});
  const std::string before = digest(of);

  auto looked_at = of;
  looked_at.activities[0].etag = "\"2\"";
  looked_at.activities[0].photos[0].near_duplicates.resize(1);
  looked_at.draft.explanation = "停电";
  looked_at.draft.edits.weeks = {{1, "第一周有活动，这句不印"}};
  EXPECT_EQ(digest(looked_at), before);

  auto arrived = of;
  arrived.activities[0].photos[1].received = true;
  EXPECT_NE(digest(arrived), before);
  auto reworded = of;
  reworded.activities[0].text = "改";
  EXPECT_NE(digest(reworded), before);
  auto captioned = of;
  captioned.activities[0].photos[0].caption = "现场";
  EXPECT_NE(digest(captioned), before);
  auto silent_week = of;
  silent_week.draft.edits.weeks = {{2, "道路施工。"}};
  EXPECT_NE(digest(silent_week), before);
}

}  // namespace
}  // namespace wujin::reports
