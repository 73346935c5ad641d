#include "activities/counting.h"

#include <map>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "activities/activities_store.h"
#include "activities/sample.h"
#include "database/engines.h"
#include "tallies/tallies_store.h"

namespace wujin::activities {
namespace {

constexpr const char* campaign = "baofeng-2023";

// What the tallies say, as one text that can be compared.
std::string told(Snapshot& snapshot) {
  std::string text;
  for (const auto& week : tallies::weeks_of(snapshot, campaign)) {
    text += week.place + " " + to_string(week.first_day) + "\n" + week.cells;
  }
  for (const auto& week : tallies::town_weeks(snapshot, campaign)) {
    text += to_string(week.week) + " " + std::to_string(week.activities) + " " + std::to_string(week.places) + "\n";
  }
  return text;
}

// Weeks as the pages read them, kept from one read to the next.
std::string told_by_sheets(Snapshot& snapshot) {
  std::string text;
  for (const auto& sheet : tallies::sheets_of(snapshot, campaign)) {
    for (const auto& week : sheet->weeks()) {
      tallies::Cells cells;
      for (const auto& line : sheet->lines_of(week)) cells.emplace(sheet->values()[line.value], line.counts());
      text += sheet->place() + " " + to_string(week.first_day) + "\n" + tallies::written(cells);
    }
  }
  return text;
}

std::string told_by_weeks(Snapshot& snapshot) {
  std::string text;
  for (const auto& week : tallies::weeks_of(snapshot, campaign))
    text += week.place + " " + to_string(week.first_day) + "\n" + week.cells;
  return text;
}

class CountingTest : public test::StoreTest {
 protected:
  CountingTest() : StoreTest({activities::migrations(), tallies::migrations()}) {}

  int any(int below) { return static_cast<int>(dice_() % static_cast<unsigned>(below)); }

  // Few days and places, so that records meet in weeks; among them the week that October and November share.
  void roll(Activity& activity) {
    activity.place = PlaceId(std::vector<std::string>{"a", "b", "c"}[static_cast<std::size_t>(any(3))]);
    activity.started_at = start_of(plus_days(*parse_date("2023-10-23"), any(21)));
    activity.entry = any(2) == 0 ? "school" : "household";
    activity.organizer = static_cast<Organizer>(any(3));
    activity.kind = any(2) == 0 ? std::optional<std::string>() : "drill";
    activity.form = any(2) == 0 ? std::optional<std::string>() : "stall";
    activity.work_item = any(2) == 0 ? std::optional<std::string>() : "drills";
    activity.audiences.reset();
    if (any(2) == 0) activity.audiences = {"farmers", "minors"};
    activity.people_about = any(3) * 10;
  }

  Activity fresh() {
    Activity activity;
    static_cast<ActivityContent&>(activity) = sample_change();
    activity.id = Id<Activity>::random(randomness());
    activity.town = PlaceId("town");
    activity.month = *parse_month("2023-10");
    activity.received_at = activity.updated_at = clock().now();
    roll(activity);
    return activity;
  }

  template <class F>
  void write(F act) {
    ASSERT_TRUE(database().write_now([&](Transaction& transaction) -> Result<> {
      act(transaction);
      return {};
    }));
  }

  // One write of a random kind to a random record.
  void act_at_random(Transaction& transaction) {
    if (kept_.empty() || any(3) == 0) {
      kept_.push_back(fresh());
      insert(transaction, kept_.back());
      count(transaction, nullptr, &kept_.back());
      return;
    }
    const auto at = kept_.begin() + any(static_cast<int>(kept_.size()));
    const Activity before = *at;
    if (any(3) == 0) {
      mark_deleted(transaction, before.id, ++at->version, clock().now());
      count(transaction, &before, nullptr);
      kept_.erase(at);
      return;
    }
    roll(*at);
    ++at->version;
    update(transaction, *at);
    count(transaction, &before, &*at);
  }

  std::string told_now() {
    return database().read_now([](Snapshot& snapshot) { return told(snapshot); });
  }

  void expect_sheets_to_follow(Snapshot& snapshot) { EXPECT_EQ(told_by_sheets(snapshot), told_by_weeks(snapshot)); }
  void expect_sheets_to_follow() {
    database().read_now([&](Snapshot& snapshot) {
      expect_sheets_to_follow(snapshot);
      return 0;
    });
  }

  std::vector<Activity> kept_;
  std::mt19937 dice_{7};  // NOLINT(cert-msc51-cpp): the same at every run
};

WUJIN_ON_BOTH_ENGINES(CountingTest);

TEST_P(CountingTest, equals_a_count_of_the_records_after_any_writes) {
  for (int round = 0; round < 10; ++round) {
    write([&](Transaction& transaction) {
      for (int i = 0; i < 20; ++i) act_at_random(transaction);
    });
    const std::string kept_in_step = told_now();
    write([](Transaction& transaction) { recount(transaction); });
    ASSERT_EQ(kept_in_step, told_now()) << "after round " << round;
  }
}

TEST_P(CountingTest, reads_sheets_that_follow_every_write) {
  for (int round = 0; round < 40; ++round) {
    write([&](Transaction& transaction) { act_at_random(transaction); });
    expect_sheets_to_follow();
  }
  write([](Transaction& transaction) { recount(transaction); });
  expect_sheets_to_follow();
}

// What was read halfway through a write that was undone must not be taken for what the next one leaves.
TEST_P(CountingTest, reads_no_sheet_of_a_write_that_was_undone) {
  write([&](Transaction& transaction) { act_at_random(transaction); });
  const auto kept = kept_;
  for (int round = 0; round < 10; ++round) {
    const auto undone = database().write_now([&](Transaction& transaction) -> Result<> {
      act_at_random(transaction);
      expect_sheets_to_follow(transaction);
      return Problem(ProblemCode::conflict);
    });
    ASSERT_FALSE(undone);
    kept_ = kept;
    expect_sheets_to_follow();
  }
}

TEST_P(CountingTest, counts_a_place_once_in_a_week_that_two_months_share) {
  write([&](Transaction& transaction) {
    for (const char* date : {"2023-10-31", "2023-11-01", "2023-11-02"}) {
      Activity activity = fresh();
      activity.place = PlaceId("a");
      activity.started_at = start_of(*parse_date(date));
      count(transaction, nullptr, &activity);
    }
  });
  const auto weeks = database().read_now([](Snapshot& snapshot) { return tallies::town_weeks(snapshot, campaign); });
  ASSERT_EQ(weeks.size(), 1U);
  EXPECT_EQ(weeks.front().week, *parse_date("2023-10-30"));
  EXPECT_EQ(weeks.front().activities, 3);
  EXPECT_EQ(weeks.front().places, 1);
}

TEST_P(CountingTest, counts_records_that_were_kept_before_there_were_tallies) {
  const Activity activity = fresh();
  write([&](Transaction& transaction) {
    insert(transaction, activity);
    count_if_never_counted(transaction);
  });
  const std::string first = told_now();
  EXPECT_NE(first, "");
  write([](Transaction& transaction) { count_if_never_counted(transaction); });
  EXPECT_EQ(first, told_now());
}

}  // namespace
}  // namespace wujin::activities
