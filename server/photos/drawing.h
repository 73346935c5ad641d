#pragma once

#include "base/clock.h"
#include "database/database.h"
#include "files/vault.h"
#include "jobs/queue.h"
#include "jobs/workers.h"
#include "photos/likenesses.h"
#include "photos/owners.h"

namespace wujin::photos {

// What happens to a picture after it was acknowledged: renditions, fingerprint, near-duplicates; and what is left of deleted
// ones. Borrows everything.
struct JobParts {
  Database& database;
  jobs::Queue& queue;
  files::Vault& vault;
  const Owners& owners;
  Likenesses& likenesses;
  const Clock& clock;
};

// Draws one picture: reads what it is and what its camera claims, stores both renditions and the fingerprint, then finds what
// looks like it. One that does not decode, or on which a worker died before, is marked unreadable. Safe to run twice.
Result<> draw_photo(const JobParts& parts, const jobs::Job& job);

// Removes files no record refers to any more and pictures nobody claimed. Answers how many files were removed.
int clean_photos(const JobParts& parts);

// Registers drawing_job and "photos.clean"; the latter asks for itself again.
void add_jobs(jobs::Workers& workers, const JobParts& parts);
// Once a start: cleaning that is asked for already is not asked for twice.
void schedule_cleaning(const JobParts& parts);

}  // namespace wujin::photos
