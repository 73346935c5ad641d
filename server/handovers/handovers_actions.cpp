#include "handovers/handovers_actions.h"

#include <set>

#include "base/text.h"
#include "handovers/handovers_store.h"
#include "people/sessions_store.h"
#include "places/place_store.h"
#include "plans/plans_actions.h"
#include "reminders/feeds_store.h"

namespace wujin::handovers {
namespace {

constexpr std::size_t longest_note = 200;
constexpr int most_told = 50;

std::vector<places::PlaceId> places_of(const std::vector<people::Grant>& grants) {
  std::set<places::PlaceId> places;
  for (const people::Grant& grant : grants) places.insert(grant.place);
  return {places.begin(), places.end()};
}

std::string note_in(const HandoverRequest& request) { return std::string(trimmed(request.note.value_or(""))); }

bool is_same(const Handover& handover, const HandoverRequest& request) {
  return handover.from == request.from && handover.to == request.to && handover.note == note_in(request) &&
         handover.closed == request.closes.value_or(false);
}

}  // namespace

Result<Holdings> holdings_of(Snapshot& snapshot, const people::Actor& who, const Id<Account>& account, Instant now) {
  const auto tree = places::read_tree(snapshot, china_date(now));
  const auto held = people::see_account(who, account, snapshot, tree);
  if (!held) return held.error();
  Holdings holdings;
  holdings.grants = held->grants;
  const auto places = places_of(held->grants);
  holdings.plan_rows = static_cast<int>(plans::rows_in_charge(snapshot, places, held->display_name, china_date(now)).size());
  holdings.calendar_feeds = static_cast<int>(reminders::feeds_of(snapshot, account).size());
  holdings.sessions = static_cast<int>(people::list_sessions(snapshot, account, now).size());
  return holdings;
}

Result<Handover> hand_over(Transaction& transaction, people::SessionCache& cache, const people::Actor& who,
                           const Id<Handover>& id, const HandoverRequest& request, Instant now) {
  const auto tree = places::read_tree(transaction, china_date(now));
  const auto before = find(transaction, id);
  if (before) {
    if (const auto seen = people::see_account(who, before->to, transaction, tree); !seen) return seen.error();
    if (!is_same(*before, request)) return Problem(ProblemCode::conflict);
    return *before;
  }
  if (count_characters(note_in(request)) > longest_note)
    return Problem::at("note", ProblemCode::too_long, {{"limit", std::to_string(longest_note)}});
  const bool closes = request.closes.value_or(false);
  const auto passed = people::pass_grants(who, request.from, request.to, closes, transaction, cache, tree, now);
  if (!passed) return passed.error();
  Handover handover;
  handover.id = id;
  handover.from = request.from;
  handover.to = request.to;
  handover.from_name = passed->from.display_name;
  handover.to_name = passed->to.display_name;
  handover.at = now;
  handover.handed_by = who.display_name;
  handover.note = note_in(request);
  handover.grants = passed->grants;
  handover.closed = closes;
  handover.plan_rows =
      plans::pass_rows(transaction, who, places_of(passed->grants), handover.from_name, handover.to_name, tree, now);
  handover.calendar_feeds = reminders::revoke_feeds_of(transaction, who, request.from, now);
  insert(transaction, handover);
  return handover;
}

Result<std::vector<Handover>> handovers_of(Snapshot& snapshot, const people::Actor& who, const Id<Account>& account,
                                           Instant now) {
  const auto tree = places::read_tree(snapshot, china_date(now));
  const auto held = people::see_account(who, account, snapshot, tree);
  if (!held) return held.error();
  return of_account(snapshot, account, most_told);
}

}  // namespace wujin::handovers
