#include "mailbox/mailbox_settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/randomness.h"
#include "database/engines.h"

namespace wujin::mailbox {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class MailboxSettingsTest : public testing::Test {
 protected:
  static MailboxChange change() {
    MailboxChange made;
    made.server = {"imap.example.cn", 993, mail::Security::tls, "station@example.cn", "app-password"};
    made.folder = "INBOX";
    made.enabled = true;
    return made;
  }
  MailboxSettings kept(const MailboxChange& entered, const MailboxSettings& before = {}) {
    return changed(before, entered, {key_, dice_, town_}, now_);
  }
  static std::vector<std::string> faults_of(const MailboxChange& entered, const MailboxSettings& before = {}) {
    std::vector<std::string> fields;
    const auto checked = check(entered, before);
    if (checked) return fields;
    const Problem problem = checked.error();
    for (const Fault& fault : problem.faults()) fields.push_back(fault.field);
    return fields;
  }

  test::TemporaryDirectory folder_;
  SystemRandomness dice_;
  secrets::FieldKey key_ = secrets::FieldKey::of_file(folder_.path() / "fields.key", dice_);
  const PlaceId town_{"500118112000"};
  const Instant now_ = *parse_instant("2023-10-26T09:00:00+08:00");
};

TEST_F(MailboxSettingsTest, names_every_fault_at_once) {
  MailboxChange entered = change();
  entered.server.host = "imap example";
  entered.server.port = 0;
  entered.server.login = " ";
  entered.server.password.reset();
  entered.folder = "";
  entered.done = Done::move;
  EXPECT_THAT(faults_of(entered),
              ElementsAre("server.host", "server.port", "server.login", "server.password", "folder", "done_folder"));
  EXPECT_THAT(faults_of(change()), ElementsAre());
}

TEST_F(MailboxSettingsTest, moves_letters_to_another_folder_than_they_come_from) {
  MailboxChange entered = change();
  entered.done = Done::move;
  entered.done_folder = entered.folder;
  EXPECT_THAT(faults_of(entered), ElementsAre("done_folder"));
}

TEST_F(MailboxSettingsTest, keeps_the_password_sealed_and_gives_it_to_the_server_it_was_entered_for) {
  const MailboxSettings settings = kept(change());
  EXPECT_THAT(settings.server->sealed_password, Not(HasSubstr("app-password")));
  EXPECT_EQ(server_of(*settings.server, key_, town_)->password, "app-password");
  EXPECT_FALSE(server_of(*settings.server, key_, PlaceId("another")));
}

TEST_F(MailboxSettingsTest, asks_for_the_password_again_when_the_server_is_another_one) {
  const MailboxSettings before = kept(change());
  MailboxChange entered = change();
  entered.server.password.reset();
  EXPECT_THAT(faults_of(entered, before), ElementsAre());
  EXPECT_EQ(server_of(*kept(entered, before).server, key_, town_)->password, "app-password");
  entered.server.host = "imap.elsewhere.cn";
  EXPECT_THAT(faults_of(entered, before), ElementsAre("server.password"));
}

TEST_F(MailboxSettingsTest, looks_a_month_back_from_when_it_was_first_switched_on) {
  MailboxChange entered = change();
  entered.enabled = false;
  const MailboxSettings off = kept(entered);
  EXPECT_EQ(off.on_since, std::nullopt);
  const MailboxSettings on = kept(change(), off);
  EXPECT_EQ(horizon_of(on), now_ - std::chrono::hours(31 * 24));
  EXPECT_EQ(kept(change(), on).on_since, now_);
}

}  // namespace
}  // namespace wujin::mailbox
