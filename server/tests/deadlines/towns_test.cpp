#include "deadlines/towns.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "campaigns/load.h"

namespace wujin::deadlines {
namespace {

using handins::Mark;
using testing::ElementsAre;

// The real notice and its five villages and a community; a report's month is due by the end of the 28th.
class TownsTest : public testing::Test {
 protected:
  static Instant at(const char* text) { return *parse_instant(text); }

  TownCounts count(const handins::Marks& october, const char* now) {
    const std::vector<handins::PeriodMarks> marks = {{Deliverable::report, "2023-10", written(october)}};
    const places::Tree tree(places_);
    return count_town(campaign_, tree.subtree(campaign_.town), marks, at(now));
  }
  void end(const char* place, const char* on) {
    std::ranges::find(places_, PlaceId(place), &places::Place::id)->ending = places::Ending{*parse_date(on), {}, "并村"};
  }
  static const DueCount& report_of(const TownCounts& row, const char* period) {
    return *std::ranges::find_if(
        row.counts, [&](const DueCount& one) { return one.deliverable == Deliverable::report && one.period == period; });
  }

  std::shared_ptr<const campaigns::CampaignBundle> bundle_ =
      campaigns::load_campaign(std::string(WUJIN_SOURCE_DIR) + "/campaigns/baofeng-2023").bundle;
  campaigns::Campaign campaign_ = bundle_->campaign;
  std::vector<places::Place> places_ = bundle_->tree().places();
  // One on time, one late, one exempt; one exempt that handed in all the same is none of the exempt.
  handins::Marks october_ = {{"500118112001", {at("2023-10-28T23:59:59+08:00"), false}},
                             {"500118112200", {at("2023-10-29T00:00:00+08:00"), false}},
                             {"500118112201", {std::nullopt, true}},
                             {"500118112202", {at("2023-10-20T08:00:00+08:00"), false}}};
};

std::vector<int> figures(const DueCount& count) {
  return {count.owed, count.on_time, count.late, count.missing, count.waiting, count.exempt};
}

TEST_F(TownsTest, counts_each_thing_owed_with_its_denominator) {
  const auto row = count(october_, "2023-10-30T09:00:00+08:00");
  EXPECT_EQ(row.town_name, "宝峰镇");
  EXPECT_EQ(row.places, 6);
  ASSERT_EQ(row.counts.size(), 7U);
  EXPECT_EQ(row.counts.front().deliverable, Deliverable::plan);
  EXPECT_THAT(figures(report_of(row, "2023-10")), ElementsAre(6, 2, 1, 2, 0, 1));
  EXPECT_THAT(figures(report_of(row, "2023-09")), ElementsAre(6, 0, 0, 6, 0, 0));
  EXPECT_THAT(figures(report_of(row, "2023-11")), ElementsAre(6, 0, 0, 0, 6, 0));
  // The town's own summary goes to the district.
  EXPECT_EQ(row.counts.back().owed, 7);
}

TEST_F(TownsTest, leaves_out_what_falls_due_after_a_place_ended_unless_it_came_in) {
  end("500118112203", "2023-10-27");  // missing
  end("500118112201", "2023-10-27");  // exempt
  end("500118112202", "2023-10-27");  // handed in
  const auto row = count(october_, "2023-10-30T09:00:00+08:00");
  EXPECT_EQ(row.places, 3);
  EXPECT_THAT(figures(report_of(row, "2023-10")), ElementsAre(4, 2, 1, 1, 0, 0));
  EXPECT_THAT(figures(report_of(row, "2023-09")), ElementsAre(6, 0, 0, 6, 0, 0));
  EXPECT_THAT(figures(report_of(row, "2023-11")), ElementsAre(3, 0, 0, 0, 3, 0));
  EXPECT_EQ(count(october_, "2023-10-27T23:59:59+08:00").places, 6);
}

TEST_F(TownsTest, waits_until_the_last_day_is_over) {
  EXPECT_THAT(figures(report_of(count({}, "2023-10-28T23:59:59+08:00"), "2023-10")), ElementsAre(6, 0, 0, 0, 6, 0));
  EXPECT_THAT(figures(report_of(count({}, "2023-10-29T00:00:00+08:00"), "2023-10")), ElementsAre(6, 0, 0, 6, 0, 0));
}

TEST_F(TownsTest, judges_anew_by_the_day_that_holds_today) {
  std::ranges::find(campaign_.deadlines, "report", &campaigns::Deadline::id)->day = 25;
  EXPECT_THAT(figures(report_of(count(october_, "2023-10-30T09:00:00+08:00"), "2023-10")), ElementsAre(6, 1, 2, 2, 0, 1));
}

TEST_F(TownsTest, sums_what_kinds_of_places_owe_by_days_of_their_own) {
  auto& report = *std::ranges::find(campaign_.deadlines, "report", &campaigns::Deadline::id);
  auto of_communities = report;
  report.applies_to = {places::PlaceKind::village};
  of_communities.id = "report_of_communities";
  of_communities.applies_to = {places::PlaceKind::community};
  of_communities.day = 26;
  campaign_.deadlines.push_back(of_communities);
  const auto row = count(october_, "2023-10-30T09:00:00+08:00");
  const auto& sum = report_of(row, "2023-10");
  EXPECT_THAT(figures(sum), ElementsAre(6, 1, 2, 2, 0, 1));
  EXPECT_EQ(sum.due_at, at("2023-10-27T00:00:00+08:00"));
}

TEST_F(TownsTest, passes_over_places_that_left_the_town) {
  october_["gone"] = {at("2023-10-20T08:00:00+08:00"), false};
  EXPECT_EQ(report_of(count(october_, "2023-10-30T09:00:00+08:00"), "2023-10").on_time, 2);
}

}  // namespace
}  // namespace wujin::deadlines
