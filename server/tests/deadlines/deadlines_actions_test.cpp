#include "deadlines/deadlines_actions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "audit/trail.h"
#include "base/json.h"
#include "campaigns/campaign_store_test.h"
#include "changes/feed.h"
#include "handins/handins_actions.h"
#include "handins/handins_store.h"
#include "places/place_store.h"

namespace wujin::deadlines {
namespace {

using handins::Standing;
using people::Role;
using testing::ElementsAre;

constexpr const char* town = "500118112000";
constexpr const char* village = "500118112200";

class DeadlinesActionsTest : public test::CampaignStoreTest {
 protected:
  DeadlinesActionsTest()
      : CampaignStoreTest(
            {audit::migrations(), changes::migrations(), places::migrations(), campaigns::migrations(), handins::migrations()}) {}

  Result<Board> board(const people::Actor& actor, const char* campaign = "baofeng-2023") {
    return database().read_now(
        [&](Snapshot& snapshot) { return read_board(snapshot, catalogue_, actor, CampaignId(campaign), clock().now()); });
  }

  void hand_in(Deliverable deliverable, const char* period, const char* at) {
    clock().set(*parse_instant(at));
    EXPECT_TRUE(database().write_now([&](Transaction& transaction) {
      const auto bundle = catalogue_.latest(transaction, CampaignId("baofeng-2023"));
      const handins::Subject subject{bundle->campaign.id, PlaceId(town), PlaceId(village), deliverable, period};
      const auto tree = places::read_tree(transaction, china_date(clock().now()));
      std::optional<Month> month;
      if (deliverable == Deliverable::report) month = *parse_month(period);
      const auto due = campaigns::due_of(bundle->campaign, deliverable, PlaceKind::village, month);
      handins::Frozen frozen;
      frozen.sha256 = std::string(64, 'a');
      frozen.content_digest = "made of this";
      frozen.campaign_version = 1;
      return handins::hand_in(transaction, person(Role::village, village), tree.place_and_ancestors(PlaceId(village)), subject,
                              frozen, &*due, clock().now());
    }));
  }

  static const Cell& cell(const Board& board, const char* place, const char* deadline, const char* period) {
    for (const auto& row : board.rows) {
      for (const auto& each : row.cells) {
        if (row.place.text() == place && each.deadline == deadline && each.period == period) return each;
      }
    }
    throw std::runtime_error("no such cell");
  }
};

WUJIN_ON_BOTH_ENGINES(DeadlinesActionsTest);

TEST_P(DeadlinesActionsTest, shows_a_village_its_own_row_and_the_station_all) {
  const auto own = board(person(Role::village, village));
  ASSERT_TRUE(own);
  ASSERT_EQ(own->rows.size(), 1U);
  EXPECT_EQ(own->rows[0].place_name, "泸永桥村");
  EXPECT_EQ(board(person(Role::station, town))->rows.size(), 7U);
  EXPECT_EQ(board(person(Role::district, "500118000000"))->rows.size(), 7U);
}

TEST_P(DeadlinesActionsTest, is_hidden_from_those_who_read_no_record_and_for_campaigns_that_are_not_there) {
  for (const auto role : {Role::system, Role::security, Role::auditor}) {
    EXPECT_EQ(Problem(board(person(role, town)).error()).code(), ProblemCode::not_found);
  }
  EXPECT_EQ(Problem(board(person(Role::station, town), "none").error()).code(), ProblemCode::not_found);
}

TEST_P(DeadlinesActionsTest, has_a_column_for_every_deliverable_by_due_date) {
  const auto drawn = board(person(Role::station, town));
  std::vector<std::string> columns;
  for (const auto& column : drawn->columns) columns.push_back(column.deadline + " " + column.period);
  EXPECT_THAT(columns, ElementsAre("plan 2023", "report 2023-08", "report 2023-09", "report 2023-10", "report 2023-11",
                                   "report 2023-12", "summary 2023"));
}

TEST_P(DeadlinesActionsTest, tells_due_overdue_and_handed_in_apart) {
  hand_in(Deliverable::plan, "2023", "2023-08-16T23:59:59+08:00");
  hand_in(Deliverable::report, "2023-08", "2023-08-30T10:00:00+08:00");
  clock().set(*parse_instant("2023-10-26T09:00:00+08:00"));
  const auto drawn = board(person(Role::station, town));
  ASSERT_TRUE(drawn);
  EXPECT_EQ(cell(*drawn, village, "plan", "2023").state, Standing::submitted);
  EXPECT_EQ(cell(*drawn, village, "plan", "2023").on_time, true);
  EXPECT_EQ(cell(*drawn, village, "report", "2023-08").on_time, false);
  EXPECT_EQ(cell(*drawn, village, "report", "2023-08").late_days, 2);
  EXPECT_EQ(cell(*drawn, village, "report", "2023-09").state, Standing::overdue);
  EXPECT_EQ(cell(*drawn, village, "report", "2023-10").state, Standing::due);
  EXPECT_EQ(cell(*drawn, village, "report", "2023-10").days_left, 2);
  EXPECT_EQ(cell(*drawn, village, "report", "2023-11").state, Standing::not_due);
  EXPECT_EQ(cell(*drawn, town, "report", "2023-09").state, Standing::na);
  EXPECT_EQ(cell(*drawn, town, "summary", "2023").state, Standing::not_due);
  EXPECT_EQ(encode_json(*drawn).find("null"), std::string::npos);
}

TEST_P(DeadlinesActionsTest, exempts_a_place_with_a_reason_and_lifts_it_again) {
  clock().set(*parse_instant("2023-10-26T09:00:00+08:00"));
  const CellKey september{CampaignId("baofeng-2023"), PlaceId(village), "report", "2023-09"};
  const auto exempt = [&](Role role, const char* place, const CellKey& key, const char* reason) {
    return database().write_now([&](Transaction& transaction) {
      return exempt_place(transaction, catalogue_, person(role, place), key, reason, clock().now());
    });
  };
  EXPECT_EQ(exempt(Role::village, village, september, "太忙").error().code(), ProblemCode::forbidden);
  EXPECT_EQ(exempt(Role::district, "500118000000", september, "太忙").error().code(), ProblemCode::forbidden);
  EXPECT_EQ(exempt(Role::system, town, september, "太忙").error().code(), ProblemCode::not_found);
  EXPECT_EQ(exempt(Role::station, town, september, "  ").error().code(), ProblemCode::validation);
  for (const CellKey& key : {CellKey{september.campaign, PlaceId("nowhere"), "report", "2023-09"},
                             CellKey{september.campaign, september.place, "no_such", "2023-09"},
                             CellKey{september.campaign, september.place, "report", "2023-07"},
                             CellKey{september.campaign, PlaceId(town), "report", "2023-09"}}) {
    EXPECT_EQ(exempt(Role::station, town, key, "遭遇洪水").error().code(), ProblemCode::not_found);
  }
  for (int time = 1; time <= 2; ++time) {
    const auto cell = exempt(Role::station, town, september, " 遭遇洪水 ");
    ASSERT_TRUE(cell);
    EXPECT_EQ(cell->state, Standing::exempt);
    EXPECT_EQ(cell->exempt_reason, "遭遇洪水");
  }
  EXPECT_EQ(cell(*board(person(Role::village, village)), village, "report", "2023-09").state, Standing::exempt);
  EXPECT_EQ(cell(*board(person(Role::station, town)), village, "report", "2023-10").state, Standing::due);

  for (int time = 1; time <= 2; ++time) {
    const auto lifted = database().write_now([&](Transaction& transaction) {
      return lift_exemption(transaction, catalogue_, person(Role::station, town), september, clock().now());
    });
    ASSERT_TRUE(lifted);
    EXPECT_EQ(lifted->state, Standing::overdue);
    EXPECT_FALSE(lifted->exempt_reason);
  }
  const auto entries = database().read_now([](Snapshot& snapshot) { return audit::list(snapshot, {}, {}, 10); });
  std::vector<std::string> verbs;
  for (const auto& listed : entries) {
    if (listed.entry.kind == "report") verbs.push_back(listed.entry.verb);
  }
  EXPECT_THAT(verbs, ElementsAre("lift_exemption", "exempt"));
}

}  // namespace
}  // namespace wujin::deadlines
