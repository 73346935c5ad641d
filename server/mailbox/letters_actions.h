#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/randomness.h"
#include "campaigns/catalogue.h"
#include "database/database.h"
#include "jobs/queue.h"
#include "mailbox/correction.h"
#include "mailbox/letters_store.h"
#include "mailbox/replies_store.h"
#include "people/actor.h"

// The verbs of the tray. Who may not see a letter is told that there is none.
namespace wujin::mailbox {

// What the verbs need of the house; borrowed.
struct LetterTools {
  campaigns::Catalogue& catalogue;
  jobs::Queue& queue;
  Randomness& randomness;
  const Filing& filing;
};

struct LetterPage {
  std::vector<LetterCore> letters;
  int waiting = 0;  // of the town in all
};
// Errors: not_found for what is no town, forbidden.
Result<LetterPage> list_letters(Snapshot& snapshot, const people::Actor& actor, const PlaceId& town,
                                std::optional<LetterState> state, const std::optional<LetterPosition>& below, int limit,
                                Instant now);

// Errors: not_found.
Result<Letter> see_letter(Snapshot& snapshot, const people::Actor& actor, const Id<Letter>& id, Instant now);

// A file of a letter that is about to be imported. Errors: not_found for what is no town, forbidden, conflict (the letter is
// there already, or somebody else's), validation.
Result<> may_keep_file(Snapshot& snapshot, const people::Actor& actor, const ImportedFile& file, Instant now);
Result<> keep_file(Transaction& transaction, const people::Actor& actor, const ImportedFile& file, Instant now);

struct LetterImport {
  PlaceId place;
  std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(LetterImport, (), (place, note))

struct ImportedLetter {
  Letter letter;
  bool is_new = false;
};
// Makes a letter of the files sent before; it is read by a job. Errors: as above; conflict when no file was sent.
Result<ImportedLetter> import_letter(Transaction& transaction, const LetterTools& tools, const people::Actor& actor,
                                     const Id<Letter>& id, const LetterImport& entered, Instant now);

// Errors of these: not_found, if_match_required, stale, letter_settled, validation.
Result<Letter> correct_letter(Transaction& transaction, const LetterTools& tools, const people::Actor& actor,
                              const Id<Letter>& id, const LetterCorrection& correction, const std::optional<std::string>& etag,
                              Instant now);

struct LetterFiling {
  std::optional<Instant> arrived_on;  // of an import
  std::optional<bool> beside_people;
};
BOOST_DESCRIBE_STRUCT(LetterFiling, (), (arrived_on, beside_people))
// Also letter_unclear while there are doubts.
Result<Letter> ask_to_file(Transaction& transaction, const LetterTools& tools, const people::Actor& actor, const Id<Letter>& id,
                           const LetterFiling& filing, const std::optional<std::string>& etag, Instant now);

// What it was filed as goes, but for what people touched; it waits again, and its sender is no longer vouched for at that place.
// One that was taken back already stays as it is. Errors: not_found, if_match_required, stale, letter_not_filed, letter_accepted.
Result<Letter> take_back(Transaction& transaction, const LetterTools& tools, const people::Actor& actor, const Id<Letter>& id,
                         const std::optional<std::string>& etag, Instant now);

struct LetterSettingAside {
  SetAsideReason reason = SetAsideReason::unrelated;
};
BOOST_DESCRIBE_STRUCT(LetterSettingAside, (), (reason))
Result<Letter> set_aside(Transaction& transaction, const people::Actor& actor, const Id<Letter>& id,
                         const LetterSettingAside& entered, const std::optional<std::string>& etag, Instant now);

struct LetterAnswerRequest {
  std::string text;
};
BOOST_DESCRIBE_STRUCT(LetterAnswerRequest, (), (text))
// Also letter_no_answer.
Result<Letter> answer(Transaction& transaction, const LetterTools& tools, const people::Actor& actor, const Id<Letter>& id,
                      const LetterAnswerRequest& entered, Instant now);

// The campaign of a town whose words a letter of that day is read by: the newest that runs or ended lately, else the newest;
// null when there is none.
campaigns::Catalogue::Bundle campaign_for(Snapshot& snapshot, campaigns::Catalogue& catalogue, const PlaceId& town, Date day);

}  // namespace wujin::mailbox
