#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "activities/activities_actions.h"
#include "activities/counting.h"
#include "activities/read_page.h"
#include "activities/sample.h"
#include "audit/trail.h"
#include "campaigns/campaign_store_test.h"
#include "changes/feed.h"
#include "jobs/queue.h"
#include "photos/photos_store.h"
#include "places/place_store.h"
#include "places/point_store.h"
#include "tallies/tallies_store.h"

namespace wujin::activities {
namespace {

using people::Role;
using testing::ElementsAre;

constexpr const char* campaign = "baofeng-2023";
constexpr const char* town = "500118112000";
constexpr const char* next_town = "500118113000";
constexpr const char* village = "500118112200";
constexpr const char* other_village = "500118112201";

// The tallies follow every verb by which a record comes, changes or goes, whatever becomes of its place meanwhile.
class TalliedWritesTest : public test::CampaignStoreTest {
 protected:
  TalliedWritesTest()
      : CampaignStoreTest({audit::migrations(), changes::migrations(), jobs::migrations(), places::migrations(),
                           photos::migrations(), campaigns::migrations(), activities::migrations(), tallies::migrations()}) {}

  // Records, or edits what is recorded, and answers the record.
  Activity put(const Id<Activity>& id, const char* place, const char* date, std::optional<std::string> etag = {}) {
    auto change = sample_change();
    change.photos.clear();
    change.place = PlaceId(place);
    change.started_at = start_of(*parse_date(date));
    change.reason = "更正";
    const Precondition precondition{std::move(etag), false};
    const auto submitted = database().write_now([&](Transaction& transaction) {
      return submit_activity(transaction, catalogue_, station_, id, change, precondition, clock().now());
    });
    EXPECT_TRUE(submitted);
    return submitted.value().activity;
  }
  Activity put(const char* place, const char* date) { return put(Id<Activity>::random(randomness()), place, date); }

  void remove(const Activity& activity) {
    EXPECT_TRUE(database().write_now([&](Transaction& transaction) {
      return remove_activity(transaction, station_, activity.id, {}, "记错了", clock().now());
    }));
  }

  void write_place(const char* id, const char* name, places::PlaceKind kind, const char* parent) {
    EXPECT_TRUE(database().write_now([&](Transaction& transaction) -> Result<> {
      places::write_places(transaction, {{PlaceId(id), id, name, name, kind, PlaceId(parent), 9}}, china_date(clock().now()));
      return {};
    }));
  }

  // "place first_day activities", each week of a place on its own line, then each week of the town with its places.
  std::string told() {
    return database().read_now([](Snapshot& snapshot) {
      std::string text;
      for (const auto& week : tallies::weeks_of(snapshot, campaign)) {
        text += week.place + " " + to_string(week.first_day) + " " + week.cells;
      }
      for (const auto& week : tallies::town_weeks(snapshot, campaign)) {
        text += to_string(week.week) + " " + std::to_string(week.activities) + " " + std::to_string(week.places) + "\n";
      }
      return text;
    });
  }

  void expect_a_count_anew_changes_nothing() {
    const std::string kept_in_step = told();
    EXPECT_TRUE(database().write_now([](Transaction& transaction) -> Result<> {
      recount(transaction);
      return {};
    }));
    EXPECT_EQ(kept_in_step, told());
  }

  std::int64_t counted_at(const char* place) {
    return database().read_now([&](Snapshot& snapshot) {
      std::int64_t sum = 0;
      for (const auto& week : tallies::weeks_of(snapshot, campaign, place)) {
        for (const auto& [cell, counts] : tallies::read(week.cells)) {
          if (cell.dimension == tallies::Dimension::held) sum += counts.activities;
        }
      }
      return sum;
    });
  }

  people::Actor station_ = person(Role::station, town);
};

WUJIN_ON_BOTH_ENGINES(TalliedWritesTest);

TEST_P(TalliedWritesTest, count_a_record_where_it_stands_now) {
  const auto first = put(village, "2023-10-17"), second = put(village, "2023-10-24");
  put(other_village, "2023-10-24");
  EXPECT_EQ(counted_at(village), 2);
  put(second.id, other_village, "2023-10-25", etag_of(second.version));  // put right: it was held in the other village
  EXPECT_EQ(counted_at(village), 1);
  EXPECT_EQ(counted_at(other_village), 2);
  remove(first);
  EXPECT_EQ(counted_at(village), 0);
  expect_a_count_anew_changes_nothing();
}

TEST_P(TalliedWritesTest, count_nothing_twice_when_a_phone_sends_again) {
  const auto first = put(village, "2023-10-24");
  put(first.id, village, "2023-10-24");
  EXPECT_EQ(counted_at(village), 1);
  expect_a_count_anew_changes_nothing();
}

TEST_P(TalliedWritesTest, keep_what_was_held_when_villages_are_merged) {
  const auto here = put(village, "2023-10-17"), there = put(other_village, "2023-10-24");
  put(other_village, "2023-10-25");
  // One takes the other's records over and a new name.
  put(there.id, village, "2023-10-24", etag_of(there.version));
  write_place(village, "新桥村", places::PlaceKind::village, town);
  EXPECT_EQ(counted_at(village), 2);
  EXPECT_EQ(counted_at(other_village), 1);
  remove(here);
  expect_a_count_anew_changes_nothing();
}

TEST_P(TalliedWritesTest, stay_with_the_campaign_when_a_village_leaves_its_town) {
  put(other_village, "2023-10-24");
  clock().set(*parse_instant("2023-11-06T09:00:00+08:00"));
  write_place(next_town, "邻镇", places::PlaceKind::town, "500118000000");
  write_place(other_village, "龙凤桥村", places::PlaceKind::village, next_town);
  put(village, "2023-11-06");
  EXPECT_EQ(counted_at(other_village), 1);
  expect_a_count_anew_changes_nothing();
}

TEST_P(TalliedWritesTest, open_a_quotas_figure_to_what_counts_towards_it) {
  put(village, "2023-10-24");
  auto drill = sample_change();
  drill.photos.clear();
  drill.title = "疏散演练";
  drill.kind = "drill";
  drill.organizer = Organizer::both;
  EXPECT_TRUE(database().write_now([&](Transaction& transaction) {
    return submit_activity(transaction, catalogue_, station_, Id<Activity>::random(randomness()), drill, {}, clock().now());
  }));
  const auto titles = [&](const char* quota) {
    ListRequest request;
    request.campaign = CampaignId(campaign);
    request.quota = quota;
    const auto listed = database().read_now(
        [&](Snapshot& snapshot) { return read_page(snapshot, catalogue_, station_, request, clock().now()); });
    std::vector<std::string> found;
    if (!listed) return std::vector<std::string>{"refused"};
    for (const auto& activity : listed->items) found.push_back(activity.title);
    return found;
  };
  EXPECT_THAT(titles("drill"), ElementsAre("疏散演练"));
  EXPECT_THAT(titles("station_weekly"), ElementsAre("疏散演练"));  // held together with the village
  EXPECT_EQ(titles("every_place").size(), 2U);
  EXPECT_THAT(titles("none_such"), ElementsAre("refused"));
}

TEST_P(TalliedWritesTest, count_what_the_town_held_at_its_seat_but_not_as_a_place_of_it) {
  put(town, "2023-10-24");
  const auto weeks = database().read_now([](Snapshot& snapshot) { return tallies::town_weeks(snapshot, campaign); });
  ASSERT_EQ(weeks.size(), 1U);
  EXPECT_EQ(weeks.front().activities, 1);
  EXPECT_EQ(weeks.front().places, 0);
  expect_a_count_anew_changes_nothing();
}

}  // namespace
}  // namespace wujin::activities
