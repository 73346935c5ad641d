#include "appraisal/appraisal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wujin::appraisal {
namespace {

using campaigns::AppraisalItem;
using campaigns::AppraisalMeasure;
using campaigns::AppraisalScoring;
using campaigns::Deliverable;
using deadlines::Cell;
using handins::Standing;
using testing::ElementsAre;

const PlaceId village("village");
const Instant now = *parse_instant("2023-10-26T09:00:00+08:00");
const Instant before = now - std::chrono::days(10), after = now + std::chrono::days(10);

AppraisalItem item(const char* id, AppraisalMeasure counts, std::vector<Deliverable> of, int weight = 1) {
  AppraisalItem made;
  made.id = made.name = id;
  made.counts = counts;
  made.deliverables = std::move(of);
  made.weight = weight;
  return made;
}

Campaign campaign(bool scores = false) {
  Campaign made;
  made.id = CampaignId("sample");
  made.appraisal.scores = scores;
  const std::vector<Deliverable> both = {Deliverable::plan, Deliverable::report};
  made.appraisal.items = {item("handed_in", AppraisalMeasure::handed_in, both, 40),
                          item("complete", AppraisalMeasure::complete, {Deliverable::report}, 20),
                          item("on_time", AppraisalMeasure::on_time, both, 40)};
  return made;
}

Cell owed(Deliverable deliverable, Standing state, Instant due_at, std::optional<bool> on_time = {}) {
  Cell cell;
  cell.deliverable = deliverable;
  cell.state = state;
  cell.due_at = due_at;
  cell.on_time = on_time;
  if (on_time) cell.submitted_at = before;
  return cell;
}

deadlines::Board board(std::vector<Cell> cells) {
  deadlines::Board made;
  made.campaign = CampaignId("sample");
  made.now = now;
  made.rows = {{village, "一村", PlaceKind::village, std::move(cells)}};
  return made;
}

// A plan on time, September's report late and accepted, October's handed in early, November's not due, a summary that is none of
// its business.
std::vector<Cell> a_season() {
  return {owed(Deliverable::plan, Standing::accepted, before, true), owed(Deliverable::report, Standing::accepted, before, false),
          owed(Deliverable::report, Standing::submitted, after, true), owed(Deliverable::report, Standing::not_due, after),
          owed(Deliverable::summary, Standing::na, before)};
}

std::vector<std::string> fractions(const Appraisal& appraisal) {
  std::vector<std::string> told;
  for (const auto& one : appraisal.places.at(0).standing.items) told.push_back(fraction(one, Language::chinese));
  return told;
}

Appraisal appraised(std::vector<Cell> cells, const Campaign& by = campaign()) {
  return appraise(by, board(std::move(cells)), {}, {});
}

TEST(Appraisal, counts_what_has_fallen_due_or_come_in) {
  const auto appraisal = appraised(a_season());
  EXPECT_THAT(fractions(appraisal), ElementsAre("3/3", "1/2（待审核1）", "2/3"));
  EXPECT_EQ(appraisal.places[0].owed.size(), 4U) << "what does not apply is no evidence";
  EXPECT_FALSE(appraisal.places[0].standing.score);
}

TEST(Appraisal, owes_nothing_for_what_is_exempt_or_still_to_come) {
  const auto appraisal =
      appraised({owed(Deliverable::plan, Standing::exempt, before), owed(Deliverable::report, Standing::not_due, after)});
  EXPECT_THAT(fractions(appraisal), ElementsAre("—", "—", "—"));
}

TEST(Appraisal, keeps_a_return_apart_from_whether_it_came_on_time) {
  const auto appraisal = appraised({owed(Deliverable::report, Standing::returned, before, true)});
  EXPECT_THAT(fractions(appraisal), ElementsAre("1/1", "0/1", "1/1"));
}

TEST(Appraisal, counts_what_never_came_against_every_item) {
  const auto appraisal = appraised({owed(Deliverable::report, Standing::overdue, before)});
  EXPECT_THAT(fractions(appraisal), ElementsAre("0/1", "0/1", "0/1"));
}

TEST(Appraisal, gives_marks_by_weight_only_where_the_campaign_scores) {
  const auto place = appraised(a_season(), campaign(true)).places.at(0).standing;
  EXPECT_DOUBLE_EQ(place.items[0].score.value(), 40);
  EXPECT_DOUBLE_EQ(place.items[1].score.value(), 10);
  EXPECT_DOUBLE_EQ(place.items[2].score.value(), 26.7);
  EXPECT_DOUBLE_EQ(place.score.value(), 76.7);
  EXPECT_EQ(place.full, 100);
}

TEST(Appraisal, gives_all_or_nothing_where_an_item_says_so) {
  auto by = campaign(true);
  by.appraisal.items[2].scoring = AppraisalScoring::whole;
  const auto place = appraised(a_season(), by).places.at(0).standing;
  EXPECT_DOUBLE_EQ(place.items[2].score.value(), 0);
  EXPECT_DOUBLE_EQ(place.score.value(), 50);
}

TEST(Appraisal, leaves_an_item_nobody_owes_out_of_the_full_marks) {
  const auto place = appraised({owed(Deliverable::plan, Standing::accepted, before, true)}, campaign(true)).places.at(0).standing;
  EXPECT_FALSE(place.items[1].score);
  EXPECT_DOUBLE_EQ(place.score.value(), 80);
  EXPECT_EQ(place.full, 80);
}

TEST(Appraisal, leaves_items_out_that_are_switched_off) {
  auto by = campaign();
  by.appraisal.items[1].enabled = false;
  const auto appraisal = appraised(a_season(), by);
  EXPECT_THAT(fractions(appraisal), ElementsAre("3/3", "2/3"));
  ASSERT_EQ(appraisal.items.size(), 2U);
  EXPECT_EQ(appraisal.items[1].id, "on_time");
}

TEST(Appraisal, shows_quotas_and_what_was_held_beside_and_never_inside) {
  coverage::QuotaStanding site, hall, weekly;
  site.id = site.name = "site";
  site.rows.resize(1);
  site.rows[0].place = village;
  site.rows[0].met = 0;
  site.rows[0].expected = 1;
  hall = site;
  hall.id = "hall";
  hall.optional = true;
  weekly = site;
  weekly.id = "weekly";
  weekly.rows[0].place.reset();  // the station's own
  coverage::QuotaBoard quotas;
  quotas.quotas = {site, hall, weekly};
  coverage::Coverage held;
  held.today = *parse_date("2023-10-26");
  held.weeks.resize(3);
  held.weeks[0].from = *parse_date("2023-10-16");
  held.weeks[1].from = *parse_date("2023-10-23");
  held.weeks[2].from = *parse_date("2023-10-30");
  held.rows.resize(1);
  held.rows[0].place = village;
  held.rows[0].counts = {2, 0, 0};
  held.rows[0].total = 2;
  const auto with = appraise(campaign(true), board(a_season()), quotas, held);
  const auto without = appraise(campaign(true), board(a_season()), {}, {});
  EXPECT_EQ(with.places[0].standing.score, without.places[0].standing.score);
  EXPECT_EQ(with.weeks_begun, 2);
  EXPECT_EQ(with.places[0].standing.activities, 2);
  EXPECT_EQ(with.places[0].standing.weeks, 1);
  EXPECT_EQ(quotas_in_words(with.places[0].standing, Language::chinese), "site：0/1");
}

TEST(Appraisal, says_of_a_quota_nobody_counts_that_it_is_not_connected) {
  PlaceStanding place;
  place.quotas = {{"a", "注册", "Registrations", true, false, 0, 0},
                  {"b", "演练", {}, false, true, 0, 1},
                  {"c", "场所", {}, true, true, 1, 1}};
  EXPECT_EQ(quotas_in_words(place, Language::chinese), "注册：未接入；场所：1/1");
  EXPECT_EQ(quotas_in_words(place, Language::english), "Registrations: not connected; 场所: 1/1");
  EXPECT_EQ(quotas_met(place), "1/1") << "what nobody counts is neither met nor missed";
  EXPECT_EQ(quotas_met(PlaceStanding()), "");
}

TEST(Appraisal, is_ordered_by_what_stands_under_its_heads) {
  const auto appraisal = appraised(a_season());
  PlaceStanding line = appraisal.places[0].standing;
  line.activities = 7;
  line.quotas = {{"a", "甲", {}, true, true, 2, 2}, {"b", "乙", {}, true, true, 0, 1}, {"c", "丙", {}, true, false, 0, 1}};
  const auto under = [&](const char* head) { return line_key(appraisal, head).value()(line); };
  EXPECT_EQ(under("item.complete"), 0.5);
  EXPECT_EQ(under("activities"), 7);
  EXPECT_EQ(under("quotas"), 0.5);
  EXPECT_EQ(under("score"), std::nullopt) << "the campaign gives no marks";
  line.place_kind = PlaceKind::town;
  EXPECT_EQ(under("activities"), std::nullopt);
  EXPECT_FALSE(line_key(appraisal, "item.nothing"));
  EXPECT_FALSE(line_key(appraisal, "name"));
}

}  // namespace
}  // namespace wujin::appraisal
