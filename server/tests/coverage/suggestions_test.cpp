#include "coverage/suggestions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wujin::coverage {
namespace {

using campaigns::QuotaPeriod;
using campaigns::QuotaSubject;
using testing::ElementsAre;
using testing::IsEmpty;

Date day(const char* text) { return *parse_date(text); }

// Asks for two a week of the station and a drill a year of each community; the twenty-sixth of October is a Thursday.
Campaign sample() {
  Campaign campaign;
  campaign.town = PlaceId("t");
  campaign.starts_on = day("2023-08-01");
  campaign.ends_on = day("2023-12-31");
  campaign.entries = {{"school", "进学校", {}, {}, {}, {}}};
  campaign.audiences = {{"minors", "未成年人", {}, {}, {}, {}}};
  campaign.kinds = {{"drill", "疏散演练", {}, {}, {}, {}}};
  campaign.metrics = {{"activities", "宣传活动", {}, "场"}, {"sites", "宣教场所", {}, "处"}};
  Quota weekly;
  weekly.id = "weekly";
  weekly.subject = QuotaSubject::station;
  weekly.measure = "activities";
  weekly.period = QuotaPeriod::week;
  weekly.minimum = 2;
  Quota drill = weekly;
  drill.id = "drill";
  drill.subject = QuotaSubject::community;
  drill.period = QuotaPeriod::year;
  drill.minimum = 1;
  drill.kinds = {"drill"};
  campaign.quotas = {weekly, drill};
  return campaign;
}

const places::Place community{PlaceId("a"), "500118112001", "宝峰场社区", "宝峰场", PlaceKind::community, PlaceId("t"), 1};
const places::Place village{PlaceId("b"), "500118112200", "泸永桥村", "泸永桥", PlaceKind::village, PlaceId("t"), 2};
const std::vector<const places::Place*> grounds = {&community, &village};

tallies::WeekTally held(const char* place, const char* on, const char* kind = "", std::vector<std::string> audiences = {}) {
  tallies::Held one;
  one.day = day(on);
  one.organizer = "village";
  one.kind = kind;
  one.entry = "school";
  one.audiences = std::move(audiences);
  return {place, tallies::piece_of(one.day), tallies::written(tallies::cells_of(one))};
}

plans::FoundRow row(const char* plan, const char* place, const char* focus) {
  plans::FoundRow found;
  found.place = PlaceId(plan);
  found.row.places = {PlaceId(place)};
  found.row.focus = focus;
  return found;
}

// "reason place focus missing", with an asterisk when a plan has it.
std::vector<std::string> suggested(const Campaign& campaign, const std::vector<tallies::WeekTally>& weeks,
                                   const std::vector<plans::FoundRow>& planned = {}) {
  const auto tallies = tallies::sheets_of(weeks);
  const Date today = day("2023-10-26");
  const auto board = stand(campaign, grounds, {tallies, {}}, true, next_week(campaign, today)->from);
  std::vector<std::string> told;
  for (const Suggestion& one : suggest(campaign, board, draw(campaign, grounds, tallies, {}, today), planned)) {
    std::string line = boost::describe::enum_to_string(one.reason, "");
    if (one.place) line += " " + one.place->text();
    line += " " + one.focus;
    if (one.missing) line += " " + std::to_string(*one.missing);
    told.push_back(line + (one.planned ? "*" : ""));
  }
  return told;
}

// Everything was reached but for the station's week, which begins anew.
const std::vector<tallies::WeekTally> all_well = {held("a", "2023-10-25", "drill", {"minors"}), held("b", "2023-10-25")};

TEST(Suggestions, are_for_the_next_week_as_far_as_it_lies_in_the_campaign) {
  const Campaign campaign = sample();
  EXPECT_EQ(next_week(campaign, day("2023-10-26")), (campaigns::DateRange{day("2023-10-30"), day("2023-11-05")}));
  EXPECT_EQ(next_week(campaign, day("2023-06-01")), (campaigns::DateRange{day("2023-08-01"), day("2023-08-06")}));
  EXPECT_EQ(next_week(campaign, day("2023-12-27")), std::nullopt);
}

TEST(Suggestions, ask_for_what_next_weeks_quotas_still_want) {
  EXPECT_THAT(suggested(sample(), all_well), ElementsAre("quota 宣传活动 2"));
}

TEST(Suggestions, ask_each_community_for_its_drill_until_it_was_held) {
  const std::vector tallies = {held("a", "2023-10-25", "", {"minors"}), held("b", "2023-10-25", "drill")};
  EXPECT_THAT(suggested(sample(), tallies), ElementsAre("quota 宣传活动 2", "quota a 疏散演练 1"));
}

TEST(Suggestions, name_places_without_a_record_once_even_when_a_quota_asks_them_for_something) {
  const auto told = suggested(sample(), {held("b", "2023-10-01", "", {"minors"})});
  EXPECT_THAT(told, ElementsAre("quota 宣传活动 2", "quota a 疏散演练 1", "silent b 宣传活动"));
}

TEST(Suggestions, name_whom_and_what_nobody_reached) {
  auto campaign = sample();
  campaign.quotas.clear();
  campaign.entries.push_back({"household", "进家庭", {}, {}, {}, {}});
  EXPECT_THAT(suggested(campaign, {held("a", "2023-10-25"), held("b", "2023-10-25")}),
              ElementsAre("entry 进家庭", "audience 未成年人"));
}

TEST(Suggestions, know_what_a_plan_has_for_that_week) {
  const std::vector tallies = {held("a", "2023-10-25"), held("b", "2023-10-25")};
  const std::vector planned = {row("t", "a", "冬季取暖宣传"), row("t", "b", "未成年人消防课"), row("a", "a", "小区疏散演练")};
  EXPECT_THAT(suggested(sample(), tallies, planned),
              ElementsAre("quota 宣传活动 2*", "quota a 疏散演练 1*", "audience 未成年人*"));
  const std::vector too_few = {row("t", "a", "冬季取暖宣传"), row("b", "b", "疏散演练")};
  EXPECT_THAT(suggested(sample(), tallies, too_few), ElementsAre("quota 宣传活动 2", "quota a 疏散演练 1", "audience 未成年人"));
}

TEST(Suggestions, ask_for_a_missing_site_by_its_name) {
  auto campaign = sample();
  campaign.quotas.erase(campaign.quotas.begin());
  campaign.quotas[0].measure = "sites";
  campaign.quotas[0].kinds.clear();
  EXPECT_THAT(suggested(campaign, all_well), ElementsAre("quota a 宣教场所 1"));
  EXPECT_THAT(suggested(campaign, all_well, {row("a", "a", "建宣教场所")}), ElementsAre("quota a 宣教场所 1*"));
}

TEST(Suggestions, never_ask_for_what_is_only_good_to_have_or_counted_by_no_room) {
  auto campaign = sample();
  campaign.quotas[0].optional = true;
  campaign.quotas[1].measure = "registrations";
  EXPECT_THAT(suggested(campaign, all_well), IsEmpty());
}

}  // namespace
}  // namespace wujin::coverage
