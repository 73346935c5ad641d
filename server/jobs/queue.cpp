#include "jobs/queue.h"

#include "jobs/job_store.h"

namespace wujin::jobs {

void Queue::enqueue(Transaction& transaction, const NewJob& job) {
  insert_job(transaction, job, clock_.now() + job.delay);
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
