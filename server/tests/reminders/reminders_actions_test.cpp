#include "reminders/reminders_actions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "activities/activities_store.h"
#include "audit/trail.h"
#include "base/json.h"
#include "campaigns/campaign_store_test.h"
#include "changes/feed.h"
#include "handins/handins_actions.h"
#include "people/accounts_store.h"
#include "photos/photos_store.h"
#include "places/place_store.h"
#include "plans/plans_store.h"
#include "reminders/dispatch.h"

namespace wujin::reminders {
namespace {

using people::Role;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr const char* town = "500118112000";
constexpr const char* first_village = "500118112200";
const CampaignId campaign("baofeng-2023");

// The real notice, six places, one robot that is nowhere: nothing leaves, what is asked for stands in the table.
class RemindersTest : public test::CampaignStoreTest {
 protected:
  RemindersTest()
      : CampaignStoreTest({audit::migrations(), changes::migrations(), jobs::migrations(), places::migrations(),
                           people::migrations(), campaigns::migrations(), photos::migrations(), activities::migrations(),
                           handins::migrations(), plans::migrations(), migrations()}) {}

  people::Actor station() { return person(Role::station, town); }

  JobParts parts() { return {database(), queue_, catalogue_, key_, randomness(), clock(), {}, {}}; }

  Result<Preview> shown(const people::Actor& actor, Asked asked) {
    return database().read_now(
        [&](Snapshot& snapshot) { return preview(snapshot, catalogue_, actor, asked, "http://here", clock().now()); });
  }

  void set(SettingsChange change) {
    change.address = "https://wujin.example.org";
    change.robots = {{robot_, "示例群", webhooks::RobotKind::wecom, "https://example.org/x", std::nullopt, true}};
    EXPECT_TRUE(database().write_now([&](Transaction& transaction) {
      const SettingsTools tools{key_, randomness(), limits_, queue_};
      return change_settings(transaction, tools, station(), PlaceId(town), change, "*", clock().now());
    }));
  }

  void hand_in(const PlaceId& place, const char* period) {
    EXPECT_TRUE(database().write_now([&](Transaction& transaction) {
      const auto bundle = catalogue_.latest(transaction, campaign);
      const auto tree = places::read_tree(transaction, china_date(clock().now()));
      const handins::Subject subject{campaign, PlaceId(town), place, Deliverable::report, period};
      const auto due = campaigns::due_of(bundle->campaign, Deliverable::report, tree.find(place)->kind, *parse_month(period));
      handins::Frozen frozen;
      frozen.sha256 = std::string(64, 'a');
      frozen.content_digest = "made of this";
      frozen.campaign_version = 1;
      return handins::hand_in(transaction, person(Role::village, place.text().c_str()), tree.place_and_ancestors(place), subject,
                              frozen, &*due, clock().now());
    }));
  }

  std::vector<Message> messages() {
    return database().read_now([](Snapshot& snapshot) { return list(snapshot, campaign, std::nullopt, 100); });
  }

  test::TemporaryDirectory folder_;
  jobs::Queue queue_{clock()};
  SystemRandomness dice_;
  secrets::FieldKey key_ = secrets::FieldKey::of_file(folder_.path() / "fields.key", dice_);
  webhooks::Limits limits_;
  Id<Robot> robot_ = Id<Robot>::random(dice_);
};
WUJIN_ON_BOTH_ENGINES(RemindersTest);

TEST_P(RemindersTest, ask_the_group_for_what_is_due_and_thank_it_when_all_is_in) {
  const Asked october{campaign, *parse_date("2023-10-28"), std::nullopt};
  const auto before = shown(station(), october);
  ASSERT_TRUE(before);
  EXPECT_EQ(before->owing.size(), 6U);
  const auto text = group_text(before->town.campaign(), before->town.day, before->owing, before->town.telling);
  EXPECT_THAT(text, AllOf(HasSubstr("请于10月28日（星期六）前报送"), HasSubstr("泸永桥村"),
                          HasSubstr("http://here/phone/reports/2023-10")));
  for (const Owing& one : before->owing) hand_in(one.place, "2023-10");
  const auto after = shown(station(), october);
  EXPECT_EQ(after->kind, Kind::all_in);
  EXPECT_EQ(group_text(after->town.campaign(), after->town.day, after->owing, after->town.telling),
            "各村（社区）：10月工作情况已全部报送，谢谢大家。");
}

TEST_P(RemindersTest, are_the_stations_alone) {
  for (const auto role : {Role::district, Role::system, Role::village}) {
    EXPECT_FALSE(shown(person(role, role == Role::village ? first_village : town), {campaign, *parse_date("2023-10-28"), {}}));
  }
}

TEST_P(RemindersTest, go_out_once_for_a_moment_of_the_schedule_and_not_at_all_when_all_is_in) {
  SettingsChange change;
  change.schedule.on = true;
  change.schedule.days_before = {1};
  clock().set(*parse_instant("2023-10-20T09:00:00+08:00"));
  set(change);
  EXPECT_EQ(look(parts()), 0);
  clock().set(*parse_instant("2023-10-27T09:00:00+08:00"));
  EXPECT_EQ(look(parts()), 1);
  EXPECT_EQ(look(parts()), 0);
  ASSERT_EQ(messages().size(), 1U);
  EXPECT_EQ(messages().front().state, State::waiting);
  EXPECT_FALSE(messages().front().by);
  const auto november = shown(station(), {campaign, *parse_date("2023-11-28"), {}});
  for (const auto& one : november->owing) hand_in(one.place, "2023-11");
  clock().set(*parse_instant("2023-11-27T09:00:00+08:00"));
  EXPECT_EQ(look(parts()), 0);
}

TEST_P(RemindersTest, are_dropped_when_all_came_in_before_they_went_out_and_worded_anew_when_some_did) {
  SettingsChange change;
  change.schedule.on = true;
  change.schedule.days_before = {1};
  clock().set(*parse_instant("2023-10-27T08:30:00+08:00"));
  set(change);
  clock().set(*parse_instant("2023-10-27T09:00:00+08:00"));
  ASSERT_EQ(look(parts()), 1);
  jobs::Workers senders(database(), queue_, clock(), randomness(), {}, [](std::string_view) {});
  jobs::Workers workers(database(), queue_, clock(), randomness(), {}, [](std::string_view) {});
  add_jobs(workers, senders, parts());
  const auto october = shown(station(), {campaign, *parse_date("2023-10-28"), {}});
  for (const auto& one : october->owing) hand_in(one.place, "2023-10");
  senders.run_due();
  ASSERT_EQ(messages().size(), 1U);
  EXPECT_EQ(messages().front().state, State::cancelled);
}

TEST_P(RemindersTest, that_were_being_sent_when_the_program_died_wait_for_a_person) {
  set({});
  SendRequest request;
  request.campaign = campaign;
  request.due_on = *parse_date("2023-10-28");
  request.robots = {robot_.to_string()};
  const auto sent = database().write_now([&](Transaction& transaction) {
    return send_by_hand(transaction, {catalogue_, queue_, randomness()}, station(), request, "", clock().now());
  });
  ASSERT_TRUE(sent);
  (void)database().write_now([&](Transaction& transaction) -> Result<> {
    auto message = sent->front();
    message.state = State::sending;
    update(transaction, message);
    return {};
  });
  jobs::Workers senders(database(), queue_, clock(), randomness(), {}, [](std::string_view) {});
  jobs::Workers workers(database(), queue_, clock(), randomness(), {}, [](std::string_view) {});
  add_jobs(workers, senders, parts());
  senders.run_due();
  EXPECT_EQ(messages().front().state, State::uncertain);
  EXPECT_EQ(messages().front().attempts, 0);
}

TEST_P(RemindersTest, keep_settings_whose_secrets_only_the_key_opens) {
  SettingsChange change;
  change.mailbox = MailboxChange{"smtp.example.org", 465, mail::Security::tls, "station", "word", "station@example.org", ""};
  set(change);
  auto kept = database().read_now([](Snapshot& snapshot) { return read_settings(snapshot, PlaceId(town)); });
  EXPECT_THAT(encode_json(kept.settings), AllOf(Not(HasSubstr("\"word\"")), Not(HasSubstr("example.org/x"))));
  EXPECT_EQ(server_of(*kept.settings.mailbox, key_, PlaceId(town))->password, "word");
  // It stays for the same server, and never goes to another one.
  change.mailbox->password.reset();
  set(change);
  kept = database().read_now([](Snapshot& snapshot) { return read_settings(snapshot, PlaceId(town)); });
  EXPECT_EQ(server_of(*kept.settings.mailbox, key_, PlaceId(town))->password, "word");
  change.mailbox->host = "elsewhere.example.org";
  set(change);
  kept = database().read_now([](Snapshot& snapshot) { return read_settings(snapshot, PlaceId(town)); });
  EXPECT_EQ(server_of(*kept.settings.mailbox, key_, PlaceId(town))->password, "");
}

}  // namespace
}  // namespace wujin::reminders
