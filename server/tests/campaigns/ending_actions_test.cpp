#include "campaigns/ending_actions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "audit/trail.h"
#include "campaigns/campaign_store_test.h"
#include "changes/feed.h"
#include "places/place_store.h"

namespace wujin::campaigns {
namespace {

using people::Role;
using places::Place;

constexpr const char* district = "500118000000";
constexpr const char* town = "500118112000";
constexpr const char* village = "500118112200";
constexpr const char* other_village = "500118112201";

class EndingActionsTest : public test::CampaignStoreTest {
 protected:
  EndingActionsTest()
      : CampaignStoreTest({audit::migrations(), changes::migrations(), places::migrations(), campaigns::migrations()},
                          *parse_instant("2023-10-26T09:00:00+08:00")) {}

  static EndingRequest merged(const char* on = "2023-10-10") { return {*parse_date(on), PlaceId(other_village), "并村"}; }

  Result<Place> end(const people::Actor& actor, const char* place, const EndingRequest& request) {
    return database().write_now([&](Transaction& transaction) {
      return end_place(transaction, catalogue_, actor, PlaceId(place), request, clock().now());
    });
  }
  Result<Place> take_back(const people::Actor& actor, const char* place) {
    return database().write_now(
        [&](Transaction& transaction) { return take_back_ending(transaction, actor, PlaceId(place), clock().now()); });
  }
  std::optional<places::Ending> kept(const char* place) {
    return database().read_now(
        [&](Snapshot& snapshot) { return places::read_tree(snapshot, china_date(clock().now())).find(PlaceId(place))->ending; });
  }
  std::vector<audit::Entry> trail() {
    audit::Filter filter;
    filter.kind = "place";
    std::vector<audit::Entry> entries;
    for (const auto& listed :
         database().read_now([&](Snapshot& snapshot) { return audit::list(snapshot, filter, std::nullopt, 100); })) {
      entries.push_back(listed.entry);
    }
    return entries;
  }
  people::Actor officer() { return person(Role::station, town); }

  template <class T>
  static ProblemCode code(const Result<T>& result) {
    return result ? ProblemCode::internal : Problem(result.error()).code();
  }
  template <class T>
  static ProblemCode fault(const Result<T>& result) {
    if (result) return ProblemCode::internal;
    const Problem problem = result.error();
    return problem.faults().empty() ? problem.code() : problem.faults().front().code;
  }
};

WUJIN_ON_BOTH_ENGINES(EndingActionsTest);

TEST_P(EndingActionsTest, keeps_an_ending_and_takes_it_back) {
  const auto ended = end(officer(), village, merged());
  ASSERT_TRUE(ended);
  EXPECT_EQ(ended->ending->into, PlaceId(other_village));
  EXPECT_EQ(kept(village), ended->ending);
  ASSERT_TRUE(end(officer(), village, {*parse_date("2023-10-31"), {}, " 整村搬迁 "}));
  EXPECT_EQ(kept(village)->reason, "整村搬迁");
  EXPECT_FALSE(kept(village)->into);
  const auto back = take_back(officer(), village);
  ASSERT_TRUE(back);
  EXPECT_FALSE(back->ending);
  EXPECT_FALSE(kept(village));
}

TEST_P(EndingActionsTest, leaves_one_line_in_the_trail_for_each_change_and_none_for_a_repeat) {
  for (int turn = 0; turn < 2; ++turn) ASSERT_TRUE(end(officer(), village, merged()));
  for (int turn = 0; turn < 2; ++turn) ASSERT_TRUE(take_back(officer(), village));
  const auto entries = trail();
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[1].verb, "end_place");
  EXPECT_EQ(entries[1].town, town);
  EXPECT_EQ(entries[1].place, village);
  EXPECT_EQ(entries[1].after, R"({"on":"2023-10-10","into":"500118112201","reason":"并村"})");
  EXPECT_EQ(entries[0].verb, "take_back_ending");
  EXPECT_EQ(entries[0].before, entries[1].after);
}

TEST_P(EndingActionsTest, is_for_whoever_keeps_the_places_of_the_town) {
  EXPECT_TRUE(end(person(Role::district, district), village, merged()));
  EXPECT_TRUE(take_back(person(Role::district, district), village));
  for (const auto role : {Role::village, Role::resident_leader}) {
    EXPECT_EQ(code(end(person(role, village), village, merged())), ProblemCode::forbidden);
    EXPECT_EQ(code(take_back(person(role, village), village)), ProblemCode::forbidden);
  }
  for (const auto role : {Role::system, Role::security, Role::auditor})
    EXPECT_EQ(code(end(person(role, town), village, merged())), ProblemCode::forbidden);
  EXPECT_EQ(code(end(person(Role::station, "500118113000"), village, merged())), ProblemCode::not_found);
  EXPECT_EQ(code(end(officer(), "nowhere", merged())), ProblemCode::not_found);
  EXPECT_FALSE(kept(village));
}

TEST_P(EndingActionsTest, refuses_days_before_the_first_campaign_and_past_a_year) {
  EXPECT_EQ(fault(end(officer(), village, merged("2023-07-31"))), ProblemCode::out_of_range);
  EXPECT_TRUE(end(officer(), village, merged("2023-08-01")));
  EXPECT_TRUE(end(officer(), village, merged("2024-10-26")));
  EXPECT_EQ(fault(end(officer(), village, merged("2024-10-27"))), ProblemCode::out_of_range);
}

TEST_P(EndingActionsTest, never_ends_the_town_itself) {
  EXPECT_EQ(code(end(officer(), town, {*parse_date("2023-10-10"), {}, "撤镇"})), ProblemCode::place_cannot_end);
  EXPECT_EQ(code(end(person(Role::district, district), district, {*parse_date("2023-10-10"), {}, "撤区"})),
            ProblemCode::place_cannot_end);
  EXPECT_TRUE(take_back(officer(), town));
}

TEST_P(EndingActionsTest, judges_a_chain_of_mergers_by_what_stands_then) {
  ASSERT_TRUE(end(officer(), village, merged()));
  EXPECT_EQ(fault(end(officer(), other_village, {*parse_date("2023-10-10"), {}, "撤销"})), ProblemCode::takes_over);
  EXPECT_EQ(fault(end(officer(), other_village, {*parse_date("2023-10-20"), PlaceId(village), "并村"})),
            ProblemCode::place_merged);
  EXPECT_TRUE(end(officer(), other_village, {*parse_date("2023-10-20"), PlaceId("500118112202"), "并村"}));
}

TEST_P(EndingActionsTest, tells_phones_of_the_village_that_it_ended) {
  (void)database().write_now([&](Transaction& transaction) -> Result<> {
    changes::open_epoch(transaction, randomness());
    return {};
  });
  changes::Filter filter;
  filter.scopes = {{town, village}};
  const auto since = [&](std::optional<std::string_view> cursor) {
    return database().read_now([&](Snapshot& snapshot) { return changes::since(snapshot, cursor, filter, 10); });
  };
  const auto before = since(std::nullopt);
  ASSERT_TRUE(end(officer(), village, merged()));
  ASSERT_TRUE(end(officer(), village, merged()));
  const auto after = since(before.cursor);
  ASSERT_EQ(after.items.size(), 1U);
  EXPECT_EQ(after.items[0].kind, "place");
  EXPECT_EQ(after.items[0].id, village);
}

}  // namespace
}  // namespace wujin::campaigns
