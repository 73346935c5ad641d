#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>
#include <variant>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "audit/trail.h"
#include "base/described_enum.h"
#include "base/text.h"
#include "campaigns/campaign_store_test.h"
#include "changes/feed.h"
#include "jobs/queue.h"
#include "mailbox/filed_store.h"
#include "mailbox/incoming_cases.h"
#include "mailbox/intake.h"
#include "mailbox/letters_actions.h"
#include "mailbox/mailboxes_store.h"
#include "mailbox/outcome_counts.h"
#include "mailbox/pictures.h"
#include "mailbox/taking_in.h"
#include "mailbox/to_be_filed.h"
#include "people/accounts_store.h"
#include "photos/photos_store.h"
#include "places/place_store.h"

// Whole letters and files as programs write them (letters/README.md), by the way every letter takes.
namespace wujin::mailbox {
namespace {

using fixture::Case;
using fixture::Outcome;

const std::filesystem::path letters_folder = std::filesystem::path(WUJIN_SOURCE_DIR) / "server/tests/mailbox/letters";

constexpr std::string_view start_of_emf("\x01\0\0\0", 4);

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("no file " + path.string());
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

class LetterFiles : public test::CampaignStoreTest {
 protected:
  LetterFiles()
      : CampaignStoreTest({audit::migrations(), changes::migrations(), jobs::migrations(), places::migrations(),
                           people::migrations(), campaigns::migrations(), photos::migrations(), mailbox::migrations()}) {
    keep("antifraud-sample");
  }

  // Every letter of the folder, as its author says or as its text says of today; answers how many end where their author said.
  fixture::OutcomeCounts all_read_as_told(const std::filesystem::path& folder, int& expected) {
    folder_of_letters_ = folder;
    fixture::OutcomeCounts counts;
    for (const auto& one : fixture::read_cases(folder)) {
      const auto letter = taken_in(one);
      const auto outcome = fixture::outcome_of(letter.understanding);
      const auto wrong = wrong_in(letter, one);
      const auto context = one.name + ": " + fixture::in_words(letter.understanding);
      counts.add(outcome, outcome == Outcome::fully && !wrong.empty());
      if (outcome == one.truth.outcome && wrong.empty()) ++expected;
      EXPECT_EQ(wrong, one.truth.misread) << context;
      EXPECT_EQ(std::string(name_of(outcome)), name_of(one.truth.today.value_or(one.truth.outcome))) << context;
      for (const auto doubt : one.truth.doubts) {
        EXPECT_TRUE(std::ranges::count(letter.head.doubts, doubt) > 0) << context << " lacks " << name_of(doubt);
      }
      const bool goes_on = letter.state == LetterState::filing;
      EXPECT_TRUE(!goes_on || (outcome == Outcome::fully && !one.senders.empty() && one.dragged.empty())) << context;
    }
    return counts;
  }

 private:
  // As a letter that came just so is understood, by the job that reads letters.
  Letter taken_in(const Case& one) {
    learn(one);
    const auto id = one.dragged.empty() ? arrives(one) : is_dragged(one);
    EXPECT_TRUE(read_letter(parts(), {1, "", id.to_string(), 1, 20}));
    return *database().read_now([&](Snapshot& snapshot) { return find_letter(snapshot, id); });
  }

  // Whether the pictures of each activity are those its author took there; every photograph says whose it is (a drawing cannot).
  std::string wrong_pictures(const Letter& letter, const fixture::Truth& truth) const {
    const auto& found = letter.understanding.activities;
    for (std::size_t index = 0; found.size() == truth.activities.size() && index < found.size(); ++index) {
      for (const auto& picture : found[index].pictures) {
        const auto bytes = picture_of(*letters_, letter.contents, picture);
        const bool is_drawing = bytes && bytes->starts_with(start_of_emf);
        const bool is_own = bytes && bytes->find(fmt::format("of activity {}", index + 1)) != std::string::npos;
        if (!is_own && !is_drawing) return fmt::format("a picture of activity {}", index + 1);
      }
    }
    return {};
  }

  std::string wrong_in(const Letter& letter, const Case& one) {
    auto wrong = fixture::wrong_in(letter.understanding, one.truth);
    if (wrong.empty()) wrong = wrong_pictures(letter, one.truth);
    if (!wrong.empty() || !letter.understanding.doubts.empty()) return wrong;
    const auto& with = fixture::bundle(one.campaign);
    const auto filed = to_be_filed(letter.understanding, with.campaign, with.tree());
    return std::holds_alternative<ToBeFiled>(filed) ? "" : "nothing to be filed";
  }

  PlaceId town(const Case& one) const { return fixture::bundle(one.campaign).campaign.town; }
  static Instant arrived_at(const Case& one) { return *parse_instant(to_string(one.incoming.received_on) + "T10:00:00+08:00"); }

  // Nobody remembers the senders of another case.
  void learn(const Case& one) {
    EXPECT_TRUE(database().write_now([&](Transaction& transaction) -> Result<> {
      transaction.execute("DELETE FROM letter_senders");
      for (const auto& sender : one.senders) learn_sender(transaction, town(one), sender, clock().now());
      return {};
    }));
  }

  Id<Letter> arrives(const Case& one) {
    const auto path = letters_->staging() / one.name;
    std::filesystem::copy_file(folder_of_letters_ / (one.name + ".eml"), path);
    const MailFacts facts = facts_of_mail(path);
    letters_->adopt(path, facts.raw);
    const ArrivedMail mail{town(one), {1, arrived_at(one), facts.raw.size, one.name + "@village.example"}, clock().now()};
    const auto take = [&](Transaction& transaction) -> Result<TakenIn> {
      return take_in(transaction, queue_, randomness(), mail, facts);
    };
    return database().write_now(take)->letter;
  }

  Id<Letter> is_dragged(const Case& one) {
    const auto officer = person(people::Role::station, town(one).text().c_str());
    const auto id = Id<Letter>::random(randomness());
    const LetterTools tools{catalogue_, queue_, randomness(), filing_};
    clock().set(arrived_at(one));
    EXPECT_TRUE(database().write_now([&](Transaction& transaction) -> Result<ImportedLetter> {
      int number = 0;
      for (const auto& name : one.dragged) {
        const auto facts = letters_->store(bytes_of(folder_of_letters_ / fmt::format("{}.{}", one.name, ++number)));
        const ImportedFile file{id,
                                number,
                                town(one),
                                officer.account.uuid(),
                                name,
                                to_hex(facts.sha256),
                                static_cast<std::int64_t>(facts.size),
                                clock().now()};
        if (const auto kept = keep_file(transaction, officer, file, clock().now()); !kept) return kept.error();
      }
      return import_letter(transaction, tools, officer, id, {town(one), ""}, clock().now());
    }));
    return id;
  }

  LetterJobParts parts() { return {database(), queue_, *letters_, catalogue_, filing_, randomness(), clock()}; }

  std::filesystem::path folder_of_letters_;
  test::TemporaryDirectory folder_;
  std::unique_ptr<files::Vault> letters_ = files::open_disk_vault(folder_.path() / "letters");
  std::unique_ptr<files::Vault> pictures_ = files::open_disk_vault(folder_.path() / "files");
  jobs::Queue queue_{clock()};
  photos::OwnersOfRooms owners_{{}};
  campaigns::FormTemplates forms_;
  Filing filing_{{database(), queue_, *pictures_, owners_, catalogue_, forms_}};
};
INSTANTIATE_TEST_SUITE_P(engines, LetterFiles, testing::Values(Dialect::sqlite), test::engine_name);

TEST_P(LetterFiles, are_understood_as_their_author_says) {
  int expected = 0;
  const auto counts = all_read_as_told(letters_folder, expected);
  print("whole letters", counts);
  std::cout << fmt::format("whole letters: as their author says {}\n", expected);
  EXPECT_EQ(counts.wrong, 0);
}

TEST_P(LetterFiles, set_apart_are_read_as_is_told_of_them) {
  int expected = 0;
  const auto counts = all_read_as_told(letters_folder / "apart", expected);
  print("whole letters set apart", counts);
  std::cout << fmt::format("whole letters set apart: as their author says {}\n", expected);
  EXPECT_EQ(counts.wrong, 0);
}

}  // namespace
}  // namespace wujin::mailbox
