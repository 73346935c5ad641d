#include "people/account_actions.h"

#include <algorithm>
#include <set>

#include "audit/trail.h"
#include "base/json.h"
#include "people/people_trail.h"
#include "people/people_wire.h"
#include "people/policy_store.h"
#include "people/sessions_store.h"

namespace wujin::people {
namespace {

// Where a grant stands in the tree. One without a place, given before the server knew any, stands at its root.
std::vector<PlaceId> line_of(const PlaceId& place, const places::Tree& tree) {
  if (place.empty()) return {place};
  return tree.place_and_ancestors(place);
}

bool is_system(const Actor& who) {
  return std::ranges::any_of(who.grants, [](const Grant& grant) { return grant.role == Role::system; });
}

// Whether the actor's grants reach the top of the tree: then nobody is out of sight.
bool reaches_everything(const Actor& who, Verb verb, const places::Tree& tree) {
  const auto reach = scopes(who, verb);
  return std::ranges::any_of(reach, [&](const Scope& scope) {
    if (scope.place.empty()) return true;
    const auto* place = tree.find(scope.place);
    if (!place || place->parent) return false;
    const auto roots = std::ranges::count_if(tree.places(), [](const places::Place& each) { return !each.parent; });
    return roots == 1;
  });
}

bool is_in_sight(const Actor& who, const Account& account, const places::Tree& tree) {
  const auto places = people_places(who, tree);
  if (!places) return true;
  return std::ranges::any_of(account.grants,
                             [&](const Grant& grant) { return std::ranges::find(*places, grant.place) != places->end(); });
}

bool may_give_here(const Actor& who, const Grant& grant, const places::Tree& tree) {
  if (grant.place.empty()) return is_system(who);
  return may_give(who, grant.role, line_of(grant.place, tree));
}

// Over whom the actor stands: every grant is one they could give.
bool may_change(const Actor& who, const Account& account, const places::Tree& tree) {
  if (account.grants.empty()) return is_system(who);
  return std::ranges::all_of(account.grants, [&](const Grant& grant) { return may_give_here(who, grant, tree); });
}

Result<> check_if_match(std::string_view if_match, std::int64_t version, const std::string& current) {
  if (if_match.empty()) return Problem(ProblemCode::if_match_required).carrying(current);
  if (if_match != "*" && if_match != etag_of(version)) return Problem(ProblemCode::stale).carrying(current);
  return {};
}

// The account, when the actor may look at it, stands over it, and edits what it is now.
Result<Account> find_to_change(const Actor& who, const Id<Account>& id, std::string_view if_match, Transaction& transaction,
                               const places::Tree& tree, Instant now) {
  auto account = see_account(who, id, transaction, tree);
  if (!account) return account.error();
  if (!may_change(who, *account, tree)) return ProblemCode::forbidden;
  const auto current = encode_json(answer_of(*account, tree, now));
  const auto fresh = check_if_match(if_match, account->version, current);
  if (!fresh) return fresh.error();
  return account;
}

void note_change(Transaction& transaction, const Actor& who, std::string_view verb, const Account& before, const Account& after,
                 const places::Tree& tree, Instant now) {
  auto entry = entry_by(who, verb, tree, now);
  entry.kind = "account";
  entry.record = after.id.to_string();
  entry.before = traced(before);
  entry.after = traced(after);
  audit::record(transaction, entry);
}

bool works_as_system(const Account& account) {
  return !account.disabled && std::ranges::any_of(account.grants, [](const Grant& grant) { return grant.role == Role::system; });
}

Result<> check_grants(const Actor& who, const std::vector<Grant>& grants, const places::Tree& tree) {
  constexpr std::size_t most = 200;
  if (grants.size() > most) return Problem::at("grants", ProblemCode::too_many, {{"limit", std::to_string(most)}});
  std::vector<Fault> faults;
  std::set<Grant> seen;
  for (std::size_t i = 0; i < grants.size(); ++i) {
    const auto at = "grants[" + std::to_string(i) + "]";
    const bool is_known = tree.find(grants[i].place) != nullptr;
    if (!is_known) faults.push_back({at + ".place", ProblemCode::unknown_place, {{"place", grants[i].place.text()}}});
    if (!seen.insert(grants[i]).second) faults.push_back({at, ProblemCode::duplicate, {}});
  }
  if (!faults.empty()) return Problem::of(std::move(faults));
  const bool may_all = std::ranges::all_of(grants, [&](const Grant& grant) { return may_give_here(who, grant, tree); });
  if (!may_all) return ProblemCode::forbidden;
  return {};
}

}  // namespace

std::optional<std::vector<PlaceId>> people_places(const Actor& who, const places::Tree& tree) {
  std::set<PlaceId> found;
  for (const auto verb : {Verb::manage_people, Verb::unlock}) {
    // Whoever looks after all accounts sees those without a grant too.
    const bool looks_after_all = verb == Verb::unlock || is_system(who);
    if (looks_after_all && reaches_everything(who, verb, tree)) return std::nullopt;
    for (const auto& scope : scopes(who, verb)) {
      for (const auto* place : tree.subtree(scope.place)) found.insert(place->id);
    }
  }
  return std::vector<PlaceId>(found.begin(), found.end());
}

Result<std::vector<Account>> see_accounts(const Actor& who, AccountFilter filter, const std::optional<PlaceId>& place,
                                          const std::optional<AccountPosition>& after, int limit, Snapshot& snapshot,
                                          const places::Tree& tree) {
  if (!may_anywhere(who, Verb::manage_people) && !may_anywhere(who, Verb::unlock)) return ProblemCode::forbidden;
  filter.places = people_places(who, tree);
  if (place) {
    std::vector<PlaceId> narrowed;
    for (const auto* below : tree.subtree(*place)) {
      const bool is_seen = !filter.places || std::ranges::find(*filter.places, below->id) != filter.places->end();
      if (is_seen) narrowed.push_back(below->id);
    }
    filter.places = std::move(narrowed);
  }
  return list_accounts(snapshot, filter, after, limit);
}

Result<Account> see_account(const Actor& who, const Id<Account>& id, Snapshot& snapshot, const places::Tree& tree) {
  if (!may_anywhere(who, Verb::manage_people) && !may_anywhere(who, Verb::unlock)) return ProblemCode::forbidden;
  auto account = find_account(snapshot, id);
  if (!account || !is_in_sight(who, *account, tree)) return ProblemCode::not_found;
  return std::move(*account);
}

Result<Account> change_account(const Actor& who, const Id<Account>& id, const AccountChange& change, std::string_view if_match,
                               Transaction& transaction, SessionCache& cache, const places::Tree& tree, Instant now) {
  auto before = find_to_change(who, id, if_match, transaction, tree, now);
  if (!before) return before.error();
  auto after = *before;
  if (change.display_name) {
    auto name = checked_display_name(*change.display_name, "display_name");
    if (!name) return name.error();
    after.display_name = std::move(*name);
  }
  after.disabled = change.disabled.value_or(after.disabled);
  if (after.disabled && !before->disabled) {
    if (id == who.account) return Problem::at("disabled", ProblemCode::own_account);
    const bool is_last = works_as_system(*before) && count_working_system_accounts(transaction, id) == 0;
    if (is_last) return Problem::at("disabled", ProblemCode::last_system);
    delete_sessions(transaction, id, std::nullopt);
  }
  update_account(transaction, after);
  cache.forget_after(transaction);
  note_change(transaction, who, "change_account", *before, after, tree, now);
  return find_account(transaction, id).value();
}

Result<Account> change_grants(const Actor& who, const Id<Account>& id, std::vector<Grant> grants, std::string_view if_match,
                              Transaction& transaction, SessionCache& cache, const places::Tree& tree, Instant now) {
  auto before = find_to_change(who, id, if_match, transaction, tree, now);
  if (!before) return before.error();
  const auto checked = check_grants(who, grants, tree);
  if (!checked) return checked.error();
  auto after = *before;
  after.grants = std::move(grants);
  const bool was_last = works_as_system(*before) && count_working_system_accounts(transaction, id) == 0;
  if (was_last && !works_as_system(after)) return Problem::at("grants", ProblemCode::last_system);
  replace_grants(transaction, id, after.grants);
  cache.forget_after(transaction);
  note_change(transaction, who, "change_grants", *before, after, tree, now);
  return find_account(transaction, id).value();
}

Result<PassedGrants> pass_grants(const Actor& who, const Id<Account>& from, const Id<Account>& to, bool closes,
                                 Transaction& transaction, SessionCache& cache, const places::Tree& tree, Instant now) {
  auto giver = see_account(who, from, transaction, tree);
  if (!giver) return giver.error();
  if (!may_change(who, *giver, tree)) return ProblemCode::forbidden;
  if (from == to) return Problem::at("to", ProblemCode::duplicate);
  if (from == who.account && closes) return Problem::at("closes", ProblemCode::own_account);
  if (giver->grants.empty()) return Problem::at("from", ProblemCode::required);
  auto taker = see_account(who, to, transaction, tree);
  if (!taker || taker->disabled) return Problem::at("to", ProblemCode::unknown_choice, {{"value", to.to_string()}});
  if (!may_change(who, *taker, tree)) return ProblemCode::forbidden;
  std::set<Grant> held(taker->grants.begin(), taker->grants.end());
  held.insert(giver->grants.begin(), giver->grants.end());
  auto after_to = *taker;
  after_to.grants.assign(held.begin(), held.end());
  const auto checked = check_grants(who, after_to.grants, tree);
  if (!checked) return checked.error();
  auto after_from = *giver;
  after_from.grants.clear();
  after_from.disabled = closes || giver->disabled;
  replace_grants(transaction, to, after_to.grants);
  replace_grants(transaction, from, {});
  update_account(transaction, after_from);
  delete_sessions(transaction, from, std::nullopt);
  cache.forget_after(transaction);
  note_change(transaction, who, "hand_over", *giver, after_from, tree, now);
  note_change(transaction, who, "take_over", *taker, after_to, tree, now);
  PassedGrants passed{std::move(*giver), std::move(*taker), {}};
  passed.grants = passed.from.grants;
  return passed;
}

Result<> unlock_account(const Actor& who, const Id<Account>& id, Transaction& transaction, const places::Tree& tree,
                        Instant now) {
  if (!may_anywhere(who, Verb::unlock)) return ProblemCode::forbidden;
  const auto account = see_account(who, id, transaction, tree);
  if (!account) return account.error();
  lift_lockout(transaction, digest_of_login(account->login));
  auto entry = entry_by(who, "unlock_account", tree, now);
  entry.kind = "account";
  entry.record = id.to_string();
  audit::record(transaction, entry);
  return {};
}

Result<Account> change_oneself(const Actor& who, const OwnChange& change, Transaction& transaction, SessionCache& cache,
                               const places::Tree& tree, Instant now) {
  const auto before = find_account(transaction, who.account).value();
  auto after = before;
  if (change.display_name) {
    auto name = checked_display_name(*change.display_name, "display_name");
    if (!name) return name.error();
    after.display_name = std::move(*name);
  }
  if (change.language) {
    const auto language = language_of(*change.language);
    if (!language) return Problem::at("language", ProblemCode::unknown_choice, {{"value", *change.language}});
    after.language = *language;
  }
  update_account(transaction, after);
  cache.forget_after(transaction);
  note_change(transaction, who, "change_account", before, after, tree, now);
  return find_account(transaction, who.account).value();
}

Result<> change_own_password(const Actor& who, std::string_view password_hash, Transaction& transaction, SessionCache& cache,
                             const places::Tree& tree, Instant now) {
  set_password(transaction, who.account, password_hash);
  delete_sessions(transaction, who.account, who.session);
  cache.forget_after(transaction);
  auto entry = entry_by(who, "change_password", tree, now);
  entry.kind = "account";
  entry.record = who.account.to_string();
  audit::record(transaction, entry);
  return {};
}

Result<Policy> see_policy(const Actor& who, Snapshot& snapshot) {
  if (!may_anywhere(who, Verb::read_policy)) return ProblemCode::forbidden;
  return read_policy(snapshot);
}

Result<Policy> change_policy(const Actor& who, const PolicyChange& change, std::string_view if_match, Transaction& transaction,
                             SessionCache& cache, const places::Tree& tree, Instant now) {
  if (!may_anywhere(who, Verb::manage_policy)) return ProblemCode::forbidden;
  const auto before = read_policy(transaction);
  const auto fresh = check_if_match(if_match, before.version, encode_json(answer_of(before)));
  if (!fresh) return fresh.error();
  const auto sound = check(change);
  if (!sound) return sound.error();
  write_policy(transaction, change);
  cache.forget_after(transaction);
  auto entry = entry_by(who, "change_policy", tree, now);
  entry.kind = "policy";
  entry.before = encode_json(static_cast<const PolicyChange&>(before));
  entry.after = encode_json(change);
  audit::record(transaction, entry);
  return read_policy(transaction);
}

}  // namespace wujin::people
