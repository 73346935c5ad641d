#include "mailbox/watcher.h"

#include <condition_variable>
#include <mutex>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "audit/trail.h"
#include "base/text.h"
#include "changes/feed.h"
#include "database/engines.h"
#include "database/open.h"
#include "mail/dovecot_server.h"
#include "mail/loop.h"
#include "mailbox/filed_store.h"
#include "mailbox/letters_store.h"
#include "mailbox/trial.h"

namespace wujin::mailbox {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

const PlaceId town("500118112000");

std::string mail_of(int number, const std::string& text = "示例") {
  return "Message-ID: <" + std::to_string(number) + "@village.example>\r\nFrom: village@example.org\r\nSubject: x\r\n\r\n" +
         text + "\r\n";
}

// What the watcher says, for whoever waits to hear it.
class Listener {
 public:
  void hear(std::string_view words) {
    const std::lock_guard lock(mutex_);
    heard_ += std::string(words) + "\n";
    changed_.notify_all();
  }
  bool hears(const std::string& words) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(30), [&] { return heard_.find(words) != std::string::npos; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::string heard_;
};

class WatcherTest : public test::StoreTest {
 protected:
  WatcherTest() : StoreTest({audit::migrations(), changes::migrations(), jobs::migrations(), mailbox::migrations()}) {
    login_ = to_hex(std::string(reinterpret_cast<const char*>(Uuid::random(dice_).bytes().data()), 8));
    mail::dovecot().make_folder(login_, "");
  }

  WatchParts parts() {
    WatchParts made{database(), queue_, *vault_, key_, dice_, clock()};
    made.limits = mail::DovecotServer::limits();
    made.pace.first_wait = std::chrono::milliseconds(20);
    made.pace.longest_wait = std::chrono::milliseconds(200);
    made.pace.standby = std::chrono::milliseconds(20);
    made.log = [this](std::string_view words) { listener_.hear(words); };
    return made;
  }

  // Of another server on the same database; SQLite has but one.
  WatchParts parts_of_another() {
    if (GetParam() == Dialect::postgres) other_database_ = open_database(engine().where());
    WatchParts made{other_database_ ? *other_database_ : database(), queue_, *vault_, key_, dice_, clock()};
    made.limits = mail::DovecotServer::limits();
    made.pace = parts().pace;
    made.log = [this](std::string_view words) { other_listener_.hear(words); };
    return made;
  }

  mail::Server server() const { return mail::dovecot().server(mail::Security::tls, login_); }

  MailboxSettings settings(Done done = Done::leave, const std::string& done_folder = "") {
    const mail::Server at = server();
    MailboxChange change;
    change.server = {at.host, at.port, at.security, at.login, at.password};
    change.folder = "INBOX";
    change.done = done;
    change.done_folder = done_folder;
    change.enabled = true;
    return changed({}, change, {key_, dice_, town}, clock().now());
  }
  void keep(const MailboxSettings& settings) {
    ASSERT_TRUE(database().write_now([&](Transaction& transaction) -> Result<> {
      KeptMailbox kept = read_mailbox(transaction, town);
      ++kept.version;
      kept.settings = settings;
      write_mailbox(transaction, town, kept);
      return {};
    }));
  }

  void deliver(const std::string& raw, const char* at = "2023-10-25T16:30:00+08:00") {
    mail::dovecot().deliver(login_, "", raw, *parse_instant(at));
  }

  int taken(const MailboxSettings& settings) {
    auto session = loop_.run(mail::ImapSession::open(server(), mail::DovecotServer::limits()));
    EXPECT_TRUE(session);
    const auto count = loop_.run(take_in_new(parts(), **session, town, settings));
    EXPECT_TRUE(count) << slug(count.error().code());
    return count ? count->letters : -1;
  }
  std::vector<LetterCore> letters() {
    return database().read_now([](Snapshot& snapshot) { return list_letters(snapshot, town, {}, {}, 100); });
  }
  // The names of the inbox's files, which tell what was seen.
  std::string marks() const {
    std::string names;
    for (const auto& name : mail::dovecot().files(login_, "")) names += name + "\n";
    return names;
  }
  void forget_place() {
    ASSERT_TRUE(database().write_now([](Transaction& transaction) -> Result<> {
      transaction.execute("DELETE FROM mailbox_folders");
      return {};
    }));
  }
  // Until so many letters are there: each wakes the queue.
  std::size_t wait_for(std::size_t count) {
    std::uint64_t seen = 0;
    for (int i = 0; i < 300 && letters().size() < count; ++i) seen = queue_.wait(seen, std::chrono::milliseconds(100));
    return letters().size();
  }

  test::TemporaryDirectory folder_;
  SystemRandomness dice_;
  std::unique_ptr<files::Vault> vault_ = files::open_disk_vault(folder_.path() / "letters");
  secrets::FieldKey key_ = secrets::FieldKey::of_file(folder_.path() / "fields.key", dice_);
  jobs::Queue queue_{clock()};
  Listener listener_;
  Listener other_listener_;
  std::unique_ptr<Database> other_database_;
  mail::Loop loop_;
  std::string login_;
};
WUJIN_ON_BOTH_ENGINES(WatcherTest);

TEST_P(WatcherTest, takes_in_what_is_there_once_bit_for_bit) {
  const std::string raw = mail_of(1, "一" + std::string(300'000, 'x'));
  deliver(raw);
  deliver(mail_of(2));
  EXPECT_EQ(taken(settings()), 2);
  EXPECT_EQ(taken(settings()), 0);
  deliver(mail_of(3));
  EXPECT_EQ(taken(settings()), 1);
  const auto all = letters();
  ASSERT_THAT(all, SizeIs(3));
  const auto first = std::ranges::find(all, "1@village.example", &LetterCore::message_id);
  ASSERT_NE(first, all.end());
  EXPECT_EQ(first->arrived_at, *parse_instant("2023-10-25T16:30:00+08:00"));
  EXPECT_EQ(first->fetched_at, clock().now());
  std::string sha256;
  from_hex(first->raw_sha256, sha256);
  EXPECT_EQ(vault_->read(sha256), raw);
  EXPECT_TRUE(std::filesystem::is_empty(vault_->staging()));
}

TEST_P(WatcherTest, knows_its_letters_again_when_every_number_is_another) {
  deliver(mail_of(1));
  deliver("Subject: without an id\r\n\r\nx\r\n");
  EXPECT_EQ(taken(settings()), 2);
  forget_place();
  EXPECT_EQ(taken(settings()), 0);
  EXPECT_THAT(letters(), SizeIs(2));
}

TEST_P(WatcherTest, leaves_alone_what_arrived_long_before_it_was_switched_on) {
  deliver(mail_of(1), "2023-08-01T08:00:00+08:00");
  deliver(mail_of(2), "2023-10-01T08:00:00+08:00");
  EXPECT_EQ(taken(settings()), 1);
}

TEST_P(WatcherTest, marks_or_moves_only_what_was_taken_in_and_when_told_to) {
  mail::dovecot().make_folder(login_, "Done");
  deliver(mail_of(1));
  EXPECT_EQ(taken(settings()), 1);
  EXPECT_THAT(marks(), Not(HasSubstr(":2,S")));
  deliver(mail_of(2));
  EXPECT_EQ(taken(settings(Done::mark_seen)), 1);
  EXPECT_THAT(marks(), HasSubstr(":2,S"));
  deliver(mail_of(3));
  EXPECT_EQ(taken(settings(Done::move, "Done")), 1);
  EXPECT_THAT(mail::dovecot().files(login_, ""), SizeIs(2));
  EXPECT_THAT(mail::dovecot().files(login_, "Done"), SizeIs(1));
}

TEST_P(WatcherTest, finishes_what_was_cut_between_taking_in_and_moving) {
  mail::dovecot().make_folder(login_, "Done");
  deliver(mail_of(1));
  EXPECT_EQ(taken(settings()), 1);
  forget_place();
  EXPECT_EQ(taken(settings(Done::move, "Done")), 0);
  EXPECT_THAT(mail::dovecot().files(login_, ""), IsEmpty());
  EXPECT_THAT(letters(), SizeIs(1));
}

TEST_P(WatcherTest, takes_in_what_it_cannot_move_and_says_so) {
  deliver(mail_of(1));
  deliver(mail_of(2));
  keep(settings(Done::move, "nowhere"));
  Watcher watcher(parts());
  watcher.start();
  EXPECT_EQ(wait_for(2), 2u);
  watcher.stop();
  const auto next = database().read_now([&](Snapshot& snapshot) {
    return snapshot.first("SELECT next_uid FROM mailbox_folders", {}, [](const Row& row) { return row.integer(0); });
  });
  EXPECT_GE(next.value_or(0), 2);
  EXPECT_THAT(mail::dovecot().files(login_, ""), SizeIs(2));
}

TEST_P(WatcherTest, takes_in_what_comes_while_it_watches_until_it_is_stopped) {
  deliver(mail_of(1));
  keep(settings());
  Watcher watcher(parts());
  watcher.start();
  EXPECT_EQ(wait_for(1), 1u);
  deliver(mail_of(2));
  EXPECT_EQ(wait_for(2), 2u);
  watcher.stop();
  const auto state = database().read_now([](Snapshot& snapshot) { return read_state(snapshot, town); });
  EXPECT_FALSE(state.problem);
  EXPECT_EQ(state.last_letter_at, clock().now());
}

TEST_P(WatcherTest, says_what_is_wrong_and_begins_anew_with_other_settings) {
  deliver(mail_of(1));
  MailboxSettings wrong = settings();
  wrong.folder = "nowhere";
  keep(wrong);
  Watcher watcher(parts());
  watcher.start();
  EXPECT_TRUE(listener_.hears("mailbox_no_such_folder"));
  keep(settings());
  watcher.changed(town);
  EXPECT_EQ(wait_for(1), 1u);
  MailboxSettings off = settings();
  off.enabled = false;
  keep(off);
  watcher.changed(town);
  watcher.stop();
}

TEST_P(WatcherTest, lets_one_of_two_servers_watch_and_the_other_go_on_when_it_stops) {
  deliver(mail_of(1));
  keep(settings());
  Watcher one(parts());
  one.start();
  EXPECT_EQ(wait_for(1), 1u);
  Watcher other(parts_of_another());
  other.start();
  EXPECT_TRUE(other_listener_.hears("another server watches it"));
  deliver(mail_of(2));
  EXPECT_EQ(wait_for(2), 2u);
  one.stop();
  deliver(mail_of(3));
  EXPECT_EQ(wait_for(3), 3u);
  other.stop();
}

TEST_P(WatcherTest, goes_on_for_a_server_that_fell_silent_once_its_turn_ended) {
  const Turn silent{Uuid::random(dice_), std::chrono::minutes(12)};
  const auto take = [&](const Turn& turn) {
    return *database().write_now(
        [&](Transaction& transaction) -> Result<bool> { return take_turn(transaction, town, turn, clock().now()); });
  };
  EXPECT_TRUE(take(silent));
  EXPECT_TRUE(take(silent)) << "it may be made longer";
  EXPECT_FALSE(take({Uuid::random(dice_), silent.length}));
  deliver(mail_of(1));
  keep(settings());
  Watcher watcher(parts_of_another());
  watcher.start();
  EXPECT_TRUE(other_listener_.hears("another server watches it"));
  EXPECT_THAT(letters(), IsEmpty());
  clock().advance(silent.length);
  EXPECT_EQ(wait_for(1), 1u);
  EXPECT_FALSE(take(silent)) << "whoever wakes up again stands by";
  watcher.stop();
  EXPECT_TRUE(take(silent));
}

TEST_P(WatcherTest, follows_what_another_server_enters_and_changes) {
  mail::dovecot().make_folder(login_, "Other");
  deliver(mail_of(1));
  Watcher watcher(parts_of_another());
  watcher.start();
  keep(settings());
  EXPECT_EQ(wait_for(1), 1u);
  mail::dovecot().deliver(login_, "Other", mail_of(2), *parse_instant("2023-10-25T16:30:00+08:00"));
  MailboxSettings moved = settings();
  moved.folder = "Other";
  keep(moved);
  EXPECT_EQ(wait_for(2), 2u);
  MailboxSettings off = moved;
  off.enabled = false;
  keep(off);
  off.enabled = true;
  keep(off);
  mail::dovecot().deliver(login_, "Other", mail_of(3), *parse_instant("2023-10-25T16:31:00+08:00"));
  EXPECT_EQ(wait_for(3), 3u);
  watcher.stop();
}

TEST_P(WatcherTest, tries_a_mailbox_step_by_step) {
  const auto tried = [&](const mail::Server& at, const std::string& folder, Done done = Done::leave) {
    TestRequest request;
    request.folder = folder;
    request.done = done;
    request.done_folder = "nowhere";
    return loop_.run(try_mailbox(at, request, mail::DovecotServer::limits()));
  };
  const auto last = [](const Trial& trial) { return std::pair(trial.steps.back().step, trial.steps.back().is_ok); };
  EXPECT_EQ(last(tried(server(), "INBOX")), std::pair(Step::watch, true));
  EXPECT_EQ(last(tried(server(), "INBOX", Done::move)), std::pair(Step::finish, false));
  EXPECT_EQ(last(tried(server(), "nowhere")), std::pair(Step::open_folder, false));
  mail::Server wrong = server();
  wrong.password = "wrong";
  EXPECT_EQ(last(tried(wrong, "INBOX")), std::pair(Step::sign_in, false));
  wrong.port = 1;
  EXPECT_EQ(last(tried(wrong, "INBOX")), std::pair(Step::reach, false));
}

}  // namespace
}  // namespace wujin::mailbox
