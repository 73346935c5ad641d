#include "jobs/recurring.h"

#include <utility>

namespace wujin::jobs {

void ask_for_next(Database& database, Queue& queue, const Recurring& recurring) {
  NewJob job;
  job.kind = recurring.kind;
  job.key = recurring.kind;
  job.urgency = Urgency::idle;
  job.delay = recurring.every;
  static_cast<void>(database.write_now([&](Transaction& transaction) -> Result<> {
    queue.enqueue(transaction, job);
    return {};
  }));
}

void on_recurring(Workers& workers, Database& database, Queue& queue, const Recurring& recurring, std::function<void()> work) {
  workers.on(recurring.kind, [&database, &queue, recurring, work = std::move(work)](const Job&) -> Result<> {
    ask_for_next(database, queue, recurring);
    work();
    return {};
  });
}

}  // namespace wujin::jobs
