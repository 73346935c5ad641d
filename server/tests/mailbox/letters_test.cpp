#include "mailbox/letters_actions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "audit/trail.h"
#include "campaigns/campaign_store_test.h"
#include "changes/feed.h"
#include "mailbox/filed_store.h"
#include "mailbox/intake.h"
#include "mailbox/jobs.h"
#include "mailbox/mailboxes_actions.h"
#include "people/accounts_store.h"
#include "places/place_store.h"
#include "reminders/reminders_store.h"

namespace wujin::mailbox {
namespace {

using people::Role;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const PlaceId town("500118112000");
const PlaceId village("500118112200");

class LettersTest : public test::CampaignStoreTest {
 protected:
  LettersTest()
      : CampaignStoreTest({audit::migrations(), changes::migrations(), jobs::migrations(), places::migrations(),
                           people::migrations(), campaigns::migrations(), reminders::migrations(), mailbox::migrations()}) {}

  people::Actor station() { return person(Role::station, "500118112000"); }

  template <class F>
  auto write(F verb) {
    return database().write_now(verb);
  }
  template <class F>
  auto read(F look) {
    return database().read_now(look);
  }

  LetterTools tools() { return {catalogue_, queue_, randomness(), filing_}; }

  static ArrivedMail mail(const std::string& message_id, std::uint32_t uid, const char* arrived_at) {
    ArrivedMail made;
    made.town = town;
    made.envelope = {uid, *parse_instant(arrived_at), 1000, message_id};
    made.fetched_at = *parse_instant("2023-10-26T09:00:00+08:00");
    return made;
  }
  static MailFacts facts(const std::string& raw, const std::string& body) {
    MailFacts made;
    made.raw.sha256 = std::string(32, raw.front());
    made.raw.size = 1000;
    made.body_sha256 = std::string(64, body.front());
    return made;
  }
  TakenIn taken(const ArrivedMail& mail, const MailFacts& facts) {
    return *write(
        [&](Transaction& transaction) -> Result<TakenIn> { return take_in(transaction, queue_, randomness(), mail, facts); });
  }

  // A letter that waits in the tray.
  Letter waiting(Channel channel = Channel::mail) {
    Letter letter;
    letter.id = Id<Letter>::random(randomness());
    letter.town = town;
    letter.channel = channel;
    letter.state = LetterState::waiting;
    letter.body_sha256 = letter.id.to_string();
    letter.arrived_at = clock().now();
    letter.fetched_at = clock().now();
    letter.campaign = campaign_;
    letter.contents.from_address = "village@example.cn";
    letter.contents.reply_to = "village@example.cn";
    letter.contents.subject = "10月活动情况";
    letter.contents.sources = {{"10月.docx", 0, "", {"a", "b"}, {}}};
    letter.contents.loose = {1};
    letter.understanding.doubts = {Doubt::place_unknown};
    letter.head = head_of(letter.contents, letter.understanding, {Caution::sender_unconfirmed});
    EXPECT_TRUE(write([&](Transaction& transaction) -> Result<> {
      insert(transaction, letter);
      return {};
    }));
    return letter;
  }

  static LetterCorrection october() {
    LetterCorrection correction;
    correction.place = village;
    correction.form = Deliverable::report;
    correction.month = *parse_month("2023-10");
    CorrectedActivity activity;
    activity.week = 1;
    activity.entry = "countryside";
    activity.text = "讲解用火用电。";
    activity.pictures = {{0, 1, ""}, {-1, 0, ""}};
    correction.activities = {activity};
    return correction;
  }

  Result<Letter> correct(const Letter& letter, const LetterCorrection& correction) {
    return write([&](Transaction& transaction) {
      return correct_letter(transaction, tools(), station(), letter.id, correction, etag_of(letter), clock().now());
    });
  }
  Result<Letter> file(const Letter& letter, const LetterFiling& filing = {}) {
    return write([&](Transaction& transaction) {
      return ask_to_file(transaction, tools(), station(), letter.id, filing, etag_of(letter), clock().now());
    });
  }

  std::vector<std::string> verbs() {
    std::vector<std::string> verbs;
    for (const auto& listed : read([](Snapshot& snapshot) { return audit::list(snapshot, {}, std::nullopt, 100); })) {
      if (listed.entry.kind == "letter") verbs.push_back(listed.entry.verb);
    }
    return verbs;
  }

  template <class T>
  static ProblemCode refused(const Result<T>& result) {
    EXPECT_FALSE(result);
    return result ? ProblemCode::internal : result.error().code();
  }

  jobs::Queue queue_{clock()};
  test::TemporaryDirectory folder_;
  std::unique_ptr<files::Vault> vault_ = files::open_disk_vault(folder_.path());
  photos::OwnersOfRooms owners_{{}};
  campaigns::FormTemplates forms_;
  Filing filing_{{database(), queue_, *vault_, owners_, catalogue_, forms_}};
  const CampaignId campaign_{"baofeng-2023"};
};
WUJIN_ON_BOTH_ENGINES(LettersTest);

// Of a data folder from before replies expired.
class OldRepliesTest : public test::StoreTest {
 protected:
  OldRepliesTest() : StoreTest({mailbox::migrations().first(3)}) {}
};
WUJIN_ON_BOTH_ENGINES(OldRepliesTest);

TEST_P(OldRepliesTest, are_kept_and_may_expire_from_now_on) {
  Reply reply;
  reply.id = Id<Reply>::random(randomness());
  reply.letter = Id<Letter>::random(randomness());
  reply.town = town;
  reply.receiver = "village@example.cn";
  reply.text = "示例";
  reply.created_at = clock().now();
  reply.state = ReplyState::not_set_up;
  const auto keep = [&](const Reply& one) {
    return *database().write_now([&](Transaction& transaction) -> Result<bool> { return insert(transaction, one); });
  };
  ASSERT_TRUE(keep(reply));
  const test::Rooms rooms{mailbox::migrations()};
  migrate(database(), rooms);
  Reply another = reply;
  another.id = Id<Reply>::random(randomness());
  EXPECT_FALSE(keep(another)) << "a letter has one receipt";
  reply.state = ReplyState::expired;
  EXPECT_TRUE(database().write_now([&](Transaction& transaction) -> Result<> {
    update(transaction, reply);
    return {};
  }));
  const auto kept = database().read_now([&](Snapshot& snapshot) { return replies_to(snapshot, reply.letter); });
  ASSERT_THAT(kept, SizeIs(1));
  EXPECT_EQ(kept[0].state, ReplyState::expired);
  EXPECT_EQ(kept[0].text, "示例");
}

TEST_P(LettersTest, takes_the_same_mail_in_once_whatever_folder_and_number_it_has) {
  const auto first = taken(mail("1@example.cn", 7, "2023-10-26T08:00:00+08:00"), facts("a", "b"));
  EXPECT_TRUE(first.is_new);
  const auto again = taken(mail("1@example.cn", 9001, "2023-10-26T08:30:00+08:00"), facts("c", "b"));
  EXPECT_FALSE(again.is_new);
  EXPECT_EQ(again.letter, first.letter);
  EXPECT_TRUE(taken(mail("1@example.cn", 8, "2023-10-26T08:00:00+08:00"), facts("a", "d")).is_new);
  EXPECT_TRUE(taken(mail("2@example.cn", 9, "2023-10-26T08:00:00+08:00"), facts("a", "b")).is_new);
}

TEST_P(LettersTest, tells_mails_without_an_id_apart_by_all_their_bytes) {
  EXPECT_TRUE(taken(mail("", 1, "2023-10-26T08:00:00+08:00"), facts("a", "b")).is_new);
  EXPECT_FALSE(taken(mail("", 2, "2023-10-26T08:00:00+08:00"), facts("a", "b")).is_new);
  EXPECT_TRUE(taken(mail("", 3, "2023-10-26T08:00:00+08:00"), facts("c", "b")).is_new);
}

TEST_P(LettersTest, knows_without_fetching_what_was_taken_in) {
  taken(mail("1@example.cn", 7, "2023-10-26T08:00:00+08:00"), facts("a", "b"));
  const auto known = [&](const char* id, const char* at, std::int64_t bytes) {
    return read([&](Snapshot& snapshot) { return is_known(snapshot, town, id, *parse_instant(at), bytes); });
  };
  EXPECT_TRUE(known("1@example.cn", "2023-10-26T08:00:00+08:00", 1000));
  EXPECT_FALSE(known("1@example.cn", "2023-10-26T08:00:01+08:00", 1000));
  EXPECT_FALSE(known("1@example.cn", "2023-10-26T08:00:00+08:00", 999));
  EXPECT_FALSE(known("2@example.cn", "2023-10-26T08:00:00+08:00", 1000));
}

TEST_P(LettersTest, begins_a_folder_anew_under_another_validity) {
  const FolderKey key{town, "station@imap.example.cn", "INBOX"};
  const auto next = [&](std::uint32_t validity) {
    return read([&](Snapshot& snapshot) { return next_uid(snapshot, key, validity); });
  };
  EXPECT_EQ(next(5), 1u);
  EXPECT_TRUE(write([&](Transaction& transaction) -> Result<> {
    keep_next_uid(transaction, key, 5, 42);
    return {};
  }));
  EXPECT_EQ(next(5), 42u);
  EXPECT_EQ(next(6), 1u);
}

TEST_P(LettersTest, says_of_a_mail_too_large_to_fetch_only_that) {
  const auto told = write([&](Transaction& transaction) -> Result<TakenIn> {
    return take_in_unfetched(transaction, randomness(), mail("1@example.cn", 7, "2023-10-26T08:00:00+08:00"));
  });
  const auto letter = read([&](Snapshot& snapshot) { return find_letter(snapshot, told->letter); });
  EXPECT_EQ(letter->state, LetterState::failed);
  EXPECT_THAT(letter->contents.faults, ElementsAre(mail::Fault::too_large));
  EXPECT_EQ(letter->raw_sha256, "");
}

TEST_P(LettersTest, lists_what_arrived_last_first_page_by_page) {
  for (int i = 0; i < 5; ++i) {
    clock().advance(std::chrono::minutes(1));
    waiting();
  }
  const auto page = [&](std::optional<LetterState> state, const std::optional<LetterPosition>& below) {
    return *read([&](Snapshot& snapshot) { return list_letters(snapshot, station(), town, state, below, 3, clock().now()); });
  };
  const auto first = page(std::nullopt, std::nullopt);
  ASSERT_THAT(first.letters, SizeIs(3));
  EXPECT_EQ(first.waiting, 5);
  EXPECT_GT(first.letters[0].arrived_at, first.letters[1].arrived_at);
  const auto second = page(LetterState::waiting, LetterPosition{first.letters[2].arrived_at, first.letters[2].id});
  EXPECT_THAT(second.letters, SizeIs(2));
  EXPECT_THAT(page(LetterState::filed, std::nullopt).letters, IsEmpty());
}

TEST_P(LettersTest, shows_letters_to_the_station_of_the_town_alone) {
  const Letter letter = waiting();
  const auto seen_by = [&](const people::Actor& actor) {
    return read([&](Snapshot& snapshot) { return see_letter(snapshot, actor, letter.id, clock().now()); });
  };
  EXPECT_TRUE(seen_by(station()));
  for (const auto& other : {person(Role::village, village.text().c_str()), person(Role::system, town.text().c_str()),
                            person(Role::station, village.text().c_str())}) {
    EXPECT_EQ(refused(seen_by(other)), ProblemCode::not_found);
    const auto listed = read([&](Snapshot& snapshot) { return list_letters(snapshot, other, town, {}, {}, 3, clock().now()); });
    EXPECT_EQ(refused(listed), ProblemCode::forbidden);
  }
}

TEST_P(LettersTest, takes_what_a_person_says_as_sure_and_judges_doubts_anew) {
  const auto corrected = correct(waiting(), october());
  ASSERT_TRUE(corrected);
  EXPECT_THAT(corrected->head.doubts, IsEmpty());
  EXPECT_EQ(corrected->head.place, village);
  EXPECT_EQ(corrected->understanding.activities[0].week.why, Why::person);
  EXPECT_EQ(corrected->understanding.activities[0].week.percent, 100);
  const auto kept = read([&](Snapshot& snapshot) { return find_letter(snapshot, corrected->id); });
  EXPECT_EQ(kept->understanding.activities[0].text, "讲解用火用电。");
  EXPECT_THAT(kept->understanding.activities[0].pictures, SizeIs(2));
  EXPECT_THAT(verbs(), ElementsAre("correct_letter"));
}

TEST_P(LettersTest, files_only_what_is_in_no_doubt) {
  const Letter letter = waiting();
  EXPECT_EQ(refused(file(letter)), ProblemCode::letter_unclear);
  const auto corrected = correct(letter, october());
  EXPECT_EQ(refused(file(letter)), ProblemCode::stale);
  const auto filing = file(*corrected);
  ASSERT_TRUE(filing);
  EXPECT_EQ(filing->state, LetterState::filing);
  EXPECT_EQ(filing->course.asked->by, "某人");
  EXPECT_EQ(refused(file(*filing)), ProblemCode::letter_settled);
  EXPECT_EQ(refused(correct(*filing, october())), ProblemCode::letter_settled);
}

TEST_P(LettersTest, wants_to_know_when_an_import_reached_the_station) {
  const auto corrected = correct(waiting(Channel::import), october());
  EXPECT_EQ(refused(file(*corrected)), ProblemCode::validation);
  EXPECT_EQ(refused(file(*corrected, {clock().now() + std::chrono::hours(1), {}})), ProblemCode::validation);
  const Instant arrived = clock().now() - std::chrono::hours(30);
  EXPECT_EQ(file(*corrected, {arrived, {}})->course.asked->arrived_at, arrived);
}

TEST_P(LettersTest, brings_back_what_was_set_aside_when_it_is_corrected) {
  const Letter letter = waiting();
  const auto aside = write([&](Transaction& transaction) {
    return set_aside(transaction, station(), letter.id, {SetAsideReason::advertising}, etag_of(letter), clock().now());
  });
  ASSERT_TRUE(aside);
  EXPECT_EQ(aside->state, LetterState::set_aside);
  EXPECT_EQ(refused(file(*aside)), ProblemCode::letter_unclear);
  const auto back = correct(*aside, october());
  EXPECT_EQ(back->state, LetterState::waiting);
  EXPECT_FALSE(back->course.set_aside);
}

TEST_P(LettersTest, answers_the_sender_of_a_mail_and_no_machine) {
  const auto answered = [&](const Letter& letter, const std::string& text) {
    return write(
        [&](Transaction& transaction) { return answer(transaction, tools(), station(), letter.id, {text}, clock().now()); });
  };
  const Letter letter = waiting();
  EXPECT_EQ(refused(answered(letter, " ")), ProblemCode::validation);
  EXPECT_EQ(refused(answered(waiting(Channel::import), "请补充")), ProblemCode::letter_no_answer);
  ASSERT_TRUE(answered(letter, "请补充第二周的图片。"));
  const auto replies = read([&](Snapshot& snapshot) { return replies_to(snapshot, letter.id); });
  ASSERT_THAT(replies, SizeIs(1));
  EXPECT_EQ(replies[0].receiver, "village@example.cn");
  EXPECT_EQ(replies[0].subject, "回复：10月活动情况");
  EXPECT_EQ(replies[0].state, ReplyState::waiting);
}

TEST_P(LettersTest, keeps_one_receipt_a_letter) {
  const Letter letter = waiting();
  const auto keep = [&] {
    return *write([&](Transaction& transaction) -> Result<bool> {
      Reply reply;
      reply.id = Id<Reply>::random(randomness());
      reply.letter = letter.id;
      reply.town = town;
      reply.receiver = "village@example.cn";
      reply.created_at = clock().now();
      return insert(transaction, reply);
    });
  };
  EXPECT_TRUE(keep());
  EXPECT_FALSE(keep());
  const auto since = [&](Instant at) {
    return read([&](Snapshot& snapshot) { return receipts_since(snapshot, town, "village@example.cn", at); });
  };
  EXPECT_EQ(since(clock().now() - std::chrono::hours(24)), 1);
  EXPECT_EQ(since(clock().now()), 0);
}

TEST_P(LettersTest, makes_a_letter_of_files_of_the_one_who_sent_them) {
  const auto officer = station();
  const auto id = Id<Letter>::random(randomness());
  const auto import = [&](const people::Actor& actor) {
    return write([&](Transaction& transaction) {
      return import_letter(transaction, tools(), actor, id, {town, "微信"}, clock().now());
    });
  };
  EXPECT_EQ(refused(import(officer)), ProblemCode::conflict);
  const auto keep = [&](const people::Actor& actor, int number) {
    const ImportedFile file{id, number, town, actor.account.uuid(), "10月.docx", std::string(64, 'a'), 10, clock().now()};
    return write([&](Transaction& transaction) { return keep_file(transaction, actor, file, clock().now()); });
  };
  ASSERT_TRUE(keep(officer, 1));
  EXPECT_EQ(refused(keep(station(), 2)), ProblemCode::conflict);
  EXPECT_EQ(refused(keep(officer, 101)), ProblemCode::validation);
  EXPECT_EQ(refused(import(station())), ProblemCode::conflict);
  const auto imported = import(officer);
  ASSERT_TRUE(imported);
  EXPECT_TRUE(imported->is_new);
  EXPECT_EQ(imported->letter.state, LetterState::reading);
  EXPECT_FALSE(import(officer)->is_new);
  EXPECT_EQ(refused(keep(officer, 2)), ProblemCode::conflict);
}

TEST_P(LettersTest, forgets_files_that_never_became_a_letter) {
  const auto officer = station();
  const ImportedFile file{
      Id<Letter>::random(randomness()), 1, town, officer.account.uuid(), "10月.docx", std::string(64, 'a'), 10, clock().now()};
  ASSERT_TRUE(write([&](Transaction& transaction) { return keep_file(transaction, officer, file, clock().now()); }));
  const auto referenced = [&] { return read([&](Snapshot& snapshot) { return is_referenced(snapshot, file.sha256); }); };
  EXPECT_TRUE(referenced());
  const auto drop = [&](Instant before) {
    return *write([&](Transaction& transaction) -> Result<std::int64_t> { return drop_forgotten_imports(transaction, before); });
  };
  EXPECT_EQ(drop(clock().now()), 0);
  EXPECT_EQ(drop(clock().now() + std::chrono::milliseconds(1)), 1);
  EXPECT_FALSE(referenced());
}

TEST_P(LettersTest, remembers_of_a_sender_what_was_confirmed) {
  const auto learn = [&](bool is_confirmed) {
    EXPECT_TRUE(write([&](Transaction& transaction) -> Result<> {
      learn_sender(transaction, town, {"village@example.cn", village, is_confirmed}, clock().now());
      return {};
    }));
    return read([&](Snapshot& snapshot) { return places_of_sender(snapshot, town, "village@example.cn"); });
  };
  EXPECT_FALSE(learn(false).front().is_confirmed);
  EXPECT_TRUE(learn(true).front().is_confirmed);
  EXPECT_TRUE(learn(false).front().is_confirmed);
}

TEST_P(LettersTest, tells_what_is_wrong_with_a_mailbox_until_it_is_well) {
  const auto state = [&] { return read([](Snapshot& snapshot) { return read_state(snapshot, town); }); };
  EXPECT_FALSE(state().problem);
  EXPECT_TRUE(write([&](Transaction& transaction) -> Result<> {
    note_problem(transaction, town, Problem(ProblemCode::mailbox_no_such_folder, {{"folder", "报送"}}));
    return {};
  }));
  ASSERT_TRUE(state().problem);
  EXPECT_EQ(state().problem->code(), ProblemCode::mailbox_no_such_folder);
  EXPECT_EQ(state().problem->parameters().front().second, "报送");
  EXPECT_TRUE(write([&](Transaction& transaction) -> Result<> {
    note_looked(transaction, town, clock().now());
    return {};
  }));
  EXPECT_FALSE(state().problem);
  EXPECT_EQ(state().last_looked_at, clock().now());
}

}  // namespace
}  // namespace wujin::mailbox
