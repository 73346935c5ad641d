#include "coverage/coverage_actions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "audit/trail.h"
#include "campaigns/campaign_store_test.h"
#include "changes/feed.h"
#include "places/place_store.h"
#include "sites/sites_store.h"

namespace wujin::coverage {
namespace {

using people::Role;
using testing::Contains;
using testing::ElementsAre;
using testing::Not;

const CampaignId campaign("baofeng-2023");
constexpr const char* district = "500118000000";
constexpr const char* town = "500118112000";
constexpr const char* next_town = "500118113000";
constexpr const char* village = "500118112200";
constexpr const char* other_village = "500118112201";

class CoverageActionsTest : public test::CampaignStoreTest {
 protected:
  CoverageActionsTest()
      : CampaignStoreTest({audit::migrations(), changes::migrations(), places::migrations(), campaigns::migrations(),
                           tallies::migrations(), plans::migrations(), sites::migrations()}) {}

  void hold(const char* place, const char* date, const char* organizer = "village") {
    tallies::Held held;
    held.campaign = campaign.text();
    held.town = town;
    held.place = place;
    held.day = *parse_date(date);
    held.organizer = organizer;
    held.entry = "countryside";
    EXPECT_TRUE(database().write_now([&](Transaction& transaction) -> Result<> {
      tallies::count(transaction, nullptr, &held);
      return {};
    }));
  }

  // The next town takes the other village over, from today on.
  void let_the_other_village_go() {
    const std::vector<places::Place> places = {
        {PlaceId(next_town), next_town, "邻镇", "邻镇", PlaceKind::town, PlaceId(district), 20},
        {PlaceId(other_village), other_village, "龙凤桥村", "龙凤桥", PlaceKind::village, PlaceId(next_town), 21}};
    EXPECT_TRUE(database().write_now([&](Transaction& transaction) -> Result<> {
      places::write_places(transaction, places, china_date(clock().now()));
      return {};
    }));
  }

  void end(const char* place, const char* on) {
    EXPECT_TRUE(database().write_now([&](Transaction& transaction) -> Result<> {
      places::write_ending(transaction, PlaceId(place), places::Ending{*parse_date(on), {}, "并村"});
      return {};
    }));
  }

  Result<Coverage> matrix(const people::Actor& actor, std::optional<Filter> filter = {}) {
    return database().read_now(
        [&](Snapshot& snapshot) { return read_coverage(snapshot, catalogue_, actor, campaign, filter, clock().now()); });
  }
  std::vector<std::string> rows(const people::Actor& actor) {
    std::vector<std::string> places;
    const auto drawn = matrix(actor);
    if (!drawn) return {"refused"};
    for (const MatrixRow& row : drawn->rows) places.push_back(row.place.text());
    return places;
  }
  TownsCoverage towns(const people::Actor& actor) {
    return database().read_now([&](Snapshot& snapshot) { return read_towns(snapshot, catalogue_, actor, 2023, clock().now()); });
  }
};

WUJIN_ON_BOTH_ENGINES(CoverageActionsTest);

TEST_P(CoverageActionsTest, shows_a_village_its_own_row_and_a_station_all_of_its_town) {
  hold(other_village, "2023-10-24");
  EXPECT_THAT(rows(person(Role::village, village)), ElementsAre(village));
  EXPECT_EQ(rows(person(Role::station, town)).size(), 6U);
  EXPECT_THAT(rows(person(Role::station, next_town)), ElementsAre("refused"));
}

TEST_P(CoverageActionsTest, shows_the_town_itself_once_something_was_held_at_its_seat) {
  const auto station = person(Role::station, town);
  EXPECT_THAT(rows(station), Not(Contains(town)));
  hold(town, "2023-10-24", "station");
  EXPECT_THAT(rows(station), Contains(town));
}

TEST_P(CoverageActionsTest, keeps_a_village_that_left_the_town_as_long_as_it_has_records) {
  let_the_other_village_go();
  const auto station = person(Role::station, town);
  EXPECT_THAT(rows(station), Not(Contains(other_village)));
  hold(other_village, "2023-10-10");
  EXPECT_THAT(rows(station), Contains(other_village));
}

TEST_P(CoverageActionsTest, refuses_what_the_campaign_does_not_know) {
  const auto refused = matrix(person(Role::station, town), Filter{Measure::audience, "martians"});
  ASSERT_FALSE(refused);
  EXPECT_EQ(Problem(refused.error()).code(), ProblemCode::validation);
}

TEST_P(CoverageActionsTest, asks_nothing_of_the_station_from_who_sees_one_village) {
  const auto board = [&](const people::Actor& actor) {
    return database().read_now(
        [&](Snapshot& snapshot) { return read_quotas(snapshot, catalogue_, actor, campaign, clock().now()); });
  };
  const auto mine = board(person(Role::village, village)), all = board(person(Role::station, town));
  ASSERT_TRUE(mine && all);
  EXPECT_TRUE(mine->quotas.front().rows.empty());
  EXPECT_EQ(all->quotas.front().rows.size(), 1U);
}

TEST_P(CoverageActionsTest, suggests_into_the_plan_the_asker_may_write) {
  const auto suggested = [&](const people::Actor& actor) {
    return database()
        .read_now([&](Snapshot& snapshot) { return read_suggestions(snapshot, catalogue_, actor, campaign, clock().now()); })
        .value();
  };
  const auto planned = [](const Suggestions& suggestions) {
    return std::ranges::count_if(suggestions.items, &Suggestion::planned);
  };
  EXPECT_EQ(suggested(person(Role::station, town)).plan, PlaceId(town));
  EXPECT_EQ(suggested(person(Role::district, district)).plan, std::nullopt);
  const auto mine = suggested(person(Role::village, village));
  EXPECT_EQ(mine.plan, PlaceId(village));
  EXPECT_EQ(mine.from, *parse_date("2023-10-30"));
  EXPECT_EQ(planned(mine), 0);
  ASSERT_TRUE(database().write_now([&](Transaction& transaction) -> Result<> {
    plans::PlanRow row;
    row.id = Id<plans::PlanRow>::random(randomness());
    row.month = *parse_month("2023-11");
    row.from = *parse_date("2023-11-01");
    row.to = *parse_date("2023-11-05");
    row.places = {PlaceId(village)};
    row.focus = "面向农民讲取暖安全";
    plans::insert_row(transaction, campaign, PlaceId(village), row);
    return {};
  }));
  EXPECT_GE(planned(suggested(person(Role::village, village))), 1);
  clock().set(*parse_instant("2023-12-28T09:00:00+08:00"));
  EXPECT_TRUE(suggested(person(Role::station, town)).items.empty());
}

TEST_P(CoverageActionsTest, suggests_nothing_to_a_place_that_ended_and_still_counts_what_it_reached) {
  hold(village, "2023-10-24");
  const auto suggested = [&] {
    return database()
        .read_now([&](Snapshot& snapshot) {
          return read_suggestions(snapshot, catalogue_, person(Role::station, town), campaign, clock().now());
        })
        ->items;
  };
  const auto asked = [&](const char* place) {
    const auto items = suggested();
    return std::ranges::count(items, std::optional(PlaceId(place)), &Suggestion::place);
  };
  const auto names_entry = [&](const char* entry) {
    const auto items = suggested();
    return std::ranges::count(items, std::optional<std::string>(entry), &Suggestion::entry) > 0;
  };
  EXPECT_GT(asked(village), 0);
  EXPECT_FALSE(names_entry("countryside"));
  end(village, "2023-10-29");  // the day before next week begins
  EXPECT_EQ(asked(village), 0);
  EXPECT_GT(asked(other_village), 0);
  EXPECT_FALSE(names_entry("countryside"));
}

TEST_P(CoverageActionsTest, counts_the_places_of_a_town_week_by_week) {
  hold(village, "2023-10-11");
  end(village, "2023-10-15");  // a Sunday
  const auto seen = towns(person(Role::district, district));
  ASSERT_EQ(seen.rows.size(), 1U);
  const auto week = [&](const char* monday) {
    return static_cast<std::size_t>(std::ranges::find(seen.weeks, *parse_date(monday), &WeekColumn::from) - seen.weeks.begin());
  };
  EXPECT_EQ(seen.rows[0].places, 5);
  EXPECT_EQ(seen.rows[0].asked[week("2023-10-09")], 6);
  EXPECT_EQ(seen.rows[0].covered[week("2023-10-09")], 1);
  EXPECT_EQ(seen.rows[0].asked[week("2023-10-16")], 5);
}

TEST_P(CoverageActionsTest, lays_a_campaigns_weeks_beside_those_of_other_towns) {
  hold(village, "2023-10-24");
  hold(other_village, "2023-10-25");
  const auto seen = towns(person(Role::district, district));
  ASSERT_EQ(seen.rows.size(), 1U);
  EXPECT_EQ(seen.rows.front().places, 6);
  EXPECT_EQ(seen.weeks.front().from, *parse_date("2023-07-31"));  // the Monday before the first of August
  EXPECT_EQ(seen.rows.front().covered[12], 2);                    // 23 to 29 October
  EXPECT_EQ(seen.rows.front().activities[12], 2);
  EXPECT_TRUE(towns(person(Role::village, village)).rows.empty());
}

}  // namespace
}  // namespace wujin::coverage
