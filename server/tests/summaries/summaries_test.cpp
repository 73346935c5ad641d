#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "documents/zip_reader.h"
#include "summaries/summary_answer.h"
#include "summaries/town.h"

namespace wujin::summaries {
namespace {

using people::Role;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

class SummariesTest : public fixture::TownTest {
 protected:
  const people::Actor staff_ = actor(Role::village, village_);
  const people::Actor officer_ = actor(Role::station, town_);

  static const Section& section(const OpenSummary& summary, const std::string& id) {
    return *std::ranges::find(summary.layout.sections, id, &Section::id);
  }
  static std::vector<std::string> headings(const OpenSummary& summary) {
    std::vector<std::string> told;
    for (const Section& one : summary.layout.sections) told.push_back(one.heading);
    return told;
  }
  std::string text_of(const OpenSummary& summary) {
    return documents::read_zip(handins::make(making(summary)).value()).value().at("word/document.xml");
  }
};

WUJIN_ON_BOTH_ENGINES(SummariesTest);

TEST_P(SummariesTest, are_found_only_where_they_are_owed_and_may_be_read) {
  EXPECT_TRUE(look(staff_));
  EXPECT_TRUE(look(officer_, town_));
  EXPECT_TRUE(look(actor(Role::resident_leader, village_)));
  for (const auto& who : {actor(Role::village, other_), actor(Role::system, town_)}) {
    EXPECT_EQ(look(who).error().code(), ProblemCode::not_found);
  }
  EXPECT_EQ(look(staff_, town_).error().code(), ProblemCode::not_found);
  EXPECT_EQ(look(actor(Role::district, PlaceId("500118000000")), PlaceId("500118000000")).error().code(), ProblemCode::not_found);
}

TEST_P(SummariesTest, are_drafted_from_what_was_recorded) {
  record({.day = "2023-08-15", .work_item = "home_visits", .people = 40, .leaflets = 60, .point = "三组"});
  record({.day = "2023-10-07", .entry = "school", .people = 120, .point = "桥畔小学"});
  record({.day = "2023-10-09", .point = "三组"});
  const auto summary = look(staff_).value();
  EXPECT_EQ(section(summary, "figures").text,
            "8月1日至12月20日，泸永桥村共开展消防宣传“五进”活动3场，其中进农村2场、进学校1场；参加群众约160人次，发放宣传资料60份"
            "；覆盖2个点位。");
  EXPECT_THAT(summary.layout.opening.text, StartsWith("按照宝峰府发〔2023〕47号通知要求，泸永桥村"));
  ASSERT_EQ(section(summary, "work").parts.size(), 1U);
  EXPECT_EQ(section(summary, "work").parts[0].heading, "（一）入户走访失能失智、独居老人");
  EXPECT_THAT(section(summary, "work").parts[0].text, HasSubstr("共开展1场，参加群众约40人次，发放宣传资料60份。"));
  EXPECT_THAT(section(summary, "gaps").text, HasSubstr("进企业、进社区、进家庭尚未开展活动。"));
  // What nobody wrote is not printed, and the numbers close up over it.
  EXPECT_THAT(headings(summary), ElementsAre("一、基本情况", "二、主要做法", "工作成效", "三、存在问题", "下一步打算"));
  const auto& months = summary.layout.tables.months;
  ASSERT_EQ(months.size(), 5U);
  EXPECT_EQ(months[2].name, "10月");
  EXPECT_EQ(months[2].activities, 2);
  EXPECT_EQ(months[1].activities, 0);
  EXPECT_THAT(summary.layout.tables.places, IsEmpty());
}

TEST_P(SummariesTest, of_a_village_never_speak_of_what_only_communities_owe) {
  record({.day = "2023-10-07", .work_item = "drills"});
  EXPECT_THAT(section(look(staff_).value(), "work").parts, IsEmpty());
  EXPECT_THAT(section(look(staff_).value(), "gaps").text, Not(HasSubstr("演练")));
  const auto community = look(officer_, community_).value();
  EXPECT_THAT(section(community, "gaps").text, HasSubstr("每个社区每年至少1次疏散演练：应完成1次，已完成0次。"));
}

TEST_P(SummariesTest, of_the_town_sum_its_places) {
  record({.day = "2023-10-07", .people = 10});
  record({.day = "2023-10-08", .people = 20, .place = "500118112201"});
  const auto summary = look(officer_, town_).value();
  EXPECT_EQ(summary.material.figures.activities, 2);
  EXPECT_EQ(summary.material.figures.places, 2);
  ASSERT_EQ(summary.layout.tables.places.size(), 6U);
  EXPECT_EQ(summary.layout.tables.places[1].name, "泸永桥村");
  EXPECT_EQ(summary.layout.tables.places[1].people, 10);
  EXPECT_THAT(text_of(summary), HasSubstr("2023年各村（社区）活动统计表"));
  EXPECT_THAT(text_of(look(staff_).value()), Not(HasSubstr("各村（社区）活动统计表")));
}

TEST_P(SummariesTest, are_edited_under_the_etag_that_was_seen) {
  record({.day = "2023-10-07"});
  const std::string etag = look(staff_).value().etag;
  SummaryChange wanted;
  wanted.texts = {{{"results", "全年无火灾。", {}}}};
  EXPECT_EQ(change(staff_, wanted, std::nullopt).error().code(), ProblemCode::if_match_required);
  EXPECT_EQ(change(officer_, wanted, etag).error().code(), ProblemCode::forbidden);
  const auto changed = change(staff_, wanted, etag);
  ASSERT_TRUE(changed);
  EXPECT_EQ(section(*changed, "results").heading, "二、工作成效");  // nothing is recorded of any work item
  EXPECT_TRUE(section(*changed, "results").edited);
  EXPECT_EQ(change(staff_, wanted, etag).error().code(), ProblemCode::stale);
  SummaryChange back;
  back.texts = {{{"results", {}, true}}};
  EXPECT_EQ(section(change(staff_, back).value(), "results").text, "");
}

TEST_P(SummariesTest, tell_every_fault_of_a_change) {
  record({.day = "2023-10-07"});
  SummaryChange wanted;
  wanted.texts = {{{"no_part", "文", {}}, {"results", std::string(5001, 'x'), {}}}};
  wanted.pictures.emplace();
  const auto refused = change(staff_, wanted);
  ASSERT_FALSE(refused);
  ASSERT_EQ(refused.error().faults().size(), 2U);
  EXPECT_EQ(refused.error().faults()[0].field, "texts[0].part");
  EXPECT_EQ(refused.error().faults()[1].field, "texts[1].text");
}

TEST_P(SummariesTest, propose_the_first_picture_of_each_month_until_somebody_chooses) {
  const auto august = record({.day = "2023-08-15", .has_picture = true});
  const auto october = record({.day = "2023-10-07", .has_picture = true});
  const auto later = record({.day = "2023-10-20", .has_picture = true});
  const auto proposed = look(staff_).value();
  ASSERT_EQ(proposed.layout.pictures.size(), 2U);
  EXPECT_EQ(proposed.layout.pictures[0].id, august);
  EXPECT_EQ(proposed.layout.pictures[1].id, october);
  EXPECT_EQ(proposed.layout.pictures[1].caption, "院坝会2023-10-07");
  SummaryChange wanted;
  wanted.pictures = {{later, "赶集日宣传"}};
  const auto chosen = change(staff_, wanted);
  ASSERT_TRUE(chosen);
  ASSERT_EQ(chosen->layout.pictures.size(), 1U);
  EXPECT_THAT(text_of(*chosen), HasSubstr("图片1　赶集日宣传"));
  const auto foreign = record({.day = "2023-10-21", .has_picture = true, .place = "500118112201"});
  wanted.pictures = {{foreign, {}}};
  EXPECT_EQ(change(staff_, wanted).error().faults().at(0).field, "pictures[0].id");
}

TEST_P(SummariesTest, are_frozen_as_handed_in_and_follow_what_is_recorded_later) {
  record({.day = "2023-10-07"});
  const auto handed = hand_in(staff_);
  ASSERT_TRUE(handed);
  EXPECT_TRUE(handed->versions.at(0).timeliness.on_time);
  EXPECT_EQ(handed->versions.at(0).activities, 1);
  EXPECT_EQ(write(staff_, "results", "补写。").error().code(), ProblemCode::report_locked);
  EXPECT_EQ(hand_in(staff_).error().code(), ProblemCode::already_handed_in);
  EXPECT_FALSE(answer_of(look(staff_).value(), staff_, clock().now()).changed_since_hand_in);
  record({.day = "2023-12-19"});
  EXPECT_TRUE(answer_of(look(staff_).value(), staff_, clock().now()).changed_since_hand_in);
  EXPECT_TRUE(hand_in(staff_));
}

TEST_P(SummariesTest, are_late_a_day_after_the_deadline_and_may_say_why) {
  record({.day = "2023-10-07"});
  clock().set(parse_instant("2023-12-29T00:00:00+08:00").value());
  SubmissionRequest late;
  late.explanation = "村委会停电两天。";
  const auto handed = hand_in(staff_, late);
  ASSERT_TRUE(handed);
  EXPECT_EQ(handed->versions.at(0).timeliness.late_days, 1);
  EXPECT_EQ(answer_of(*handed, staff_, clock().now()).explanation, "村委会停电两天。");
}

TEST_P(SummariesTest, are_never_handed_in_without_a_word) {
  for (const char* part : {"gaps", "figures"}) ASSERT_TRUE(write(staff_, part, ""));
  EXPECT_THAT(answer_of(look(staff_).value(), staff_, clock().now()).may, Not(::testing::Contains("submit")));
  EXPECT_EQ(hand_in(staff_).error().faults().at(0).field, "sections");
}

TEST_P(SummariesTest, go_back_with_a_reason_and_are_accepted_by_another) {
  record({.day = "2023-10-07"});
  ASSERT_TRUE(hand_in(staff_));
  const auto give_back = database().write_now([&](Transaction& transaction) {
    return return_summary(transaction, catalogue_, officer_, {campaign_, village_}, {"成效写得太少", {}, {}, {}}, clock().now());
  });
  ASSERT_TRUE(give_back);
  EXPECT_THAT(answer_of(*give_back, staff_, clock().now()).may, ElementsAre("edit", "submit"));
  ASSERT_TRUE(hand_in(staff_));
  const auto accepted = database().write_now([&](Transaction& transaction) {
    return accept_summary(transaction, catalogue_, officer_, {campaign_, village_}, {}, clock().now());
  });
  ASSERT_TRUE(accepted);
  EXPECT_EQ(answer_of(*accepted, officer_, clock().now()).state, handins::Standing::accepted);
}

TEST_P(SummariesTest, print_dashes_where_nobody_entered_a_figure_and_a_chart_with_its_workbook) {
  record({.day = "2023-10-07"});
  const auto parts = documents::read_zip(handins::make(making(look(staff_).value())).value()).value();
  const std::string& text = parts.at("word/document.xml");
  EXPECT_THAT(text, HasSubstr("—"));
  EXPECT_THAT(text, HasSubstr("合计"));
  EXPECT_THAT(text, HasSubstr("rIdChart1"));
  EXPECT_THAT(parts.at("word/charts/drawn1.xml"), HasSubstr("<c:v>10月</c:v>"));
  const auto workbook = documents::read_zip(parts.at("word/embeddings/drawn1.xlsx")).value();
  EXPECT_THAT(workbook.at("xl/worksheets/sheet1.xml"), HasSubstr("进农村"));
}

}  // namespace
}  // namespace wujin::summaries
