#include "app/gathering.h"

#include "activities/words_store.h"
#include "jobs/recurring.h"

namespace wujin::app {

void gather_words(Database& database, campaigns::Catalogue& catalogue) {
  const auto bundles = database.read_now([&](Snapshot& snapshot) { return catalogue.all(snapshot); });
  for (const auto& bundle : bundles) {
    const auto gather = [&](Transaction& transaction) -> Result<int> {
      return activities::gather_words(transaction, bundle->campaign.id, bundle->campaign.town);
    };
    while (database.write_now(gather).value() > 0) {
    }
  }
}

void add_gathering(jobs::Workers& workers, jobs::Queue& queue, Database& database, campaigns::Catalogue& catalogue) {
  const jobs::Recurring hourly{"activities.gather_words", std::chrono::hours(1)};
  jobs::on_recurring(workers, database, queue, hourly, [&database, &catalogue] { gather_words(database, catalogue); });
  jobs::ask_for_next(database, queue, hourly);
}

}  // namespace wujin::app
