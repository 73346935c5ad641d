#include <random>

#include <gtest/gtest.h>

#include "audit/trail.h"
#include "changes/feed.h"
#include "database/engines.h"
#include "handins/handins_actions.h"

namespace wujin::handins {
namespace {

using people::Actor;
using people::Role;

const PlaceId town("500118112000"), village("500118112200"), other("500118112201");

class HandInsTest : public test::StoreTest {
 protected:
  HandInsTest() : StoreTest({audit::migrations(), changes::migrations(), handins::migrations()}) {
    campaign_.options.return_days = 3;
    due_.deadline = "monthly";
    due_.period = "2023-10";
    due_.due_on = *parse_date("2023-10-28");
    due_.due_at = due_.on_time_until = end_of(due_.due_on);
  }

  Actor actor(Role role, const PlaceId& place) {
    Actor made;
    made.account = Id<people::Account>::random(randomness());
    made.display_name = "沈知禾";
    made.grants = {{role, place}};
    return made;
  }
  Subject october() { return {CampaignId("sample"), town, village, Deliverable::report, "2023-10"}; }
  Frozen frozen(std::string digest) {
    Frozen made;
    made.sha256 = std::string(64, 'a');
    made.content_digest = std::move(digest);
    made.campaign_version = 1;
    made.activities = 8;
    return made;
  }

  Result<Version> hand_in(const Actor& who, std::string digest = "a") {
    return database().write_now([&](Transaction& transaction) {
      return handins::hand_in(transaction, who, path_, october(), frozen(std::move(digest)), &due_, clock().now());
    });
  }
  Result<Version> withdraw(const Actor& who) {
    return database().write_now(
        [&](Transaction& transaction) { return handins::withdraw(transaction, who, path_, october(), clock().now()); });
  }
  Result<Version> return_(const Actor& who, const ReturnRequest& request) {
    return database().write_now([&](Transaction& transaction) {
      return return_to_place(transaction, who, path_, october(), request, campaign_, clock().now());
    });
  }
  Result<Version> accept(const Actor& who, std::optional<Seen> seen = std::nullopt) {
    const AcceptanceRequest request{seen};
    return database().write_now(
        [&](Transaction& transaction) { return handins::accept(transaction, who, path_, october(), request, clock().now()); });
  }
  std::vector<Version> versions() {
    return database().read_now([&](Snapshot& snapshot) { return versions_of(snapshot, october()); });
  }

  campaigns::Campaign campaign_;
  campaigns::Due due_;
  std::vector<PlaceId> path_ = {village, town};
};

WUJIN_ON_BOTH_ENGINES(HandInsTest);

ReturnRequest because(std::string reason) { return {std::move(reason), {}, {}, {}}; }

TEST_P(HandInsTest, keeps_every_version_with_its_decision) {
  const Actor staff = actor(Role::village, village), officer = actor(Role::station, town);
  ASSERT_TRUE(hand_in(staff));
  clock().set(*parse_instant("2023-10-29T10:00:00+08:00"));
  ASSERT_TRUE(return_(officer, because("第二周缺活动文字，请补两三句。")));
  clock().set(*parse_instant("2023-10-30T10:00:00+08:00"));
  ASSERT_TRUE(hand_in(staff));
  ASSERT_TRUE(accept(officer));

  const auto kept = versions();
  ASSERT_EQ(kept.size(), 2u);
  EXPECT_EQ(kept[0].state, VersionState::returned);
  ASSERT_TRUE(kept[0].returned);
  EXPECT_EQ(kept[0].returned->reason, "第二周缺活动文字，请补两三句。");
  EXPECT_EQ(to_string(*kept[0].returned->correct_by), "2023-11-01");
  EXPECT_EQ(kept[1].state, VersionState::accepted);
  EXPECT_FALSE(kept[1].timeliness.on_time);
  EXPECT_TRUE(timeliness_of(kept, &due_)->on_time);
  EXPECT_EQ(kept[1].activities, 8);
}

TEST_P(HandInsTest, refuses_steps_that_make_no_sense) {
  const Actor staff = actor(Role::village, village), officer = actor(Role::station, town);
  EXPECT_EQ(withdraw(staff).error().code(), ProblemCode::not_handed_in);
  EXPECT_EQ(accept(officer).error().code(), ProblemCode::not_handed_in);
  EXPECT_EQ(return_(officer, because("x")).error().code(), ProblemCode::not_handed_in);
  ASSERT_TRUE(hand_in(staff));
  EXPECT_EQ(hand_in(staff).error().code(), ProblemCode::already_handed_in);
  EXPECT_EQ(return_(officer, because("  ")).error().code(), ProblemCode::validation);
  EXPECT_EQ(return_(officer, {"x", "unheard_of", {}, {}}).error().code(), ProblemCode::validation);
  EXPECT_EQ(return_(officer, {"x", {}, *parse_date("2023-10-25"), {}}).error().code(), ProblemCode::validation);
  ASSERT_TRUE(accept(officer));
  EXPECT_EQ(withdraw(staff).error().code(), ProblemCode::already_reviewed);
  EXPECT_TRUE(hand_in(staff, "more was held since"));
}

TEST_P(HandInsTest, judges_rights_by_role_and_place) {
  const struct {
    Role role;
    PlaceId place;
    bool hands_in, reviews;
  } table[] = {
      {Role::village, village, true, false},
      {Role::village, other, false, false},
      {Role::resident_leader, village, false, false},
      {Role::station, town, false, true},
      {Role::station, other, false, false},
      {Role::district, PlaceId("500118"), false, false},
      {Role::system, town, false, false},
      {Role::auditor, town, false, false},
      {Role::security, town, false, false},
  };
  const Actor staff = actor(Role::village, village);
  for (const auto& row : table) {
    const Actor who = actor(row.role, row.place);
    const auto handed_in = hand_in(who, "by " + who.account.to_string());
    EXPECT_EQ(handed_in.has_value(), row.hands_in) << static_cast<int>(row.role);
    if (!row.hands_in) {
      EXPECT_EQ(handed_in.error().code(), ProblemCode::forbidden);
    }
    (void)hand_in(staff, "again for " + who.account.to_string());
    EXPECT_EQ(return_(who, because("x")).has_value(), row.reviews) << static_cast<int>(row.role);
  }
}

TEST_P(HandInsTest, lets_nobody_accept_what_they_handed_in) {
  Actor both = actor(Role::village, village);
  both.grants.push_back({Role::station, town});
  ASSERT_TRUE(hand_in(both));
  EXPECT_EQ(accept(both).error().code(), ProblemCode::own_hand_in);
  EXPECT_TRUE(accept(actor(Role::station, town)));
}

TEST_P(HandInsTest, decides_on_no_other_version_than_the_one_that_was_seen) {
  const Actor staff = actor(Role::village, village), officer = actor(Role::station, town), colleague = actor(Role::station, town);
  const Seen first{1, VersionState::submitted}, second{2, VersionState::submitted};
  const ReturnRequest about_first{"x", {}, {}, first}, about_second{"x", {}, {}, second};
  EXPECT_EQ(accept(officer, first).error().code(), ProblemCode::not_the_newest) << "nothing was handed in yet";
  ASSERT_TRUE(hand_in(staff));
  ASSERT_TRUE(hand_in(staff, "more was held since"));
  EXPECT_EQ(accept(officer, first).error().code(), ProblemCode::not_the_newest);
  EXPECT_EQ(return_(officer, about_first).error().code(), ProblemCode::not_the_newest);
  EXPECT_EQ(versions().back().state, VersionState::submitted);
  ASSERT_TRUE(accept(officer, second));
  EXPECT_EQ(return_(colleague, about_second).error().code(), ProblemCode::not_the_newest) << "it was accepted meanwhile";
  EXPECT_EQ(accept(colleague, second).error().code(), ProblemCode::not_the_newest);
  EXPECT_TRUE(return_(colleague, {"x", {}, {}, Seen{2, VersionState::accepted}}));
}

TEST_P(HandInsTest, gathers_a_whole_campaign_with_one_query) {
  ASSERT_TRUE(hand_in(actor(Role::village, village)));
  const auto shelf =
      database().read_now([](Snapshot& snapshot) { return shelf_of(snapshot, CampaignId("sample"), Deliverable::report); });
  EXPECT_EQ(shelf.of(village, "2023-10").size(), 1u);
  EXPECT_TRUE(shelf.of(village, "2023-09").empty());
  EXPECT_TRUE(shelf.of(other, "2023-10").empty());
}

TEST_P(HandInsTest, leaves_a_mark_in_the_trail_for_every_step) {
  const Actor staff = actor(Role::village, village), officer = actor(Role::station, town);
  ASSERT_TRUE(hand_in(staff));
  ASSERT_TRUE(withdraw(staff));
  ASSERT_TRUE(hand_in(staff));
  ASSERT_TRUE(return_(officer, because("x")));
  const auto entries = database().read_now([](Snapshot& snapshot) {
    audit::Filter filter;
    filter.record = "sample/500118112200/2023-10";
    return audit::list(snapshot, filter, std::nullopt, 10);
  });
  ASSERT_EQ(entries.size(), 4u);
  EXPECT_EQ(entries[0].entry.verb, "return");
  EXPECT_EQ(entries[3].entry.verb, "hand_in");
  EXPECT_NE(entries[3].entry.after.find(std::string(64, 'a')), std::string::npos);
}

TEST_P(HandInsTest, keeps_the_marks_in_step_with_whatever_is_done) {
  const Actor staff = actor(Role::village, village), officer = actor(Role::station, town);
  const auto mark = [&]() -> Mark {
    return database().read_now([&](Snapshot& snapshot) {
      const std::vector<CampaignId> ids = {october().campaign};
      const auto all = marks_of(snapshot, ids);
      if (all.empty()) return Mark();
      const auto& of_campaign = all.at(october().campaign);
      EXPECT_EQ(of_campaign.size(), 1U);
      const Marks read = read_marks(of_campaign.front().marks);
      const auto found = read.find(village.text());
      return found == read.end() ? Mark() : found->second;
    });
  };
  const auto as_counted_anew = [&] {
    return database().read_now([&](Snapshot& snapshot) {
      return mark_of(versions_of(snapshot, october()), exemption_of(snapshot, october()).has_value());
    });
  };
  std::mt19937 dice(7);
  for (int step = 0; step < 200; ++step) {
    clock().advance(std::chrono::hours(1));
    switch (dice() % 6) {
      case 0:
        (void)hand_in(staff, std::string(1, static_cast<char>('a' + dice() % 3)));
        break;
      case 1:
        (void)withdraw(staff);
        break;
      case 2:
        (void)return_(officer, because("补两三句。"));
        break;
      case 3:
        (void)accept(officer);
        break;
      case 4:
        (void)database().write_now(
            [&](Transaction& transaction) { return exempt(transaction, officer, path_, october(), "示例", clock().now()); });
        break;
      default:
        (void)database().write_now(
            [&](Transaction& transaction) { return lift_exemption(transaction, officer, path_, october(), clock().now()); });
    }
    ASSERT_EQ(mark(), as_counted_anew()) << step;
  }
}

TEST_P(HandInsTest, marks_what_was_handed_in_before_there_were_marks) {
  ASSERT_TRUE(hand_in(actor(Role::village, village)));
  const Instant at = clock().now();
  const auto marks = database().write_now([&](Transaction& transaction) -> Result<std::string> {
    transaction.execute("DELETE FROM handin_marks");
    mark_if_never_marked(transaction);
    const std::vector<CampaignId> ids = {october().campaign};
    return marks_of(transaction, ids).at(october().campaign).front().marks;
  });
  ASSERT_TRUE(marks);
  EXPECT_EQ(read_marks(*marks), (Marks{{village.text(), Mark{at, false}}}));
}

TEST(Marks, are_read_as_they_were_written) {
  const Marks marks = {{"500118112200", {*parse_instant("2023-10-25T09:00:00+08:00"), false}},
                       {"a_b-C", {std::nullopt, true}},
                       {"b", {*parse_instant("2023-10-28T23:59:59+08:00"), true}}};
  EXPECT_EQ(read_marks(written(marks)), marks);
  EXPECT_EQ(read_marks(""), Marks());
  EXPECT_THROW(read_marks("a - 12x\n"), std::runtime_error);
}

}  // namespace
}  // namespace wujin::handins
