#include "people/refusals.h"

#include "people/people_trail.h"
#include "places/place_store.h"

namespace wujin::people {

Task<void> Refusals::note(const Actor& who, Subject subject, const Problem& problem) {
  if (!is_worth_an_entry(problem)) co_return;
  const auto now = clock_.now();
  auto write = [&](Transaction& transaction) -> Result<> {
    auto entry = entry_by(who, subject.verb, places::read_tree(transaction, china_date(now)), now);
    entry.kind = subject.kind;
    entry.record = subject.record;
    entry.place = subject.place;
    entry.outcome = audit::Outcome::refused;
    entry.problem = slug(problem.code());
    audit::record(transaction, entry);
    return {};
  };
  try {
    const auto written = co_await database_.write(write);
    static_cast<void>(written);
  } catch (const StorageFull&) {
  }
}

}  // namespace wujin::people
