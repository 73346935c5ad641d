#pragma once

#include "base/clock.h"
#include "base/randomness.h"
#include "campaigns/catalogue.h"
#include "database/database.h"
#include "files/vault.h"
#include "jobs/queue.h"
#include "jobs/workers.h"
#include "mailbox/filing.h"
#include "mailbox/letter_reading.h"

// What happens to a letter after it was taken in, each step a job that may run twice: it is read, understood and, when nothing
// is in doubt and its sender is known, filed.
namespace wujin::mailbox {

// Borrows everything.
struct LetterJobParts {
  Database& database;
  jobs::Queue& queue;
  files::Vault& vault;  // of the letters
  campaigns::Catalogue& catalogue;
  const Filing& filing;
  Randomness& randomness;
  const Clock& clock;
  Modernise modernise{};
};

// Registers "mailbox.take_in" and "mailbox.file", and the cleaning of what was dragged onto the desk and never became a letter.
void add_letter_jobs(jobs::Workers& workers, const LetterJobParts& parts);
// Once a start.
void schedule_cleaning(const LetterJobParts& parts);

// The steps themselves.
Result<> read_letter(const LetterJobParts& parts, const jobs::Job& job);
Result<> file_letter(const LetterJobParts& parts, const jobs::Job& job);
// Answers how many files of the vault went.
int clean_letters(const LetterJobParts& parts);

}  // namespace wujin::mailbox
