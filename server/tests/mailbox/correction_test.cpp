#include "mailbox/correction.h"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "campaigns/load.h"

namespace wujin::mailbox {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class CorrectionTest : public testing::Test {
 protected:
  CorrectionTest() : loaded_(campaigns::load_campaign(std::filesystem::path(WUJIN_SOURCE_DIR) / "campaigns" / "baofeng-2023")) {
    contents_.sources = {{"10月.docx", 0, "", {"a", "b"}, {}}};
    contents_.loose = {1};
  }

  const campaigns::Campaign& campaign() const { return loaded_.bundle->campaign; }
  places::Tree tree() const { return places::Tree(loaded_.bundle->places); }

  static CorrectedActivity activity() {
    CorrectedActivity made;
    made.week = 1;
    made.entry = "countryside";
    made.text = "讲解用火用电。";
    return made;
  }
  static LetterCorrection october() {
    LetterCorrection correction;
    correction.place = PlaceId("500118112200");
    correction.form = Deliverable::report;
    correction.month = *parse_month("2023-10");
    correction.activities = {activity()};
    return correction;
  }
  std::vector<std::string> faults_of(const LetterCorrection& correction) const {
    std::vector<std::string> fields;
    const auto checked = check(correction, contents_, campaign(), tree());
    if (checked) return fields;
    const Problem problem = checked.error();
    for (const Fault& fault : problem.faults()) fields.push_back(fault.field);
    return fields;
  }
  std::vector<Doubt> doubts_left(const LetterCorrection& correction) const {
    return doubts_of(corrected(correction), campaign());
  }

  campaigns::LoadOutcome loaded_;
  Contents contents_;
};

TEST_F(CorrectionTest, names_every_fault_at_once) {
  LetterCorrection correction = october();
  correction.place = PlaceId("nowhere");
  correction.activities[0].entry = "no_such_entry";
  correction.activities[0].week = 0;
  correction.activities[0].people_about = -1;
  correction.activities[0].text = std::string(20'001, 'x');
  CorrectedRow row;
  row.from = *parse_date("2023-10-07");
  row.to = *parse_date("2023-10-01");
  correction.rows = {row};
  EXPECT_THAT(faults_of(correction), ElementsAre("place", "activities[0].entry", "activities[0].week",
                                                 "activities[0].people_about", "activities[0].text", "rows[0].to"));
  EXPECT_THAT(faults_of(october()), IsEmpty());
}

TEST_F(CorrectionTest, knows_only_the_pictures_of_the_letter_and_each_once) {
  LetterCorrection correction = october();
  correction.activities[0].pictures = {{0, 0, ""}, {0, 2, ""}, {-1, 1, ""}, {1, 0, ""}, {-2, 0, ""}, {0, -1, ""}};
  correction.unplaced = {{0, 0, ""}, {-1, 0, ""}};
  EXPECT_THAT(faults_of(correction),
              ElementsAre("activities[0].pictures[1]", "activities[0].pictures[2]", "activities[0].pictures[3]",
                          "activities[0].pictures[4]", "activities[0].pictures[5]", "unplaced[0]"));
}

TEST_F(CorrectionTest, leaves_in_doubt_what_filing_needs) {
  EXPECT_THAT(doubts_left({}), ElementsAre(Doubt::place_unknown, Doubt::form_unknown));
  LetterCorrection correction = october();
  correction.month.reset();
  EXPECT_THAT(doubts_left(correction), ElementsAre(Doubt::month_unknown));
  correction.month = *parse_month("2030-01");
  EXPECT_THAT(doubts_left(correction), ElementsAre(Doubt::month_outside));
  correction = october();
  correction.activities[0].week = 9;
  correction.activities[0].entry.reset();
  EXPECT_THAT(doubts_left(correction), ElementsAre(Doubt::week_unknown, Doubt::entry_unknown));
  correction = october();
  correction.activities[0].held_on = *parse_date("2023-10-31");
  EXPECT_THAT(doubts_left(correction), ElementsAre(Doubt::date_outside_week));
  EXPECT_THAT(doubts_left(october()), IsEmpty());
}

TEST_F(CorrectionTest, takes_a_month_without_activities_with_a_reason) {
  LetterCorrection correction = october();
  correction.activities.clear();
  EXPECT_THAT(doubts_left(correction), ElementsAre(Doubt::nothing_in_it));
  correction.no_activity_reason = "本月农忙，未开展活动。";
  EXPECT_THAT(doubts_left(correction), IsEmpty());
}

TEST_F(CorrectionTest, wants_the_dates_of_a_plan) {
  LetterCorrection correction = october();
  correction.form = Deliverable::plan;
  correction.month.reset();
  correction.activities.clear();
  EXPECT_THAT(doubts_left(correction), ElementsAre(Doubt::nothing_in_it));
  correction.rows = {CorrectedRow()};
  EXPECT_THAT(doubts_left(correction), ElementsAre(Doubt::row_unclear));
  correction.rows[0].from = *parse_date("2023-10-01");
  correction.rows[0].to = *parse_date("2023-10-07");
  EXPECT_THAT(doubts_left(correction), IsEmpty());
}

}  // namespace
}  // namespace wujin::mailbox
