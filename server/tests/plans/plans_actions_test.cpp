#include "plans/plans_actions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "activities/activities_store.h"
#include "audit/trail.h"
#include "campaigns/campaign_store_test.h"
#include "changes/feed.h"
#include "handins/handins_store.h"
#include "places/place_store.h"
#include "places/point_store.h"
#include "plans/plan_answer.h"
#include "plans/plans_store.h"

namespace wujin::plans {
namespace {

using people::Role;
using testing::Contains;
using testing::ElementsAre;

constexpr const char* town = "500118112000";
constexpr const char* village = "500118112200";
constexpr const char* other_village = "500118112201";

class PlansActionsTest : public test::CampaignStoreTest {
 protected:
  PlansActionsTest()
      : CampaignStoreTest({audit::migrations(), changes::migrations(), places::migrations(), campaigns::migrations(),
                           handins::migrations(), activities::migrations(), plans::migrations()},
                          *parse_instant("2023-08-10T09:00:00+08:00")) {}

  static PlanKey plan_of(const char* place) { return {CampaignId("baofeng-2023"), PlaceId(place)}; }

  static RowChange row(const char* from, const char* to, const char* focus = "三组") {
    RowChange change;
    change.from = *parse_date(from);
    change.to = *parse_date(to);
    change.focus = focus;
    return change;
  }
  static RowChange third_week(const char* focus = "三组") { return row("2023-08-14", "2023-08-20", focus); }

  Result<PutRow> put(const people::Actor& actor, const Id<PlanRow>& id, const RowChange& change,
                     std::optional<std::string> etag = {}, const char* place = village, bool must_be_new = false) {
    return database().write_now([&](Transaction& transaction) {
      return put_row(transaction, catalogue_, actor, plan_of(place), id, change, etag, must_be_new, clock().now());
    });
  }

  void end(const char* place, const char* on, const char* into = nullptr) {
    places::Ending ending{*parse_date(on), {}, "并村"};
    if (into != nullptr) ending.into = PlaceId(into);
    EXPECT_TRUE(database().write_now([&](Transaction& transaction) -> Result<> {
      places::write_ending(transaction, PlaceId(place), ending);
      return {};
    }));
  }

  Result<> remove(const people::Actor& actor, const Id<PlanRow>& id, std::optional<std::string> etag = {}) {
    return database().write_now([&](Transaction& transaction) {
      return remove_row(transaction, catalogue_, actor, plan_of(village), id, etag, clock().now());
    });
  }

  template <class F>
  Result<OpenPlan> write(F act) {
    return database().write_now([&](Transaction& transaction) -> Result<OpenPlan> { return act(transaction); });
  }

  OpenPlan read(const people::Actor& actor, const char* place = village) {
    return *database().read_now(
        [&](Snapshot& snapshot) { return open_plan(snapshot, catalogue_, actor, plan_of(place), clock().now()); });
  }

  PlanAnswer answer(const people::Actor& actor, const char* place = village) {
    const auto plan = read(actor, place);
    return database().read_now([&](Snapshot& snapshot) { return answer_of(snapshot, plan, actor, clock().now()); });
  }

  Result<OpenPlan> hand_in(const people::Actor& actor, const char* place = village) {
    const MadeDocument document{std::string(64, 'a'), read(actor, place).digest};
    return write([&](Transaction& transaction) {
      return hand_in_plan(transaction, catalogue_, actor, plan_of(place), {}, {}, document, clock().now());
    });
  }

  Result<OpenPlan> accept(const people::Actor& actor, const char* place = village) {
    return write(
        [&](Transaction& transaction) { return accept_plan(transaction, catalogue_, actor, plan_of(place), {}, clock().now()); });
  }

  // The second campaign asks for a leader's sign-off.
  static PlanKey antifraud_plan() { return {CampaignId("antifraud-sample"), PlaceId("qingshi-east")}; }
  Result<PutRow> plan_antifraud(const char* focus) {
    const auto worker = person(Role::village, "qingshi-east");
    return database().write_now([&](Transaction& transaction) {
      return put_row(transaction, catalogue_, worker, antifraud_plan(), fresh(), row("2024-03-04", "2024-03-10", focus), {}, true,
                     clock().now());
    });
  }
  Result<OpenPlan> sign_off(const people::Actor& actor, const PlanKey& key) {
    return write([&](Transaction& transaction) { return sign_off_plan(transaction, catalogue_, actor, key, clock().now()); });
  }

  Id<PlanRow> fresh() { return Id<PlanRow>::random(randomness()); }

  template <class T>
  static ProblemCode code(const Result<T>& result) {
    return result ? ProblemCode::internal : Problem(result.error()).code();
  }
};

WUJIN_ON_BOTH_ENGINES(PlansActionsTest);

TEST_P(PlansActionsTest, is_empty_before_anybody_planned) {
  const auto plan = answer(person(Role::village, village));
  EXPECT_TRUE(plan.rows.empty());
  EXPECT_EQ(plan.state, handins::Standing::not_due);
  EXPECT_EQ(plan.title, "宝峰镇泸永桥村2023年消防宣传“五进”计划表");
  EXPECT_THAT(plan.may, Contains("edit"));
  EXPECT_THAT(plan.may, testing::Not(Contains("submit")));
}

TEST_P(PlansActionsTest, makes_a_row_once_however_often_it_is_sent) {
  const auto someone = person(Role::village, village);
  const auto id = fresh();
  const auto first = put(someone, id, third_week());
  ASSERT_TRUE(first);
  EXPECT_TRUE(first->is_new);
  const auto again = put(someone, id, third_week());
  ASSERT_TRUE(again);
  EXPECT_FALSE(again->is_new);
  EXPECT_EQ(again->row.version, 1);
  EXPECT_EQ(read(someone).rows.size(), 1U);
}

TEST_P(PlansActionsTest, changes_a_row_only_for_who_saw_it_as_it_is) {
  const auto someone = person(Role::village, village);
  const auto id = fresh();
  const auto first = put(someone, id, third_week());
  EXPECT_EQ(code(put(someone, id, third_week("四组"))), ProblemCode::stale);
  EXPECT_EQ(code(put(someone, id, third_week("四组"), "\"nonsense\"")), ProblemCode::stale);
  const auto second = put(someone, id, third_week("四组"), etag_of(first->row));
  ASSERT_TRUE(second);
  EXPECT_EQ(second->row.version, 2);
  EXPECT_EQ(code(put(someone, id, third_week("五组"), etag_of(first->row))), ProblemCode::stale);
  EXPECT_EQ(code(put(someone, id, third_week("五组"), etag_of(second->row), village, true)), ProblemCode::stale);
  EXPECT_EQ(read(someone).rows.front().focus, "四组");
}

TEST_P(PlansActionsTest, lets_two_people_edit_two_rows) {
  const auto one = person(Role::village, village), two = person(Role::village, village);
  const auto first = put(one, fresh(), third_week());
  const auto second = put(two, fresh(), row("2023-08-21", "2023-08-27"));
  EXPECT_TRUE(put(one, first->row.id, third_week("四组"), etag_of(first->row)));
  EXPECT_TRUE(put(two, second->row.id, row("2023-08-21", "2023-08-27", "学校"), etag_of(second->row)));
}

TEST_P(PlansActionsTest, never_brings_a_removed_row_back) {
  const auto someone = person(Role::village, village);
  const auto made = put(someone, fresh(), third_week());
  EXPECT_EQ(code(remove(someone, made->row.id, "\"nonsense\"")), ProblemCode::stale);
  EXPECT_TRUE(remove(someone, made->row.id, etag_of(made->row)));
  EXPECT_EQ(code(remove(someone, made->row.id)), ProblemCode::gone);
  EXPECT_EQ(code(put(someone, made->row.id, third_week())), ProblemCode::gone);
  EXPECT_EQ(code(remove(someone, fresh())), ProblemCode::not_found);
  EXPECT_TRUE(read(someone).rows.empty());
}

TEST_P(PlansActionsTest, takes_no_id_of_another_plan) {
  const auto made = put(person(Role::village, village), fresh(), third_week());
  EXPECT_EQ(code(put(person(Role::village, other_village), made->row.id, third_week(), {}, other_village)),
            ProblemCode::conflict);
}

TEST_P(PlansActionsTest, is_written_by_its_own_place_and_read_by_those_above) {
  struct Case {
    Role role;
    const char* at;
    const char* plan;
    ProblemCode expected;  // internal: it works
  };
  const Case table[] = {
      {Role::village, village, village, ProblemCode::internal},
      {Role::village, other_village, village, ProblemCode::not_found},
      {Role::village, village, town, ProblemCode::not_found},
      {Role::station, town, town, ProblemCode::internal},
      {Role::station, town, village, ProblemCode::forbidden},
      {Role::district, "500118000000", village, ProblemCode::forbidden},
      {Role::resident_leader, village, village, ProblemCode::forbidden},
      {Role::resident_leader, other_village, village, ProblemCode::not_found},
      {Role::system, town, village, ProblemCode::not_found},
      {Role::security, town, village, ProblemCode::not_found},
      {Role::auditor, town, village, ProblemCode::not_found},
  };
  for (const auto& each : table) {
    EXPECT_EQ(code(put(person(each.role, each.at), fresh(), third_week(), {}, each.plan)), each.expected)
        << boost::describe::enum_to_string(each.role, "") << " at " << each.at << " for " << each.plan;
  }
}

TEST_P(PlansActionsTest, remembers_the_points_a_row_names) {
  put(person(Role::village, village), fresh(), third_week("三组、桥畔小学"));
  const auto points =
      database().read_now([](Snapshot& snapshot) { return places::points_of(snapshot, PlaceId(village), "", 10); });
  std::vector<std::string> names;
  for (const auto& point : points) names.push_back(point.name);
  EXPECT_THAT(names, testing::UnorderedElementsAre("三组", "桥畔小学"));
}

TEST_P(PlansActionsTest, copies_a_month_into_one_that_has_no_rows) {
  const auto someone = person(Role::village, village);
  put(someone, fresh(), third_week());
  const auto copy = [&](const char* from, const char* to) {
    const CopyRequest request{*parse_month(from), *parse_month(to)};
    return write([&](Transaction& transaction) {
      return copy_month(transaction, catalogue_, someone, plan_of(village), request, randomness(), clock().now());
    });
  };
  const auto copied = copy("2023-08", "2023-09");
  ASSERT_TRUE(copied);
  ASSERT_EQ(copied->rows.size(), 2U);
  EXPECT_EQ(to_string(copied->rows[1].from), "2023-09-18");
  EXPECT_EQ(code(copy("2023-08", "2023-09")), ProblemCode::conflict);
  EXPECT_EQ(code(copy("2023-08", "2023-08")), ProblemCode::validation);
  EXPECT_EQ(code(copy("2023-08", "2025-01")), ProblemCode::validation);
  EXPECT_EQ(code(copy("2023-11", "2023-12")), ProblemCode::validation);
}

TEST_P(PlansActionsTest, changes_the_head_for_who_saw_it_as_it_is) {
  const auto someone = person(Role::village, village);
  const auto change = [&](const HeadChange& wanted, const std::optional<std::string>& etag) {
    return write([&](Transaction& transaction) {
      return change_plan(transaction, catalogue_, someone, plan_of(village), wanted, etag, clock().now());
    });
  };
  HeadChange wanted;
  wanted.week_label = campaigns::WeekLabel::plain;
  const auto before = read(someone).etag;
  EXPECT_EQ(code(change(wanted, {})), ProblemCode::if_match_required);
  ASSERT_TRUE(change(wanted, before));
  EXPECT_EQ(code(change(wanted, before)), ProblemCode::stale);
  EXPECT_EQ(answer(someone).week_label, campaigns::WeekLabel::plain);
  wanted.note = std::string(1001, 'x');
  EXPECT_EQ(code(change(wanted, read(someone).etag)), ProblemCode::validation);
}

TEST_P(PlansActionsTest, hands_no_empty_plan_in) {
  EXPECT_EQ(code(hand_in(person(Role::village, village))), ProblemCode::validation);
}

TEST_P(PlansActionsTest, judges_on_time_or_late_by_the_server_s_clock) {
  struct Case {
    const char* place;
    const char* at;
    bool on_time;
    int late_days;
  };
  for (const Case& each :
       {Case{village, "2023-08-16T23:59:59+08:00", true, 0}, Case{other_village, "2023-08-18T09:00:00+08:00", false, 2}}) {
    const auto someone = person(Role::village, each.place);
    put(someone, fresh(), third_week(), {}, each.place);
    clock().set(*parse_instant(each.at));
    ASSERT_TRUE(hand_in(someone, each.place));
    const auto plan = answer(someone, each.place);
    EXPECT_EQ(plan.state, handins::Standing::submitted);
    EXPECT_EQ(plan.deadline->on_time, each.on_time) << each.at;
    EXPECT_EQ(plan.deadline->late_days.value_or(0), each.late_days) << each.at;
    ASSERT_EQ(plan.versions.size(), 1U);
    EXPECT_EQ(plan.versions[0].sha256, std::string(64, 'a'));
  }
}

TEST_P(PlansActionsTest, judges_a_plan_that_came_by_letter_by_when_it_arrived) {
  const auto someone = person(Role::village, village);
  const auto take = [&](const people::Actor& who, const std::string& digest) {
    return write([&](Transaction& transaction) {
      return hand_in_arrived_plan(transaction, catalogue_, who, plan_of(village), {std::string(64, 'a'), digest},
                                  *parse_instant("2023-08-16T20:00:00+08:00"), *parse_instant("2023-08-18T09:00:00+08:00"));
    });
  };
  EXPECT_EQ(code(take(someone, read(someone).digest)), ProblemCode::validation) << "without a row";
  put(someone, fresh(), third_week());
  EXPECT_EQ(code(take(person(Role::station, town), read(someone).digest)), ProblemCode::forbidden);
  EXPECT_EQ(code(take(someone, "of something else")), ProblemCode::busy);
  ASSERT_TRUE(take(someone, read(someone).digest));
  EXPECT_EQ(answer(someone).deadline->on_time, true);
}

TEST_P(PlansActionsTest, freezes_only_a_document_made_of_what_is_handed_in) {
  const auto someone = person(Role::village, village);
  const auto made = put(someone, fresh(), third_week());
  const MadeDocument document{std::string(64, 'a'), read(someone).digest};
  put(someone, made->row.id, third_week("四组"), etag_of(made->row));
  const auto outcome = write([&](Transaction& transaction) {
    return hand_in_plan(transaction, catalogue_, someone, plan_of(village), {}, {}, document, clock().now());
  });
  EXPECT_EQ(code(outcome), ProblemCode::busy);
  EXPECT_TRUE(read(someone).versions.empty());
}

TEST_P(PlansActionsTest, goes_from_hand_in_over_return_to_acceptance) {
  const auto someone = person(Role::village, village);
  const auto station = person(Role::station, town);
  const auto made = put(someone, fresh(), third_week());
  ASSERT_TRUE(hand_in(someone));
  EXPECT_EQ(code(hand_in(someone)), ProblemCode::already_handed_in);
  EXPECT_THAT(answer(station).may, ElementsAre("return", "accept"));
  const handins::ReturnRequest request{"负责人没有填", "other", {}, {}};
  ASSERT_TRUE(write([&](Transaction& transaction) {
    return return_plan(transaction, catalogue_, station, plan_of(village), request, clock().now());
  }));
  EXPECT_EQ(answer(someone).state, handins::Standing::returned);
  EXPECT_EQ(answer(someone).returned->reason, "负责人没有填");
  auto corrected = third_week();
  corrected.in_charge = "沈知禾";
  ASSERT_TRUE(put(someone, made->row.id, corrected, etag_of(made->row)));
  clock().set(*parse_instant("2023-08-20T09:00:00+08:00"));
  ASSERT_TRUE(hand_in(someone));
  EXPECT_EQ(answer(someone).state, handins::Standing::resubmitted);
  EXPECT_EQ(answer(someone).deadline->on_time, true) << "a return never changes the first hand-in's timeliness";
  ASSERT_TRUE(accept(station));
  EXPECT_EQ(answer(someone).state, handins::Standing::accepted);
  EXPECT_EQ(code(accept(station)), ProblemCode::already_reviewed);
}

TEST_P(PlansActionsTest, counts_no_hand_in_that_was_withdrawn) {
  const auto someone = person(Role::village, village);
  put(someone, fresh(), third_week());
  ASSERT_TRUE(hand_in(someone));
  ASSERT_TRUE(write([&](Transaction& transaction) {
    return withdraw_plan(transaction, catalogue_, someone, plan_of(village), clock().now());
  }));
  EXPECT_EQ(answer(someone).state, handins::Standing::withdrawn);
  clock().set(*parse_instant("2023-08-17T09:00:00+08:00"));
  ASSERT_TRUE(hand_in(someone));
  EXPECT_EQ(answer(someone).deadline->on_time, false);
}

TEST_P(PlansActionsTest, marks_a_plan_changed_since_its_hand_in) {
  const auto someone = person(Role::village, village);
  put(someone, fresh(), third_week());
  ASSERT_TRUE(hand_in(someone));
  ASSERT_TRUE(accept(person(Role::station, town)));
  EXPECT_FALSE(answer(someone).changed_since_hand_in);
  ASSERT_TRUE(put(someone, fresh(), row("2023-08-21", "2023-08-27")));
  EXPECT_TRUE(answer(someone).changed_since_hand_in);
}

TEST_P(PlansActionsTest, may_change_while_its_hand_in_waits_and_is_as_handed_in_once_changed_back) {
  const auto someone = person(Role::village, village);
  put(someone, fresh(), third_week());
  ASSERT_TRUE(hand_in(someone));
  const auto late = put(someone, fresh(), row("2023-08-21", "2023-08-27"));
  ASSERT_TRUE(late);
  EXPECT_TRUE(answer(someone).changed_since_hand_in);
  EXPECT_THAT(answer(someone).may, Contains("submit"));
  ASSERT_TRUE(remove(someone, late->row.id, etag_of(late->row)));
  EXPECT_FALSE(answer(someone).changed_since_hand_in);
  EXPECT_EQ(code(hand_in(someone)), ProblemCode::already_handed_in);
}

TEST_P(PlansActionsTest, lets_nobody_accept_what_they_handed_in) {
  const auto station = person(Role::station, town);
  put(station, fresh(), third_week(), {}, town);
  ASSERT_TRUE(hand_in(station, town));
  EXPECT_EQ(code(accept(station, town)), ProblemCode::own_hand_in);
  EXPECT_TRUE(accept(person(Role::station, town), town));
}

TEST_P(PlansActionsTest, is_signed_off_only_where_the_campaign_asks_for_it) {
  put(person(Role::village, village), fresh(), third_week());
  EXPECT_EQ(code(sign_off(person(Role::resident_leader, village), plan_of(village))), ProblemCode::conflict);
  keep("antifraud-sample");
  const auto leader = person(Role::resident_leader, "qingshi-east");
  EXPECT_EQ(code(sign_off(leader, antifraud_plan())), ProblemCode::validation) << "nothing is planned yet";
  plan_antifraud("集市");
  EXPECT_TRUE(sign_off(leader, antifraud_plan())->is_signed_off());
  EXPECT_EQ(code(sign_off(person(Role::village, "qingshi-east"), antifraud_plan())), ProblemCode::forbidden);
}

TEST_P(PlansActionsTest, awaits_the_leader_again_once_its_rows_changed) {
  keep("antifraud-sample");
  const auto leader = person(Role::resident_leader, "qingshi-east");
  const auto told = [&] {
    return database().read_now([&](Snapshot& snapshot) {
      return answer_of(snapshot, *open_plan(snapshot, catalogue_, leader, antifraud_plan(), clock().now()), leader,
                       clock().now());
    });
  };
  EXPECT_THAT(told().may, testing::Not(Contains("sign_off"))) << "an empty plan";
  plan_antifraud("集市");
  EXPECT_THAT(told().may, Contains("sign_off"));
  ASSERT_TRUE(sign_off(leader, antifraud_plan()));
  EXPECT_EQ(told().sign_off.changed_since, false);
  EXPECT_THAT(told().may, testing::Not(Contains("sign_off")));
  plan_antifraud("学校");
  EXPECT_EQ(told().sign_off.changed_since, true);
  EXPECT_EQ(told().sign_off.by, "某人");
  EXPECT_THAT(told().may, Contains("sign_off"));
  ASSERT_TRUE(sign_off(leader, antifraud_plan()));
  EXPECT_EQ(told().sign_off.changed_since, false);
}

TEST_P(PlansActionsTest, leaves_every_write_in_the_trail_and_the_feed) {
  const auto someone = person(Role::village, village);
  const auto made = put(someone, fresh(), third_week());
  remove(someone, made->row.id);
  const auto verbs = database().read_now([&](Snapshot& snapshot) {
    audit::Filter filter;
    filter.record = made->row.id.to_string();
    std::vector<std::string> list;
    for (const auto& listed : audit::list(snapshot, filter, {}, 10)) list.push_back(listed.entry.verb);
    return list;
  });
  EXPECT_THAT(verbs, ElementsAre("remove_plan_row", "put_plan_row"));
}

TEST_P(PlansActionsTest, plans_nothing_for_a_place_after_it_ended) {
  const auto worker = person(Role::village, village), officer = person(Role::station, town);
  const auto kept = fresh();
  ASSERT_TRUE(put(worker, kept, third_week()));
  end(village, "2023-08-13", other_village);
  EXPECT_EQ(code(put(worker, fresh(), third_week())), ProblemCode::validation);
  EXPECT_TRUE(put(worker, fresh(), row("2023-08-07", "2023-08-13")));
  auto mended = third_week("改了内容");
  EXPECT_TRUE(put(worker, kept, mended, "\"r1\""));  // what was planned before may be mended where it stands
  auto of_both = third_week();
  of_both.places = {PlaceId(village), PlaceId(other_village)};
  const auto refused = put(officer, fresh(), of_both, {}, town);
  ASSERT_FALSE(refused);
  EXPECT_EQ(Problem(refused.error()).faults().front().field, "places[0]");
  of_both.places = {PlaceId(other_village)};
  EXPECT_TRUE(put(officer, fresh(), of_both, {}, town));
}

TEST_P(PlansActionsTest, copies_no_place_past_its_end) {
  const auto worker = person(Role::village, village), officer = person(Role::station, town);
  const auto copy = [&](const people::Actor& actor, const char* place) {
    return write([&](Transaction& transaction) {
      const CopyRequest request{*parse_month("2023-08"), *parse_month("2023-09")};
      return copy_month(transaction, catalogue_, actor, plan_of(place), request, randomness(), clock().now());
    });
  };
  ASSERT_TRUE(put(worker, fresh(), third_week()));
  auto of_both = third_week();
  of_both.places = {PlaceId(village), PlaceId(other_village)};
  ASSERT_TRUE(put(officer, fresh(), of_both, {}, town));
  auto of_one = row("2023-08-21", "2023-08-27");
  of_one.places = {PlaceId(village)};
  ASSERT_TRUE(put(officer, fresh(), of_one, {}, town));
  end(village, "2023-08-31");
  EXPECT_EQ(code(copy(worker, village)), ProblemCode::validation);
  const auto copied = copy(officer, town);
  ASSERT_TRUE(copied);
  ASSERT_EQ(copied->rows.size(), 3U);
  EXPECT_THAT(copied->rows.back().places, ElementsAre(PlaceId(other_village)));
}

}  // namespace
}  // namespace wujin::plans
