#include "mailbox/intake.h"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "activities/activities_store.h"
#include "activities/activity_owners.h"
#include "audit/trail.h"
#include "base/text.h"
#include "campaigns/campaign_store_test.h"
#include "changes/feed.h"
#include "handins/handins_store.h"
#include "images/scene.h"
#include "mailbox/dispatch.h"
#include "mailbox/filed_store.h"
#include "mailbox/letters_actions.h"
#include "mailbox/mailboxes_store.h"
#include "mailbox/taking_in.h"
#include "people/accounts_store.h"
#include "photos/drawing.h"
#include "photos/photos_store.h"
#include "places/place_store.h"
#include "plans/plans_store.h"
#include "reminders/reminders_store.h"
#include "reports/reports_store.h"
#include "tallies/tallies_store.h"

namespace wujin::mailbox {
namespace {

using people::Role;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

const PlaceId town("500118112000");
const PlaceId village("500118112200");

std::string mail_of(const std::string& more_headers, const std::string& picture) {
  return "Message-ID: <1@village.example>\r\nFrom: =?UTF-8?B?" + to_base64("示例村") +
         "?= <Village@Example.org>\r\nTo: station@example.org\r\nSubject: =?UTF-8?B?" + to_base64("10月材料") + "?=\r\n" +
         more_headers +
         "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b0\"\r\n\r\n--b0\r\n"
         "Content-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
         to_base64("见附件。") +
         "\r\n--b0\r\nContent-Type: image/jpeg; name=\"1.jpg\"\r\nContent-Disposition: attachment; filename=\"1.jpg\"\r\n"
         "Content-Transfer-Encoding: base64\r\n\r\n" +
         to_base64(picture) + "\r\n--b0--\r\n";
}

class IntakeTest : public test::CampaignStoreTest {
 protected:
  IntakeTest()
      : CampaignStoreTest({audit::migrations(), changes::migrations(), jobs::migrations(), places::migrations(),
                           people::migrations(), campaigns::migrations(), photos::migrations(), activities::migrations(),
                           handins::migrations(), plans::migrations(), reports::migrations(), tallies::migrations(),
                           reminders::migrations(), mailbox::migrations()}) {
    EXPECT_TRUE(database().write_now([&](Transaction& transaction) -> Result<> {
      KeptMailbox kept;
      kept.settings.server = StoredServer{"imap.example.org", 993, mail::Security::tls, "station@example.org", ""};
      kept.settings.enabled = true;
      write_mailbox(transaction, town, kept);
      return {};
    }));
  }

  LetterJobParts parts() { return {database(), queue_, *letters_, catalogue_, filing_, randomness(), clock()}; }

  std::filesystem::path staged(const std::string& raw) {
    const auto path = letters_->staging() / ("mail-" + std::to_string(++staged_));
    std::ofstream(path, std::ios::binary) << raw;
    return path;
  }

  Id<Letter> arrives(const std::string& raw, const std::string& message_id = "1@village.example") {
    const auto path = staged(raw);
    const MailFacts facts = facts_of_mail(path);
    letters_->adopt(path, facts.raw);
    ArrivedMail mail;
    mail.town = town;
    mail.envelope = {1, *parse_instant("2023-10-25T16:30:00+08:00"), raw.size(), message_id};
    mail.fetched_at = clock().now();
    return database()
        .write_now(
            [&](Transaction& transaction) -> Result<TakenIn> { return take_in(transaction, queue_, randomness(), mail, facts); })
        ->letter;
  }

  static jobs::Job job(const Id<Letter>& id, int attempt = 1) { return {1, "", id.to_string(), attempt, 20}; }

  Letter now(const Id<Letter>& id) {
    return *database().read_now([&](Snapshot& snapshot) { return find_letter(snapshot, id); });
  }
  std::vector<Reply> replies(const Id<Letter>& id) {
    return database().read_now([&](Snapshot& snapshot) { return replies_to(snapshot, id); });
  }

  // What the trail keeps of a letter, the oldest first.
  std::vector<audit::Entry> trail_of(const Id<Letter>& id) {
    audit::Filter filter;
    filter.kind = "letter";
    filter.record = id.to_string();
    std::vector<audit::Entry> entries;
    for (auto& one : database().read_now([&](Snapshot& snapshot) { return audit::list(snapshot, filter, std::nullopt, 100); })) {
      entries.insert(entries.begin(), std::move(one.entry));
    }
    return entries;
  }

  // A person says what it is and has it filed.
  Letter filed_by_hand(const Id<Letter>& id, const char* month = "2023-10") {
    LetterCorrection correction;
    correction.place = village;
    correction.form = Deliverable::report;
    correction.month = *parse_month(month);
    CorrectedActivity activity;
    activity.week = 1;
    activity.entry = "countryside";
    activity.heading = "消防宣传进农村";
    activity.text = "讲解用火用电。";
    activity.pictures = {{-1, 0, ""}};
    correction.activities = {activity};
    const LetterTools tools{catalogue_, queue_, randomness(), filing_};
    const auto officer = person(Role::station, "500118112000");
    const auto asked = database().write_now([&](Transaction& transaction) -> Result<Letter> {
      const auto corrected =
          correct_letter(transaction, tools, officer, id, correction, etag_of(*find_core(transaction, id)), clock().now());
      if (!corrected) return corrected.error();
      return ask_to_file(transaction, tools, officer, id, {}, etag_of(*corrected), clock().now());
    });
    EXPECT_TRUE(asked);
    return file(id);
  }
  Letter file(const Id<Letter>& id) {
    auto done = file_letter(parts(), job(id));
    if (!done) {
      draw();
      done = file_letter(parts(), job(id));
    }
    EXPECT_TRUE(done);
    return now(id);
  }
  void draw() {
    jobs::Workers workers(database(), queue_, clock(), randomness(), {}, [](std::string_view) {});
    photos::add_jobs(workers, {database(), queue_, *pictures_, owners_, likenesses_, clock()});
    workers.run_due();
  }

  // The outgoing mailbox of the reminders, at which nobody listens.
  void enter_outgoing(const std::string& from_address) {
    EXPECT_TRUE(database().write_now([&](Transaction& transaction) -> Result<> {
      reminders::KeptSettings kept;
      kept.settings.mailbox = reminders::StoredMailbox{"127.0.0.1", 1, mail::Security::tls, "station", "", from_address, ""};
      reminders::write_settings(transaction, town, kept);
      return {};
    }));
  }

  std::string picture() { return images::draw_scene(images::Scene::yard, ++drawn_, clock().now()); }

  test::TemporaryDirectory folder_;
  std::unique_ptr<files::Vault> letters_ = files::open_disk_vault(folder_.path() / "letters");
  std::unique_ptr<files::Vault> pictures_ = files::open_disk_vault(folder_.path() / "files");
  jobs::Queue queue_{clock()};
  activities::ActivityOwners activity_owners_{clock()};
  photos::OwnersOfRooms owners_{{&activity_owners_}};
  photos::Likenesses likenesses_;
  campaigns::FormTemplates forms_;
  Filing filing_{{database(), queue_, *pictures_, owners_, catalogue_, forms_}};
  int staged_ = 0;
  std::uint64_t drawn_ = 0;
};
WUJIN_ON_BOTH_ENGINES(IntakeTest);

TEST_P(IntakeTest, knows_a_mail_by_its_body_whatever_way_it_took) {
  const std::string body = "\r\nText\r\n\r\nMehr\r\n";
  const auto facts = [&](const std::string& raw) { return facts_of_mail(staged(raw)); };
  const auto one = facts("Received: a\r\nSubject: x\r\n" + body);
  const auto other = facts("Received: b\r\n c\r\nSubject: x\r\n" + body);
  EXPECT_EQ(one.body_sha256, other.body_sha256);
  EXPECT_NE(one.raw.sha256, other.raw.sha256);
  EXPECT_NE(one.body_sha256, facts("Received: a\r\nSubject: x\r\n" + body + "x").body_sha256);
  EXPECT_EQ(facts("Subject: x\n\nText").body_sha256, facts("Subject: y\r\n\r\nText").body_sha256);
  EXPECT_EQ(facts("Subject: no body").body_sha256, facts("").body_sha256);
}

TEST_P(IntakeTest, reads_a_mail_keeps_its_files_and_lets_a_stranger_wait) {
  const std::string bytes = picture();
  const std::string raw = mail_of("", bytes);
  const auto id = arrives(raw);
  EXPECT_EQ(now(id).state, LetterState::reading);
  ASSERT_TRUE(read_letter(parts(), job(id)));
  const Letter letter = now(id);
  EXPECT_EQ(letter.state, LetterState::waiting);
  EXPECT_EQ(letter.contents.from_address, "village@example.org");
  EXPECT_EQ(letter.contents.from_name, "示例村");
  EXPECT_EQ(letter.contents.subject, "10月材料");
  EXPECT_THAT(letter.head.cautions, Contains(Caution::sender_unconfirmed));
  ASSERT_THAT(letter.contents.parts, SizeIs(1));
  EXPECT_THAT(letter.contents.loose, ElementsAre(0));
  std::string sha256;
  from_hex(letter.contents.parts[0].sha256, sha256);
  EXPECT_EQ(letters_->read(sha256), bytes);
  from_hex(letter.raw_sha256, sha256);
  EXPECT_EQ(letters_->read(sha256), raw);
  ASSERT_TRUE(read_letter(parts(), job(id)));  // a job may run twice
  EXPECT_EQ(now(id).version, letter.version);
}

TEST_P(IntakeTest, gives_up_what_brought_a_reader_down_twice) {
  const auto id = arrives(mail_of("", picture()));
  ASSERT_TRUE(read_letter(parts(), job(id, 3)));
  EXPECT_EQ(now(id).state, LetterState::failed);
  EXPECT_THAT(now(id).head.doubts, ElementsAre(Doubt::unreadable));
}

TEST_P(IntakeTest, files_what_a_person_says_learns_the_sender_and_owes_one_receipt) {
  const auto id = arrives(mail_of("", picture()));
  ASSERT_TRUE(read_letter(parts(), job(id)));
  const Letter filed = filed_by_hand(id);
  ASSERT_EQ(filed.state, LetterState::filed);
  EXPECT_EQ(filed.course.filed->filed.version, 1);
  EXPECT_EQ(filed.course.filed->filed.pictures, 1);
  EXPECT_TRUE(filed.course.filed->filed.on_time);
  const auto senders = database().read_now([](Snapshot& snapshot) { return senders_of(snapshot, town); });
  ASSERT_THAT(senders, SizeIs(1));
  EXPECT_EQ(senders[0].address, "village@example.org");
  EXPECT_TRUE(senders[0].is_confirmed);
  ASSERT_THAT(replies(id), SizeIs(1));
  EXPECT_EQ(replies(id)[0].kind, ReplyKind::receipt);
  EXPECT_EQ(replies(id)[0].receiver, "village@example.org");
  EXPECT_THAT(replies(id)[0].text, HasSubstr("2023年10月活动情况：1周、1场活动、1张图片"));
  ASSERT_TRUE(file_letter(parts(), job(id)));  // a job may run twice
  EXPECT_THAT(replies(id), SizeIs(1));
  EXPECT_EQ(now(id).version, filed.version);
}

TEST_P(IntakeTest, leaves_in_the_trail_what_became_of_a_letter_and_no_word_of_it) {
  const auto id = arrives(mail_of("", picture()));
  ASSERT_TRUE(read_letter(parts(), job(id)));
  ASSERT_EQ(filed_by_hand(id).state, LetterState::filed);
  SystemRandomness keys;
  const auto key = secrets::FieldKey::of_file(folder_.path() / "fields.key", keys);
  enter_outgoing("village@example.org");
  ASSERT_TRUE(send_reply({database(), queue_, key, clock(), {}}, {1, "", replies(id)[0].id.to_string(), 1, 20}));
  const auto entries = trail_of(id);
  std::vector<std::string> verbs;
  for (const audit::Entry& entry : entries) {
    verbs.push_back(entry.verb);
    const std::string whole = entry.before + entry.after + entry.record + entry.place;
    for (const char* word : {"example.org", "示例村", "10月材料", "讲解用火用电"}) EXPECT_THAT(whole, Not(HasSubstr(word)));
  }
  EXPECT_THAT(verbs, ElementsAre("letter_taken_in", "correct_letter", "file_letter", "letter_filed", "letter_reply_settled"));
  EXPECT_FALSE(entries[0].account);
  EXPECT_TRUE(entries[3].account) << "filed by a person";
  EXPECT_THAT(entries[3].after, HasSubstr(R"("by_itself":false)"));
  EXPECT_THAT(entries[4].after, HasSubstr(R"("kind":"receipt","state":"refused")"));
}

TEST_P(IntakeTest, takes_a_filing_back_once_and_vouches_for_its_sender_no_more) {
  const auto id = arrives(mail_of("", picture()));
  ASSERT_TRUE(read_letter(parts(), job(id)));
  const LetterTools tools{catalogue_, queue_, randomness(), filing_};
  const auto officer = person(Role::station, "500118112000");
  const auto back = [&](const std::string& etag) {
    return database().write_now(
        [&](Transaction& transaction) { return take_back(transaction, tools, officer, id, etag, clock().now()); });
  };
  EXPECT_EQ(back(etag_of(now(id))).error().code(), ProblemCode::letter_not_filed);
  const Letter filed = filed_by_hand(id);
  EXPECT_EQ(back("\"0\"").error().code(), ProblemCode::stale);
  const auto taken = back(etag_of(filed));
  ASSERT_TRUE(taken);
  EXPECT_EQ(taken->state, LetterState::waiting);
  EXPECT_FALSE(taken->course.filed);
  ASSERT_TRUE(taken->course.taken_back);
  EXPECT_EQ(taken->course.taken_back->what.removed, 1);
  EXPECT_EQ(taken->course.taken_back->what.filed.place, village);
  EXPECT_THAT(taken->head.cautions, ElementsAre(Caution::sender_unconfirmed));
  EXPECT_THAT(database().read_now([](Snapshot& snapshot) { return senders_of(snapshot, town); }), IsEmpty());
  const auto again = back(etag_of(filed));
  ASSERT_TRUE(again) << "the same once more changes nothing";
  EXPECT_EQ(again->version, taken->version);

  const Letter anew = filed_by_hand(id);
  ASSERT_EQ(anew.state, LetterState::filed);
  EXPECT_FALSE(anew.course.taken_back);
  EXPECT_EQ(anew.course.filed->filed.version, 2);
  EXPECT_THAT(replies(id), SizeIs(1)) << "a letter has one receipt";
}

TEST_P(IntakeTest, puts_back_what_may_not_be_filed_and_says_why) {
  const auto id = arrives(mail_of("", picture()));
  ASSERT_TRUE(read_letter(parts(), job(id)));
  ASSERT_EQ(filed_by_hand(id).state, LetterState::filed);
  const auto older = arrives(mail_of("X: 1\r\n", picture()), "0@village.example");
  ASSERT_TRUE(read_letter(parts(), job(older)));
  EXPECT_TRUE(database()
                  .write_now([&](Transaction& transaction) -> Result<> {
                    transaction.execute("UPDATE letters SET arrived_at = $2 WHERE id = $1",
                                        {older, now(older).arrived_at - std::chrono::hours(1)});
                    return {};
                  })
                  .has_value());
  const Letter hindered = filed_by_hand(older);
  EXPECT_EQ(hindered.state, LetterState::waiting);
  ASSERT_TRUE(hindered.course.hindered);
  EXPECT_EQ(hindered.course.hindered->hindrance, Hindrance::newer_letter);
  EXPECT_EQ(trail_of(older).back().verb, "letter_hindered");
  EXPECT_THAT(trail_of(older).back().after, HasSubstr(R"("hindrance":"newer_letter")"));
  EXPECT_THAT(replies(older), IsEmpty());
}

TEST_P(IntakeTest, sends_no_receipt_to_a_machine_or_to_itself) {
  const char* nobody[] = {"Auto-Submitted: auto-replied\r\n", "Reply-To: <STATION@example.org>\r\n"};
  int number = 0;
  for (const char* header : nobody) {
    const auto id = arrives(mail_of(header, picture()), std::to_string(++number) + "@x");
    ASSERT_TRUE(read_letter(parts(), job(id)));
    ASSERT_EQ(filed_by_hand(id).state, LetterState::filed) << header;
    EXPECT_THAT(replies(id), IsEmpty()) << header;
  }
}

TEST_P(IntakeTest, sends_nobody_more_than_three_receipts_a_day) {
  int owed = 0;
  for (int i = 0; i < 4; ++i) {
    const auto id = arrives(mail_of("", picture()), std::to_string(i) + "@x");
    ASSERT_TRUE(read_letter(parts(), job(id)));
    ASSERT_EQ(filed_by_hand(id).state, LetterState::filed);
    owed += static_cast<int>(replies(id).size());
  }
  EXPECT_EQ(owed, 3);
}

TEST_P(IntakeTest, lets_a_receipt_wait_until_there_is_a_mailbox_to_send_it_from) {
  SystemRandomness keys;
  const auto key = secrets::FieldKey::of_file(folder_.path() / "fields.key", keys);
  const SendParts sending{database(), queue_, key, clock(), {}};
  const auto id = arrives(mail_of("", picture()));
  ASSERT_TRUE(read_letter(parts(), job(id)));
  filed_by_hand(id);
  const auto send = [&] { return send_reply(sending, {1, "", replies(id)[0].id.to_string(), 1, 20}); };
  ASSERT_TRUE(send());
  EXPECT_EQ(replies(id)[0].state, ReplyState::not_set_up);
  EXPECT_EQ(wake_stuck(sending), 0);
  enter_outgoing("desk@example.org");
  EXPECT_EQ(wake_stuck(sending), 1);
  EXPECT_FALSE(send());  // nobody listens there: later
  EXPECT_EQ(replies(id)[0].state, ReplyState::waiting);
  EXPECT_EQ(replies(id)[0].attempts, 1);
}

TEST_P(IntakeTest, lets_a_receipt_expire_that_waited_two_weeks_for_a_mailbox) {
  SystemRandomness keys;
  const auto key = secrets::FieldKey::of_file(folder_.path() / "fields.key", keys);
  const SendParts sending{database(), queue_, key, clock(), {}};
  const auto id = arrives(mail_of("", picture()));
  ASSERT_TRUE(read_letter(parts(), job(id)));
  filed_by_hand(id);
  const auto send = [&] { return send_reply(sending, {1, "", replies(id)[0].id.to_string(), 1, 20}); };
  ASSERT_TRUE(send());
  clock().advance(longest_stuck - std::chrono::milliseconds(1));
  EXPECT_EQ(wake_stuck(sending), 0);
  EXPECT_EQ(replies(id)[0].state, ReplyState::not_set_up);
  clock().advance(std::chrono::milliseconds(1));
  EXPECT_EQ(wake_stuck(sending), 0);
  EXPECT_EQ(replies(id)[0].state, ReplyState::expired);
  EXPECT_EQ(replies(id)[0].settled_at, clock().now());
  EXPECT_THAT(trail_of(id).back().after, HasSubstr(R"("state":"expired")"));
  enter_outgoing("desk@example.org");
  EXPECT_EQ(wake_stuck(sending), 0) << "it stays so, whatever is set up later";
  ASSERT_TRUE(send());
  EXPECT_EQ(replies(id)[0].state, ReplyState::expired);
}

TEST_P(IntakeTest, reads_what_was_dragged_onto_the_desk) {
  const auto officer = person(Role::station, "500118112000");
  const auto id = Id<Letter>::random(randomness());
  const auto facts = letters_->store(picture());
  const LetterTools tools{catalogue_, queue_, randomness(), filing_};
  ASSERT_TRUE(database().write_now([&](Transaction& transaction) -> Result<ImportedLetter> {
    const ImportedFile file{
        id,           1, town, officer.account.uuid(), "照片.jpg", to_hex(facts.sha256), static_cast<std::int64_t>(facts.size),
        clock().now()};
    if (const auto kept = keep_file(transaction, officer, file, clock().now()); !kept) return kept.error();
    return import_letter(transaction, tools, officer, id, {town, "微信"}, clock().now());
  }));
  ASSERT_TRUE(read_letter(parts(), job(id)));
  const Letter letter = now(id);
  EXPECT_EQ(letter.state, LetterState::waiting);
  EXPECT_THAT(letter.head.cautions, ElementsAre(Caution::arrival_unconfirmed));
  EXPECT_EQ(letter.head.subject, "微信");
  EXPECT_THAT(letter.contents.loose, ElementsAre(0));
}

}  // namespace
}  // namespace wujin::mailbox
