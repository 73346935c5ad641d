#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "coverage/matrix.h"
#include "coverage/quotas.h"

namespace wujin::coverage {
namespace {

using campaigns::QuotaPeriod;
using campaigns::QuotaSubject;
using testing::ElementsAre;

Date day(const char* text) { return *parse_date(text); }

Campaign sample() {
  Campaign campaign;
  campaign.town = PlaceId("t");
  campaign.starts_on = day("2023-08-01");  // a Tuesday
  campaign.ends_on = day("2023-12-31");    // a Sunday
  campaign.entries = {{"school", "进学校", {}, {}, {}, {}}, {"household", "进家庭", {}, {}, {}, {}}};
  campaign.audiences = {{"minors", "未成年人", {}, {}, {}, {}}, {"farmers", "农民", {}, {}, {}, {}}};
  campaign.kinds = {{"drill", "疏散演练", {}, {}, {}, {}}};
  campaign.metrics = {{"activities", "宣传活动", {}, "场"}, {"registrations", "注册", {}, "人"}};
  return campaign;
}

Quota quota(QuotaSubject subject, const char* measure, QuotaPeriod period, int minimum, std::vector<std::string> kinds = {}) {
  Quota made;
  made.id = "q";
  made.subject = subject;
  made.measure = measure;
  made.period = period;
  made.minimum = minimum;
  made.kinds = std::move(kinds);
  return made;
}

const places::Place community{PlaceId("a"), "500118112001", "宝峰场社区", "宝峰场", PlaceKind::community, PlaceId("t"), 1};
const places::Place village{PlaceId("b"), "500118112200", "泸永桥村", "泸永桥", PlaceKind::village, PlaceId("t"), 2};
const std::vector<const places::Place*> grounds = {&community, &village};

tallies::WeekTally held(const char* place, const char* on, const char* organizer, const char* kind = "",
                        const char* entry = "school", std::vector<std::string> audiences = {}) {
  tallies::Held one;
  one.day = day(on);
  one.organizer = organizer;
  one.kind = kind;
  one.entry = entry;
  one.audiences = std::move(audiences);
  return {place, tallies::piece_of(one.day), tallies::written(tallies::cells_of(one))};
}

// Of weeks that stand by place and day.
tallies::Sheets sheets(const std::vector<tallies::WeekTally>& weeks) { return tallies::sheets_of(weeks); }

TEST(Matrix, has_every_week_of_the_campaign_clipped_to_it) {
  const auto weeks = weeks_of(sample());
  ASSERT_EQ(weeks.size(), 22U);
  EXPECT_EQ(weeks.front().from, day("2023-08-01"));
  EXPECT_EQ(weeks.front().to, day("2023-08-06"));
  EXPECT_EQ(weeks.back().from, day("2023-12-25"));
  EXPECT_EQ(weeks.back().to, day("2023-12-31"));
}

TEST(Matrix, counts_a_week_that_two_months_share_once) {
  const auto drawn = draw(sample(), grounds, sheets({held("b", "2023-10-31", "village"), held("b", "2023-11-02", "village")}), {},
                          day("2023-11-03"));
  EXPECT_EQ(drawn.rows[1].counts[13], 2);  // 30 October to 5 November
  EXPECT_EQ(drawn.rows[1].total, 2);
  EXPECT_EQ(drawn.weeks[13].covered, 1);
}

TEST(Matrix, counts_only_what_it_is_narrowed_to_but_knows_the_last_day_of_anything) {
  const auto drawn =
      draw(sample(), grounds,
           sheets({held("a", "2023-10-23", "station", "drill"), held("a", "2023-10-25", "village", "", "household")}),
           Filter{Measure::kind, "drill"}, day("2023-10-26"));
  EXPECT_EQ(drawn.rows[0].total, 1);
  EXPECT_EQ(drawn.rows[0].last_held_on, day("2023-10-25"));
}

TEST(Matrix, calls_a_place_silent_after_two_weeks_and_only_while_the_campaign_runs) {
  const auto tallies = sheets({held("a", "2023-10-13", "village"), held("b", "2023-10-12", "village")});
  const auto drawn = draw(sample(), grounds, tallies, {}, day("2023-10-26"));
  EXPECT_FALSE(drawn.rows[0].silent);
  EXPECT_TRUE(drawn.rows[1].silent);
  EXPECT_FALSE(draw(sample(), grounds, {}, {}, day("2023-08-13")).rows[0].silent);
  EXPECT_TRUE(draw(sample(), grounds, {}, {}, day("2023-08-14")).rows[0].silent);
  EXPECT_FALSE(draw(sample(), grounds, tallies, {}, day("2024-01-05")).rows[0].silent);
}

TEST(Matrix, names_what_nobody_reached) {
  const auto drawn =
      draw(sample(), grounds, sheets({held("b", "2023-10-12", "village", "", "school", {"minors"})}), {}, day("2023-10-26"));
  EXPECT_THAT(drawn.unreached.entries, ElementsAre("household"));
  EXPECT_THAT(drawn.unreached.audiences, ElementsAre("farmers"));
}

TEST(Matrix, keeps_the_row_of_a_place_that_left_but_expects_nothing_of_it) {
  places::Place left = village;
  left.parent = PlaceId("elsewhere");
  const std::vector<const places::Place*> places = {&community, &left};
  Campaign campaign = sample();
  campaign.quotas = {quota(QuotaSubject::place, "activities", QuotaPeriod::campaign, 1)};
  const auto tallies = sheets({held("b", "2023-08-10", "village")});
  const auto drawn = draw(campaign, places, tallies, {}, day("2023-10-26"));
  EXPECT_TRUE(drawn.rows[1].former);
  EXPECT_EQ(drawn.rows[1].total, 1);
  EXPECT_FALSE(drawn.rows[1].silent);
  EXPECT_EQ(drawn.weeks[1].covered, 0);
  EXPECT_EQ(stand(campaign, places, {tallies, {}}, true, day("2023-10-26")).quotas[0].rows.size(), 1U);
}

places::Place ended(places::Place place, const char* on) {
  place.ending = places::Ending{day(on), {}, "并村"};
  return place;
}

TEST(Matrix, asks_no_week_of_a_place_that_began_after_it_ended) {
  const auto gone = ended(village, "2023-08-16");  // a Wednesday
  const auto tallies = sheets({held("b", "2023-08-10", "village"), held("a", "2023-08-24", "village")});
  const auto drawn = draw(sample(), {&community, &gone}, tallies, {}, day("2023-10-26"));
  EXPECT_EQ(drawn.rows[1].ended_on, day("2023-08-16"));
  EXPECT_EQ(drawn.rows[1].total, 1);
  EXPECT_FALSE(drawn.rows[1].silent);
  EXPECT_EQ(drawn.weeks[1].covered, 1);
  EXPECT_EQ(drawn.weeks[2].asked, 2);  // it stood when the week began
  EXPECT_EQ(drawn.weeks[3].asked, 1);
  EXPECT_EQ(drawn.weeks[3].covered, 1);
  EXPECT_TRUE(draw(sample(), {&community, &gone}, tallies, {}, day("2023-08-15")).rows[0].silent);
}

TEST(Matrix, keeps_the_row_of_a_place_that_ended_without_a_record_unless_it_never_stood_in_the_campaign) {
  const auto gone = ended(village, "2023-08-16"), before = ended(village, "2023-07-31");
  EXPECT_EQ(draw(sample(), {&community, &gone}, {}, {}, day("2023-10-26")).rows.size(), 2U);
  const auto drawn = draw(sample(), {&community, &before}, {}, {}, day("2023-10-26"));
  EXPECT_EQ(drawn.rows.size(), 1U);
  EXPECT_EQ(drawn.weeks[0].asked, 1);
}

TEST(Quotas, owe_no_period_that_outlasts_a_place_unless_it_was_met) {
  Campaign campaign = sample();
  campaign.quotas = {quota(QuotaSubject::place, "activities", QuotaPeriod::month, 1)};
  const auto gone = ended(village, "2023-10-20");
  const auto august = held("b", "2023-08-10", "village"), october = held("b", "2023-10-10", "village");
  const auto board = stand(campaign, {&community, &gone}, {sheets({august, october}), {}}, true, day("2023-11-10"));
  const QuotaRow& row = board.quotas[0].rows[1];
  EXPECT_EQ(row.ended_on, day("2023-10-20"));
  EXPECT_EQ(row.expected, 3);  // August to October; nothing was held in September
  EXPECT_EQ(row.met, 2);
  EXPECT_EQ(row.open, 0);
  EXPECT_FALSE(row.current);
  EXPECT_EQ(board.quotas[0].rows[0].expected, 4);
  const auto unmet = stand(campaign, {&gone}, {sheets({august}), {}}, true, day("2023-11-10")).quotas[0].rows[0];
  EXPECT_EQ(unmet.expected, 2);
  EXPECT_EQ(unmet.met, 1);
}

TEST(Quotas, do_not_apply_to_a_place_whose_periods_all_outlast_it) {
  Campaign campaign = sample();
  campaign.quotas = {quota(QuotaSubject::place, "activities", QuotaPeriod::year, 2)};
  const auto gone = ended(village, "2023-10-20");
  EXPECT_FALSE(stand(campaign, {&gone}, {}, true, day("2023-11-10")).quotas[0].rows[0].applies);
  const auto begun = stand(campaign, {&gone}, {sheets({held("b", "2023-08-10", "village")}), {}}, true, day("2023-11-10"));
  EXPECT_TRUE(begun.quotas[0].rows[0].applies);
  EXPECT_EQ(begun.quotas[0].rows[0].done, 1);
  EXPECT_EQ(begun.quotas[0].expected, 0);
}

TEST(Quotas, count_sites_of_a_place_that_ended_only_while_it_stood) {
  Campaign campaign = sample();
  campaign.quotas = {quota(QuotaSubject::place, "sites", QuotaPeriod::month, 1)};
  const auto gone = ended(village, "2023-09-10");
  const std::vector<sites::SiteCount> standing = {{PlaceId("b"), sites::SiteKind::education_site, 1}};
  const auto row = stand(campaign, {&gone}, {{}, standing}, true, day("2023-11-10")).quotas[0].rows[0];
  EXPECT_EQ(row.expected, 2);
  EXPECT_EQ(row.met, 2);
}

TEST(Quotas, owe_no_week_of_which_less_than_four_days_lie_in_the_campaign) {
  Campaign campaign = sample();
  campaign.starts_on = day("2023-08-04");  // a Friday: three days
  campaign.ends_on = day("2023-08-24");    // a Thursday: four days
  const auto weeks = periods_of(campaign, QuotaPeriod::week);
  ASSERT_EQ(weeks.size(), 3U);
  EXPECT_EQ(weeks.front().from, day("2023-08-07"));
  EXPECT_EQ(weeks.back().to, day("2023-08-24"));
  EXPECT_EQ(periods_of(campaign, QuotaPeriod::year).size(), 1U);
}

TEST(Quotas, count_the_stations_by_who_held_it_wherever_that_was) {
  Campaign campaign = sample();
  campaign.quotas = {quota(QuotaSubject::station, "activities", QuotaPeriod::week, 2)};
  const auto tallies = sheets({held("a", "2023-08-08", "station"), held("b", "2023-08-13", "both"),
                               held("b", "2023-08-10", "village"), held("b", "2023-08-15", "station")});
  const auto board = stand(campaign, grounds, {tallies, {}}, true, day("2023-08-16"));
  ASSERT_EQ(board.quotas[0].rows.size(), 1U);
  const QuotaRow& row = board.quotas[0].rows[0];
  EXPECT_EQ(row.done, 3);
  EXPECT_EQ(row.met, 1);
  EXPECT_EQ(row.expected, 3);
  EXPECT_EQ(row.open, 1);  // this week's; the first was missed
  EXPECT_EQ(row.current->done, 1);
  EXPECT_TRUE(stand(campaign, grounds, {tallies, {}}, false, day("2023-08-16")).quotas[0].rows.empty());
}

TEST(Quotas, do_not_apply_to_a_village_when_a_community_owes_them) {
  Campaign campaign = sample();
  campaign.quotas = {quota(QuotaSubject::community, "activities", QuotaPeriod::year, 1, {"drill"})};
  const auto board =
      stand(campaign, grounds, {sheets({held("a", "2023-08-08", "village"), held("b", "2023-08-08", "village", "drill")}), {}},
            true, day("2023-08-16"));
  const QuotaStanding& drill = board.quotas[0];
  EXPECT_EQ(drill.rows[0].done, 0);
  EXPECT_EQ(drill.rows[0].open, 1);
  EXPECT_FALSE(drill.rows[1].applies);
  EXPECT_EQ(drill.expected, 1);
  EXPECT_EQ(drill.met, 0);
}

TEST(Quotas, are_missed_when_their_period_is_over) {
  Campaign campaign = sample();
  campaign.quotas = {quota(QuotaSubject::village, "activities", QuotaPeriod::month, 1)};
  const auto board = stand(campaign, grounds, {sheets({held("b", "2023-08-31", "village")}), {}}, true, day("2023-10-02"));
  const QuotaRow& row = board.quotas[0].rows[1];
  EXPECT_EQ(row.expected, 3);
  EXPECT_EQ(row.met, 1);   // August, though the week ends in September
  EXPECT_EQ(row.open, 1);  // October
}

TEST(Quotas, count_sites_that_stand_in_every_period_and_only_of_their_kind) {
  Campaign campaign = sample();
  campaign.quotas = {quota(QuotaSubject::place, "sites", QuotaPeriod::month, 1),
                     quota(QuotaSubject::community, "experience_halls", QuotaPeriod::campaign, 1)};
  const std::vector<sites::SiteCount> sites = {{PlaceId("a"), sites::SiteKind::education_site, 2}};
  const auto board = stand(campaign, grounds, {{}, sites}, true, day("2023-10-02"));
  const QuotaStanding& education = board.quotas[0];
  EXPECT_TRUE(education.connected);
  EXPECT_EQ(education.rows[0].done, 2);
  EXPECT_EQ(education.rows[0].met, 3);
  EXPECT_EQ(education.rows[1].done, 0);
  EXPECT_EQ(education.rows[1].expected, 3);
  EXPECT_EQ(board.quotas[1].met, 0);
  EXPECT_FALSE(board.quotas[1].rows[1].applies);
}

TEST(Quotas, are_not_connected_when_nothing_counts_their_measure) {
  Campaign campaign = sample();
  campaign.quotas = {quota(QuotaSubject::place, "registrations", QuotaPeriod::year, 1)};
  const auto board = stand(campaign, grounds, {}, true, day("2023-10-02"));
  EXPECT_FALSE(board.quotas[0].connected);
  EXPECT_EQ(board.quotas[0].expected, 0);
}

}  // namespace
}  // namespace wujin::coverage
