#pragma once

#include <optional>
#include <string>

#include "jobs/workers.h"

// The SQL of the queue.
namespace wujin::jobs {

void insert_job(Transaction& transaction, const NewJob& job, Instant run_at);
bool is_any_due(Snapshot& snapshot, const Kinds& kinds, Instant now);
// The most urgent job of these kinds that is due and nobody's; it is the claimant's until `until`.
std::optional<Job> claim(Transaction& transaction, const Kinds& kinds, Instant now, Instant until, const std::string& claimant);

// These do nothing when the claim expired and somebody else has the job by now.
void remove_job(Transaction& transaction, const Job& job, const std::string& claimant);
void put_back(Transaction& transaction, const Job& job, const std::string& claimant, Instant run_at, const std::string& cause);
void give_up(Transaction& transaction, const Job& job, const std::string& claimant, const std::string& cause);

// After a crash, where no other process can be at work.
void release_all_claims(Transaction& transaction, const Kinds& kinds);

}  // namespace wujin::jobs
