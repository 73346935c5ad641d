#include "handovers/handovers_actions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "audit/trail.h"
#include "changes/feed.h"
#include "database/engines.h"
#include "handovers/handovers_store.h"
#include "people/accounts_store.h"
#include "people/sessions_store.h"
#include "places/place_store.h"
#include "places/point_store.h"
#include "plans/plans_store.h"
#include "reminders/feeds_store.h"
#include "reminders/reminders_store.h"

namespace wujin::handovers {
namespace {

using people::Grant;
using people::Role;
using places::PlaceId;
using testing::ElementsAre;
using testing::IsEmpty;

const PlaceId town{"500118112000"}, village{"500118112200"}, other_village{"500118112201"}, other_town{"500118113000"};
const campaigns::CampaignId campaign{"c1"};

class HandoversTest : public test::StoreTest {
 protected:
  HandoversTest()
      : StoreTest({audit::migrations(), changes::migrations(), places::migrations(), people::migrations(), plans::migrations(),
                   reminders::migrations(), migrations()}) {
    using places::PlaceKind;
    const std::vector<places::Place> all = {
        {town, town.text(), "宝峰镇", "宝峰镇", PlaceKind::town, {}, 0},
        {village, village.text(), "泸永桥村", "泸永桥", PlaceKind::village, town, 1},
        {other_village, other_village.text(), "龙凤桥村", "龙凤桥", PlaceKind::village, town, 2},
        {other_town, other_town.text(), "邻镇", "邻镇", PlaceKind::town, {}, 3}};
    const auto planted = database().write_now([&](Transaction& transaction) -> Result<> {
      places::write_places(transaction, all, today());
      return {};
    });
    EXPECT_TRUE(planted);
    station_.account = account("station", {{Role::station, town}});
    station_.display_name = "示例站长";
    station_.grants = {{Role::station, town}};
  }

  Date today() { return china_date(clock().now()); }

  // Named after its login.
  Id<Account> account(const std::string& login, std::vector<Grant> grants, bool disabled = false) {
    Account made;
    made.id = Id<Account>::random(randomness());
    made.login = login;
    made.display_name = "示例" + login;
    made.disabled = disabled;
    made.created_at = clock().now();
    made.grants = std::move(grants);
    EXPECT_TRUE(database().write_now([&](Transaction& transaction) -> Result<> {
      people::insert_account(transaction, made, "-");
      return {};
    }));
    return made.id;
  }
  Id<plans::PlanRow> row(const PlaceId& place, const std::string& in_charge, int ends_in_days) {
    plans::PlanRow made;
    made.id = Id<plans::PlanRow>::random(randomness());
    made.to = plus_days(today(), ends_in_days);
    made.from = plus_days(made.to, -6);
    made.month = month_of(made.from);
    made.places = {place};
    made.focus = "示例：一组";
    made.in_charge = in_charge;
    made.updated_at = clock().now();
    EXPECT_TRUE(database().write_now([&](Transaction& transaction) -> Result<> {
      plans::insert_row(transaction, campaign, place, made);
      return {};
    }));
    return made.id;
  }
  std::string in_charge_of(const Id<plans::PlanRow>& id) {
    return database().read_now([&](Snapshot& snapshot) { return plans::find_row(snapshot, id)->row.in_charge; });
  }
  void sign_in(const Id<Account>& id) {
    people::Session session;
    session.id = Id<people::Session>::random(randomness());
    session.account = id;
    session.created_at = session.last_used_at = clock().now();
    session.expires_at = clock().now() + std::chrono::hours(1);
    EXPECT_TRUE(database().write_now([&](Transaction& transaction) -> Result<> {
      people::insert_session(transaction, session, secrets::digest_of(secrets::make_token(randomness())));
      return {};
    }));
  }
  void follow_calendar(const Id<Account>& id, const PlaceId& place) {
    EXPECT_TRUE(database().write_now([&](Transaction& transaction) -> Result<> {
      reminders::insert(transaction, {Id<reminders::Feed>::random(randomness()), campaign, place, id, clock().now()},
                        secrets::digest_of(secrets::make_token(randomness())));
      return {};
    }));
  }
  std::vector<Grant> grants_of(const Id<Account>& id) {
    return database().read_now([&](Snapshot& snapshot) { return people::grants_of(snapshot, id); });
  }

  Result<Handover> pass(const people::Actor& who, const Id<Handover>& id, const HandoverRequest& request) {
    return database().write_now(
        [&](Transaction& transaction) { return hand_over(transaction, cache_, who, id, request, clock().now()); });
  }
  Result<Handover> pass(const people::Actor& who, const HandoverRequest& request) { return pass(who, new_id(), request); }
  Id<Handover> new_id() { return Id<Handover>::random(randomness()); }

  people::SessionCache cache_{std::nullopt};
  people::Actor station_;
};
WUJIN_ON_BOTH_ENGINES(HandoversTest);

TEST_P(HandoversTest, passes_roles_open_rows_and_ends_what_only_the_leaver_held) {
  const auto leaver = account("甲", {{Role::village, village}, {Role::village, other_village}});
  const auto taker = account("乙", {{Role::village, village}});
  const auto next_week = row(village, "示例甲、示例丙", 7), this_week = row(other_village, "示例甲", 0);
  const auto last_week = row(village, "示例甲", -1), of_another = row(village, "示例甲方", 7);
  sign_in(leaver);
  sign_in(taker);
  follow_calendar(leaver, village);

  const auto held =
      database().read_now([&](Snapshot& snapshot) { return holdings_of(snapshot, station_, leaver, clock().now()); }).value();
  EXPECT_EQ(held.grants.size(), 2u);
  EXPECT_EQ(held.plan_rows, 2);
  EXPECT_EQ(held.calendar_feeds, 1);
  EXPECT_EQ(held.sessions, 1);

  const auto passed = pass(station_, {leaver, taker, " 调离岗位（示例） ", true}).value();
  EXPECT_EQ(passed.from_name, "示例甲");
  EXPECT_EQ(passed.to_name, "示例乙");
  EXPECT_EQ(passed.note, "调离岗位（示例）");
  EXPECT_EQ(passed.plan_rows, 2);
  EXPECT_EQ(passed.calendar_feeds, 1);
  EXPECT_THAT(passed.grants, ElementsAre(Grant{Role::village, village}, Grant{Role::village, other_village}));
  EXPECT_THAT(grants_of(leaver), IsEmpty());
  EXPECT_THAT(grants_of(taker), ElementsAre(Grant{Role::village, village}, Grant{Role::village, other_village}));
  EXPECT_EQ(in_charge_of(next_week), "示例乙、示例丙");
  EXPECT_EQ(in_charge_of(this_week), "示例乙");
  EXPECT_EQ(in_charge_of(last_week), "示例甲") << "what is over keeps who did it";
  EXPECT_EQ(in_charge_of(of_another), "示例甲方");
  database().read_now([&](Snapshot& snapshot) {
    EXPECT_THAT(people::list_sessions(snapshot, leaver, clock().now()), IsEmpty());
    EXPECT_EQ(people::list_sessions(snapshot, taker, clock().now()).size(), 1u);
    EXPECT_THAT(reminders::feeds_of(snapshot, leaver), IsEmpty());
    EXPECT_TRUE(people::find_account(snapshot, leaver)->disabled);
    return 0;
  });
}

TEST_P(HandoversTest, is_the_same_outcome_again_and_another_under_the_same_id_a_conflict) {
  const auto leaver = account("甲", {{Role::village, village}}), taker = account("乙", {{Role::village, other_village}});
  const auto id = new_id();
  const HandoverRequest request{leaver, taker, {}, {}};
  const auto first = pass(station_, id, request).value();
  EXPECT_EQ(pass(station_, id, request).value().at, first.at);
  EXPECT_EQ(pass(station_, id, {leaver, taker, "另一句", {}}).error().code(), ProblemCode::conflict);
}

TEST_P(HandoversTest, keeps_the_history_on_both_sides) {
  const auto first = account("甲", {{Role::village, village}}), second = account("乙", {{Role::village, village}}),
             third = account("丙", {{Role::village, village}});
  ASSERT_TRUE(pass(station_, {first, second, {}, {}}));
  clock().advance(std::chrono::minutes(1));
  ASSERT_TRUE(pass(station_, {second, third, {}, {}}));
  const auto told =
      database().read_now([&](Snapshot& snapshot) { return handovers_of(snapshot, station_, third, clock().now()); });
  ASSERT_EQ(told.value().size(), 1u);
  EXPECT_EQ(told.value().front().from_name, "示例乙");
  // Who left has no place, so only those who look after all accounts still see the account.
  EXPECT_EQ(database()
                .read_now([&](Snapshot& snapshot) { return handovers_of(snapshot, station_, second, clock().now()); })
                .error()
                .code(),
            ProblemCode::not_found);
}

TEST_P(HandoversTest, is_refused_where_the_actor_could_not_give_the_role) {
  const auto leaver = account("甲", {{Role::village, village}}), taker = account("乙", {{Role::village, village}});
  const auto officer = account("站员", {{Role::station, town}}), stranger = account("邻", {{Role::village, other_town}});
  const auto closed = account("停", {{Role::village, village}}, true);
  people::Actor of_village = station_, of_other_town = station_;
  of_village.grants = {{Role::village, village}};
  of_other_town.grants = {{Role::station, other_town}};
  const auto refused = [&](const people::Actor& who, const Id<Account>& from, const Id<Account>& to) {
    return pass(who, {from, to, {}, {}}).error().code();
  };
  EXPECT_EQ(refused(of_village, leaver, taker), ProblemCode::forbidden);
  EXPECT_EQ(refused(of_other_town, leaver, taker), ProblemCode::not_found);
  EXPECT_EQ(refused(station_, officer, taker), ProblemCode::forbidden);
  EXPECT_EQ(refused(station_, leaver, officer), ProblemCode::forbidden);
  EXPECT_EQ(refused(station_, leaver, stranger), ProblemCode::validation);
  EXPECT_EQ(refused(station_, leaver, closed), ProblemCode::validation);
  EXPECT_EQ(refused(station_, leaver, leaver), ProblemCode::validation);
  EXPECT_EQ(pass(station_, {leaver, taker, std::string(201, 'a'), {}}).error().code(), ProblemCode::validation);
  EXPECT_THAT(grants_of(leaver), ElementsAre(Grant{Role::village, village})) << "nothing of a refused one is kept";
}

}  // namespace
}  // namespace wujin::handovers
