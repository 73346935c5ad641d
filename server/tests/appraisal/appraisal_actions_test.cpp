#include "appraisal/appraisal_actions.h"

#include <regex>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "appraisal/appraisal_document.h"
#include "audit/trail.h"
#include "campaigns/campaign_store_test.h"
#include "changes/feed.h"
#include "documents/zip_reader.h"
#include "handins/handins_store.h"
#include "places/place_store.h"
#include "plans/plans_store.h"

namespace wujin::appraisal {
namespace {

using people::Role;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

const CampaignId fire("baofeng-2023");
const PlaceId town("500118112000"), village("500118112200"), other("500118112201");
constexpr std::size_t every_place = 6;  // beside the town, which owes a plan and a summary

class AppraisalActionsTest : public test::CampaignStoreTest {
 protected:
  AppraisalActionsTest()
      : CampaignStoreTest(
            {audit::migrations(), changes::migrations(), places::migrations(), campaigns::migrations(), handins::migrations(),
             tallies::migrations(), plans::migrations(), sites::migrations(), appraisal::migrations()},
            *parse_instant("2023-12-29T09:00:00+08:00")) {}

  // A report as it came in.
  void hand_in(const PlaceId& place, const char* month, const char* at) {
    const handins::Subject subject{fire, town, place, campaigns::Deliverable::report, month};
    const auto bundle = database().read_now([&](Snapshot& snapshot) { return catalogue_.latest(snapshot, fire); });
    const auto* deadline = bundle->campaign.deadline_for(campaigns::Deliverable::report, PlaceKind::village);
    const auto dues = campaigns::dues(bundle->campaign, *deadline);
    const auto due = std::ranges::find(dues, month, &campaigns::Due::period);
    handins::Frozen frozen;
    frozen.sha256 = std::string(64, 'a');
    frozen.content_digest = month;
    frozen.campaign_version = 1;
    const std::vector<PlaceId> path = {place, town};
    const auto staff = person(Role::village, place.text().c_str());
    EXPECT_TRUE(database().write_now([&](Transaction& transaction) {
      return handins::hand_in(transaction, staff, path, subject, frozen, &*due, *parse_instant(at));
    }));
  }

  Result<OpenAppraisal> open(const people::Actor& who, std::optional<int> version = {}) {
    return database().read_now(
        [&](Snapshot& snapshot) { return open_appraisal(snapshot, catalogue_, who, fire, version, clock().now()); });
  }
  Result<Frozen> freeze_it(const people::Actor& who, const VersionId& id, const std::string& note = "") {
    return database().write_now([&](Transaction& transaction) {
      return freeze(transaction, catalogue_, who, fire, id, FreezeRequest{note}, clock().now());
    });
  }
  Result<PutObjection> object(const people::Actor& who, const ObjectionId& id, const std::string& text,
                              const std::string& item = "on_time", const PlaceId& place = village) {
    return database().write_now([&](Transaction& transaction) {
      return put_objection(transaction, catalogue_, who, fire, place, id, {item, text}, clock().now());
    });
  }
  Result<Objection> answer(const people::Actor& who, const ObjectionId& id, const std::string& text,
                           const std::optional<std::string>& etag = {}) {
    return database().write_now([&](Transaction& transaction) {
      return answer_objection(transaction, catalogue_, who, fire, village, id, {text, true}, etag, clock().now());
    });
  }
  VersionId fresh_version() { return VersionId::random(randomness()); }
  ObjectionId fresh_objection() { return ObjectionId::random(randomness()); }

  static std::string told(const Result<OpenAppraisal>& opened, const PlaceId& place, std::size_t item) {
    for (const auto& [standing, owed] : opened->appraisal.places) {
      if (standing.place == place) return fraction(standing.items.at(item), Language::chinese);
    }
    return "no such place";
  }

  const people::Actor officer_ = person(Role::station, "500118112000");
  const people::Actor staff_ = person(Role::village, "500118112200");
};

WUJIN_ON_BOTH_ENGINES(AppraisalActionsTest);

TEST_P(AppraisalActionsTest, shows_a_village_its_own_line_and_the_station_all) {
  hand_in(village, "2023-09", "2023-09-28T20:00:00+08:00");
  hand_in(village, "2023-10", "2023-10-30T08:00:00+08:00");
  const auto whole = open(officer_), own = open(staff_);
  ASSERT_TRUE(whole && own);
  EXPECT_THAT(whole->appraisal.places, SizeIs(every_place + 1));
  EXPECT_THAT(own->appraisal.places, SizeIs(1));
  EXPECT_EQ(told(own, village, 0), told(whole, village, 0));
  EXPECT_EQ(told(own, village, 2), "1/7");  // a plan, five reports, a summary were due
  for (const auto& who : {person(Role::auditor, "500118112000"), person(Role::village, "500118113200")}) {
    EXPECT_EQ(open(who).error().code(), ProblemCode::not_found);
  }
  EXPECT_TRUE(open(person(Role::district, "500118000000")));
}

TEST_P(AppraisalActionsTest, keeps_what_was_frozen_from_all_that_comes_later) {
  hand_in(village, "2023-10", "2023-10-28T08:00:00+08:00");
  const auto id = fresh_version();
  const auto frozen = freeze_it(officer_, id, " 年底 ");
  ASSERT_TRUE(frozen && frozen->is_new);
  EXPECT_EQ(frozen->version.number, 1);
  EXPECT_EQ(frozen->version.note, "年底");
  hand_in(village, "2023-09", "2023-12-29T10:00:00+08:00");
  const std::vector<places::Place> renamed = {{village, village.text(), "新名村", "新名", PlaceKind::village, town, 1}};
  ASSERT_TRUE(database().write_now([&](Transaction& transaction) -> Result<> {
    places::write_places(transaction, renamed, china_date(clock().now()));
    return {};
  }));
  clock().set(*parse_instant("2023-12-30T09:00:00+08:00"));
  EXPECT_EQ(told(open(officer_), village, 0), "2/7");
  EXPECT_EQ(told(open(officer_, 1), village, 0), "1/7");
  const auto old = open(staff_, 1);
  ASSERT_TRUE(old);
  EXPECT_THAT(old->appraisal.places, SizeIs(1)) << "a village sees its own line of a frozen version too";
  EXPECT_EQ(old->appraisal.places[0].standing.place_name, "泸永桥村");
  EXPECT_EQ(old->version->frozen_by, "某人");
  EXPECT_EQ(open(officer_, 2).error().code(), ProblemCode::not_found);
}

TEST_P(AppraisalActionsTest, freezes_once_however_often_it_is_asked) {
  const auto id = fresh_version();
  ASSERT_TRUE(freeze_it(officer_, id));
  const auto again = freeze_it(officer_, id);
  ASSERT_TRUE(again);
  EXPECT_FALSE(again->is_new);
  EXPECT_EQ(freeze_it(officer_, fresh_version())->version.number, 2);
  EXPECT_THAT(open(officer_)->versions, SizeIs(2));
  EXPECT_EQ(open(officer_)->versions[0].number, 2);
}

TEST_P(AppraisalActionsTest, is_frozen_by_the_station_alone) {
  EXPECT_EQ(freeze_it(staff_, fresh_version()).error().code(), ProblemCode::forbidden);
  EXPECT_EQ(freeze_it(person(Role::district, "500118000000"), fresh_version()).error().code(), ProblemCode::forbidden);
  EXPECT_EQ(freeze_it(officer_, fresh_version(), std::string(201, 'x')).error().code(), ProblemCode::validation);
}

TEST_P(AppraisalActionsTest, takes_an_objection_and_its_answer) {
  const auto id = fresh_objection();
  const auto made = object(staff_, id, " 10月月报28日已发邮箱。 ");
  ASSERT_TRUE(made && made->is_new);
  EXPECT_FALSE(object(staff_, id, "10月月报28日已发邮箱。")->is_new);
  EXPECT_EQ(object(staff_, id, "10月月报28日上午已发邮箱。")->objection.version, 2);
  EXPECT_EQ(answer(staff_, id, "查过").error().code(), ProblemCode::forbidden);
  const auto answered = answer(officer_, id, "邮箱里确有，予以更正。");
  ASSERT_TRUE(answered);
  EXPECT_TRUE(answered->answer->upheld);
  EXPECT_EQ(answer(officer_, id, "邮箱里确有，予以更正。")->version, answered->version) << "the same again changes nothing";
  EXPECT_EQ(answer(officer_, id, "再查").error().code(), ProblemCode::stale);
  EXPECT_TRUE(answer(officer_, id, "再查", etag_of(*answered)));
  EXPECT_EQ(object(staff_, id, "换个说法").error().code(), ProblemCode::conflict) << "answered already";
  const auto seen = open(staff_);
  ASSERT_THAT(seen->objections, SizeIs(1));
  EXPECT_EQ(seen->objections[0].answer->text, "再查");
  EXPECT_THAT(open(person(Role::village, other.text().c_str()))->objections, SizeIs(0));
}

TEST_P(AppraisalActionsTest, refuses_objections_that_are_none) {
  const std::string long_text(1001, 'x');
  EXPECT_EQ(object(staff_, fresh_objection(), " ").error().faults()[0].field, "text");
  EXPECT_EQ(object(staff_, fresh_objection(), long_text).error().faults()[0].field, "text");
  EXPECT_EQ(object(staff_, fresh_objection(), "为何", "people").error().faults()[0].field, "item");
  EXPECT_EQ(object(staff_, fresh_objection(), "为何", "on_time", other).error().code(), ProblemCode::not_found);
  EXPECT_EQ(object(officer_, fresh_objection(), "为何").error().code(), ProblemCode::forbidden);
  const auto id = fresh_objection();
  ASSERT_TRUE(object(staff_, id, "为何"));
  const auto others = person(Role::village, other.text().c_str());
  EXPECT_EQ(object(others, id, "为何", "on_time", other).error().code(), ProblemCode::conflict);
  EXPECT_EQ(answer(officer_, fresh_objection(), "无").error().code(), ProblemCode::not_found);
  EXPECT_EQ(answer(officer_, id, "").error().code(), ProblemCode::validation);
}

TEST_P(AppraisalActionsTest, is_printed_with_the_campaign_s_own_form) {
  hand_in(village, "2023-10", "2023-10-28T08:00:00+08:00");
  ASSERT_TRUE(object(staff_, fresh_objection(), "为何"));
  ASSERT_TRUE(freeze_it(officer_, fresh_version()));
  campaigns::FormTemplates forms;
  const auto text_of = [&](const Result<OpenAppraisal>& opened) {
    // Word parts what a tag and the words around it say; a reader does not.
    static const std::regex markup("<[^>]*>");
    return std::regex_replace(documents::read_zip(handins::make(prepare(*opened, forms)).value()).value().at("word/document.xml"),
                              markup, "");
  };
  const std::string live = text_of(open(officer_)), frozen = text_of(open(officer_, 1));
  for (const auto* words :
       {"考核依据", "不作为唯一依据。", "数据截至2023年12月29日", "泸永桥村", "1/7", "指标达到0/2", "异议1条，已答复0条"}) {
    EXPECT_THAT(live, HasSubstr(words));
  }
  EXPECT_THAT(live, Not(HasSubstr("此后不再变动")));
  EXPECT_THAT(frozen, HasSubstr("本表为第1次留存，2023年12月29日由某人确认，此后不再变动。"));
}

TEST_P(AppraisalActionsTest, of_a_campaign_that_scores_gives_marks) {
  keep("antifraud-sample");
  const CampaignId fraud("antifraud-sample");
  const auto opened = database().read_now([&](Snapshot& snapshot) {
    return open_appraisal(snapshot, catalogue_, person(Role::station, "qingshi"), fraud, {},
                          *parse_instant("2024-04-10T09:00:00+08:00"));
  });
  ASSERT_TRUE(opened);
  EXPECT_THAT(opened->appraisal.items, SizeIs(2)) << "one is switched off";
  EXPECT_EQ(opened->appraisal.items[0].weight, 60);
  EXPECT_EQ(opened->appraisal.places[0].standing.full, 100);
  EXPECT_FALSE(has_form(*opened));
  std::vector<std::string> heads;
  for (const auto& column : columns_of(opened->appraisal, Language::chinese)) heads.push_back(column.heading);
  EXPECT_THAT(heads, ElementsAre("村（社区）", "记录齐全", "按时上报", "得分", "参考：活动场次", "参考：有活动的周", "参考：指标",
                                 "异议"));
}

}  // namespace
}  // namespace wujin::appraisal
