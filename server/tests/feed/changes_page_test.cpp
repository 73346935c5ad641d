#include "feed/changes_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "activities/activities_actions.h"
#include "audit/trail.h"
#include "campaigns/campaign_store_test.h"
#include "changes/feed.h"
#include "jobs/queue.h"
#include "photos/photos_store.h"
#include "places/place_store.h"
#include "tallies/tallies_store.h"

namespace wujin::feed {
namespace {

using activities::Activity;
using people::Role;
using places::PlaceId;

constexpr const char* town = "500118112000";
constexpr const char* village = "500118112200";
constexpr const char* other_village = "500118112201";

class ChangesPageTest : public test::CampaignStoreTest {
 protected:
  ChangesPageTest()
      : CampaignStoreTest({audit::migrations(), changes::migrations(), jobs::migrations(), places::migrations(),
                           photos::migrations(), campaigns::migrations(), activities::migrations(), tallies::migrations()}) {
    EXPECT_TRUE(database().write_now([&](Transaction& transaction) -> Result<> {
      changes::open_epoch(transaction, randomness());
      return {};
    }));
  }

  Id<Activity> record(const char* place, const char* title, std::optional<Id<Activity>> known = {},
                      std::optional<std::string> etag = {}) {
    activities::ActivityChange change;
    change.campaign = campaigns::CampaignId("baofeng-2023");
    change.place = PlaceId(place);
    change.entry = "countryside";
    change.started_at = *parse_instant("2023-10-25T10:00:00+08:00");
    change.title = title;
    change.reason = "更正";
    const auto id = known.value_or(Id<Activity>::random(randomness()));
    const activities::Precondition precondition{etag, false};
    const auto station = person(Role::station, town);
    EXPECT_TRUE(database().write_now([&](Transaction& transaction) {
      return activities::submit_activity(transaction, catalogue_, station, id, change, precondition, clock().now());
    }));
    return id;
  }

  Result<ChangesAnswer> page(const people::Actor& actor, std::optional<std::string> since = {},
                             std::optional<PlaceId> place = {}) {
    ChangesRequest request;
    request.since = std::move(since);
    request.place = std::move(place);
    return database().read_now([&](Snapshot& snapshot) { return read_changes(snapshot, actor, request, clock().now()); });
  }

  // Everything after the cursor, following it to its end.
  std::vector<ChangeAnswer> after(const people::Actor& actor, std::string cursor) {
    std::vector<ChangeAnswer> all;
    for (bool more = true; more;) {
      const auto next = page(actor, cursor);
      EXPECT_TRUE(next);
      EXPECT_FALSE(next->reset);
      all.insert(all.end(), next->items.begin(), next->items.end());
      cursor = next->cursor;
      more = next->more;
    }
    return all;
  }
};

WUJIN_ON_BOTH_ENGINES(ChangesPageTest);

TEST_P(ChangesPageTest, begins_with_a_reset) {
  const auto first = page(person(Role::village, village));
  ASSERT_TRUE(first);
  EXPECT_TRUE(first->reset);
  EXPECT_TRUE(page(person(Role::village, village), "nonsense")->reset);
}

TEST_P(ChangesPageTest, brings_an_activity_along_and_tells_of_its_deletion) {
  const auto someone = person(Role::village, village);
  const auto start = page(someone)->cursor;
  const auto id = record(village, "院坝会");
  const auto changed = after(someone, start);
  ASSERT_EQ(changed.size(), 1U);
  EXPECT_EQ(changed[0].kind, "activity");
  ASSERT_TRUE(changed[0].activity);
  EXPECT_EQ(changed[0].activity->title, "院坝会");
  EXPECT_EQ(changed[0].etag, changed[0].activity->etag);
  EXPECT_TRUE(database().write_now([&](Transaction& transaction) {
    return activities::remove_activity(transaction, person(Role::station, town), id, {}, "重复", clock().now());
  }));
  const auto gone = after(someone, start);
  ASSERT_EQ(gone.size(), 1U);
  EXPECT_EQ(gone[0].operation, Operation::delete_);
  EXPECT_FALSE(gone[0].activity);
}

TEST_P(ChangesPageTest, tells_a_village_nothing_of_another) {
  const auto someone = person(Role::village, village);
  const auto station = person(Role::station, town);
  const auto start = page(someone)->cursor, all = page(station)->cursor;
  record(other_village, "别村的");
  EXPECT_TRUE(after(someone, start).empty());
  EXPECT_EQ(after(station, all).size(), 1U);
  const auto refused = page(someone, {}, PlaceId(other_village));
  EXPECT_EQ(Problem(refused.error()).code(), ProblemCode::not_found);
}

TEST_P(ChangesPageTest, tells_the_old_place_when_a_record_moves) {
  const auto someone = person(Role::village, village), other = person(Role::village, other_village);
  const auto id = record(village, "记错了村");
  const auto start = page(someone)->cursor, elsewhere = page(other)->cursor;
  record(other_village, "记错了村", id, activities::etag_of(1));
  const auto left = after(someone, start);
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(left[0].operation, Operation::delete_);
  const auto arrived = after(other, elsewhere);
  ASSERT_EQ(arrived.size(), 1U);
  EXPECT_EQ(arrived[0].operation, Operation::put);
}

TEST_P(ChangesPageTest, resets_who_was_given_other_rights) {
  auto someone = person(Role::village, village);
  const auto start = page(someone)->cursor;
  someone.rights_version = 2;
  EXPECT_TRUE(page(someone, start)->reset);
}

}  // namespace
}  // namespace wujin::feed
