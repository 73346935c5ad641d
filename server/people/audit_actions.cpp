#include "people/audit_actions.h"

#include <algorithm>

#include "people/may.h"
#include "people/people_trail.h"

namespace wujin::people {

Result<std::vector<audit::ListedEntry>> see_trail(const Actor& who, audit::Filter filter, std::optional<std::int64_t> below,
                                                  int limit, Snapshot& snapshot, const places::Tree& tree) {
  const auto reach = scopes(who, Verb::read_audit);
  if (reach.empty()) return ProblemCode::forbidden;
  const auto& place = reach.front().place;
  const auto* standing = tree.find(place);
  const auto roots = std::ranges::count_if(tree.places(), [](const places::Place& each) { return !each.parent; });
  const bool sees_all = place.empty() || (standing && !standing->parent && roots == 1);
  if (!sees_all) {
    const auto* town = tree.town_of(place);
    filter.town = town ? town->id.text() : place.text();
  }
  return audit::list(snapshot, filter, below, limit);
}

Result<> may_verify(const Actor& who) {
  if (!may_anywhere(who, Verb::read_audit)) return ProblemCode::forbidden;
  return {};
}

Result<> note_verification(const Actor& who, bool is_whole, Transaction& transaction, const places::Tree& tree, Instant now) {
  auto entry = entry_by(who, "verify_trail", tree, now);
  entry.kind = "trail";
  entry.outcome = is_whole ? audit::Outcome::done : audit::Outcome::failed;
  audit::record(transaction, entry);
  return {};
}

}  // namespace wujin::people
