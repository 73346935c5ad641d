#include "reports/merged_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "campaigns/form_tags.h"
#include "documents/zip_reader.h"
#include "handins/handins_actions.h"
#include "reports/town.h"

namespace wujin::reports {
namespace {

using people::Role;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class MergedReportTest : public fixture::TownTest {
 protected:
  const people::Actor staff_ = actor(Role::village, village_);
  const people::Actor officer_ = actor(Role::station, town_);

  Result<MergedReport> merge(const people::Actor& who, const std::string& month = "2023-10",
                             const std::string& campaign = "baofeng-2023") {
    return database().read_now([&](Snapshot& snapshot) {
      return merge_reports(snapshot, catalogue_, who, CampaignId(campaign), parse_month(month).value(), clock().now());
    });
  }
  std::string text_of(const MergedReport& merged) {
    const auto document = handins::make(prepare(merged, forms_, *vault_)).value();
    return documents::read_zip(document).value().at("word/document.xml");
  }
};

WUJIN_ON_BOTH_ENGINES(MergedReportTest);

TEST_P(MergedReportTest, is_for_who_may_read_the_whole_town) {
  EXPECT_TRUE(merge(officer_));
  EXPECT_TRUE(merge(actor(Role::district, PlaceId("500118000000"))));
  for (const auto& who : {staff_, actor(Role::resident_leader, village_)}) {
    EXPECT_EQ(merge(who).error().code(), ProblemCode::forbidden);
  }
  EXPECT_EQ(merge(actor(Role::station, PlaceId("500118113000"))).error().code(), ProblemCode::not_found);
  EXPECT_EQ(merge(officer_, "2023-07").error().code(), ProblemCode::not_found);
  EXPECT_EQ(merge(officer_, "2023-10", "nothing-2023").error().code(), ProblemCode::not_found);
}

TEST_P(MergedReportTest, names_plainly_who_has_not_handed_in) {
  set_clock("2023-10-29T09:00:00+08:00");
  const auto nobody = merge(officer_).value();
  EXPECT_THAT(nobody.parts, IsEmpty());
  EXPECT_EQ(nobody.missing.size(), 6U);
  EXPECT_EQ(nobody.missing.front(), "宝峰场社区");
  EXPECT_THAT(text_of(nobody), HasSubstr("截至10月29日，宝峰场社区、泸永桥村、龙凤桥村、天星桥村、五家坡村、杨大口村未报送。"));
  EXPECT_THAT(text_of(nobody), Not(HasSubstr("共开展")));
}

TEST_P(MergedReportTest, holds_what_was_handed_in_whatever_is_recorded_later) {
  record("2023-10-07T09:00:00+08:00", "第一场。", {photo("one", photos::Drawing::ready), photo("two", photos::Drawing::ready)});
  ASSERT_TRUE(hand_in(staff_));
  record("2023-10-09T09:00:00+08:00", "后来才记的。");
  const auto merged = merge(officer_).value();
  ASSERT_EQ(merged.parts.size(), 1U);
  EXPECT_EQ(merged.parts[0].place_name, "泸永桥村");
  EXPECT_EQ(merged.parts[0].content.sections.size(), 1U);
  const std::string text = text_of(merged);
  EXPECT_THAT(text, HasSubstr("10月1日至10月31日，宝峰镇共开展消防宣传“五进”活动1场，其中进农村1场；覆盖1个村（社区）。"));
  EXPECT_THAT(text, HasSubstr("一、泸永桥村"));
  EXPECT_THAT(text, HasSubstr("（一）消防宣传进农村（10月7日）"));
  EXPECT_THAT(text, HasSubstr("第一场。"));
  EXPECT_THAT(text, HasSubstr("图片2"));
  EXPECT_THAT(text, Not(HasSubstr("后来才记的。")));
  EXPECT_THAT(text, HasSubstr("宝峰场社区、龙凤桥村"));
}

TEST_P(MergedReportTest, leaves_out_what_was_withdrawn_or_sent_back_and_says_so) {
  record("2023-10-07T09:00:00+08:00");
  ASSERT_TRUE(hand_in(staff_));
  ASSERT_TRUE(give_back(officer_, "请补两三句。"));
  const auto returned = merge(officer_).value();
  EXPECT_THAT(returned.returned, ElementsAre("泸永桥村"));
  EXPECT_THAT(text_of(returned), HasSubstr("泸永桥村已退回补正，未列入。"));
  ASSERT_TRUE(hand_in(staff_));
  EXPECT_EQ(merge(officer_)->parts.size(), 1U);
  ASSERT_TRUE(withdraw(staff_));
  EXPECT_EQ(merge(officer_)->missing.size(), 6U);
  const auto subject = look(staff_, october()).value().subject;
  const auto path = look(staff_, october()).value().path;
  ASSERT_TRUE(database().write_now([&](Transaction& transaction) {
    return handins::exempt(transaction, officer_, path, subject, "整村搬迁", clock().now());
  }));
  EXPECT_THAT(text_of(merge(officer_).value()), HasSubstr("泸永桥村免报。"));
}

TEST_P(MergedReportTest, misses_nothing_of_a_place_that_ended_before_its_report_was_due) {
  set_clock("2023-10-29T09:00:00+08:00");
  ASSERT_TRUE(database().write_now([&](Transaction& transaction) -> Result<> {
    places::write_ending(transaction, village_, places::Ending{*parse_date("2023-10-27"), {}, "并村"});
    return {};
  }));
  EXPECT_THAT(merge(officer_)->missing, Not(::testing::Contains("泸永桥村")));
  record("2023-10-07T09:00:00+08:00", "撤并前的一场。");
  ASSERT_TRUE(hand_in(staff_));
  EXPECT_THAT(text_of(merge(officer_).value()), HasSubstr("撤并前的一场。"));
}

TEST_P(MergedReportTest, gives_the_reason_of_a_month_in_which_nothing_was_held) {
  ReportChange reason;
  reason.no_activity_reason = "本月道路中断，未能开展。";
  ASSERT_TRUE(change(staff_, reason));
  ASSERT_TRUE(hand_in(staff_));
  const auto merged = merge(officer_).value();
  EXPECT_EQ(figures_of(merged).places, 0);
  EXPECT_THAT(text_of(merged), HasSubstr("本月道路中断，未能开展。"));
}

TEST_P(MergedReportTest, closes_the_numbers_up_over_a_picture_whose_file_is_gone) {
  const auto lost = photo("lost", photos::Drawing::ready);
  record("2023-10-07T09:00:00+08:00", "两张照片。", {lost, photo("kept", photos::Drawing::ready)});
  ASSERT_TRUE(hand_in(staff_));
  vault_->remove(rendition_of_.at(lost.id).sha256);
  const std::string text = text_of(merge(officer_).value());
  EXPECT_THAT(text, HasSubstr("图片1"));
  EXPECT_THAT(text, Not(HasSubstr("图片2")));
}

// A version handed in before contents were kept.
TEST_P(MergedReportTest, takes_the_report_as_it_stands_where_only_its_file_was_kept) {
  record("2023-10-07T09:00:00+08:00", "第一场。");
  ASSERT_TRUE(hand_in(staff_));
  ASSERT_TRUE(database().write_now([](Transaction& transaction) -> Result<> {
    transaction.execute("DELETE FROM report_contents", {});
    return {};
  }));
  EXPECT_THAT(text_of(merge(officer_).value()), HasSubstr("第一场。"));
}

}  // namespace
}  // namespace wujin::reports
