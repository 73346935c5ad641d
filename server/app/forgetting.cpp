#include "app/forgetting.h"

#include "changes/feed.h"
#include "jobs/recurring.h"
#include "replays/replays.h"

namespace wujin::app {

void add_forgetting(jobs::Workers& workers, jobs::Queue& queue, Database& database, const Clock& clock) {
  const jobs::Recurring daily{"app.forget", std::chrono::hours(24)};
  const auto forget = [&database, &clock] {
    static_cast<void>(database.write_now([&](Transaction& transaction) -> Result<> {
      replays::prune(transaction, clock.now() - replay_age);
      changes::prune(transaction, clock.now() - tombstone_age);
      return {};
    }));
  };
  jobs::on_recurring(workers, database, queue, daily, forget);
  jobs::ask_for_next(database, queue, daily);
}

}  // namespace wujin::app
