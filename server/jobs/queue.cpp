#include "jobs/queue.h"

#include "jobs/job_store.h"

namespace wujin::jobs {

void Queue::enqueue(Transaction& transaction, const NewJob& job) {
  // What need not wait is due at any time, also when the clock is set back before its turn comes.
  const bool waits = job.delay > job.delay.zero();
  insert_job(transaction, job, waits ? clock_.now() + job.delay : Instant{});
  transaction.after_commit([this] { wake(); });
}

std::uint64_t Queue::wait(std::uint64_t seen, std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, patience, [&] { return wakes_ != seen; });
  return wakes_;
}

void Queue::wake() {
  {
    const std::lock_guard lock(mutex_);
    ++wakes_;
  }
  changed_.notify_all();
}

}  // namespace wujin::jobs
