#include "people/door.h"

#include <utility>

#include "audit/trail.h"
#include "people/account_actions.h"
#include "people/people_trail.h"
#include "places/place_store.h"

namespace wujin::people {
namespace {

// The fault of a failed check, gathered with the others.
template <class T>
void gather(std::vector<Fault>& faults, const Result<T>& checked) {
  if (checked) return;
  const auto problem = checked.error();
  faults.insert(faults.end(), problem.faults().begin(), problem.faults().end());
}

// The root the first account stands at: the town that was named, else the tree's own; nowhere while there is no place.
PlaceId root_of(const places::Tree& tree) {
  for (const auto& place : tree.places()) {
    if (!place.parent) return place.id;
  }
  return {};
}

}  // namespace

Task<Result<bool>> Door::is_right(const LoginState& state, std::string password) {
  if (!state.credentials) {
    auto nobody = co_await passwords_.verify_nobody(std::move(password));
    co_return nobody;
  }
  auto right = co_await passwords_.verify(state.credentials->password_hash, std::move(password));
  if (right && state.credentials->disabled) co_return false;
  co_return right;
}

Task<Result<OpenedSession>> Door::sign_in(std::string login, std::string password, Caller caller) {
  const auto admitted = throttle_.admit(caller.address, clock_.now());
  if (!admitted) co_return admitted.error();
  Attempt attempt;
  attempt.login = digest_of_login(login);
  attempt.device = caller.device;
  attempt.request_id = caller.request_id;
  auto look = [&](Snapshot& snapshot) { return read_login_state(snapshot, attempt.login); };
  const auto state = co_await database_.read(look);
  if (state.credentials) attempt.account = state.credentials->account;
  if (!is_locked(state.lockout, clock_.now())) {
    const auto right = co_await is_right(state, std::move(password));
    if (!right) co_return right.error();
    attempt.is_right = *right;
  }
  const auto now = clock_.now();
  auto judge = [&](Transaction& transaction) {
    return judge_attempt(transaction, attempt, places::read_tree(transaction, china_date(now)), randomness_, now);
  };
  auto outcome = co_await database_.write(judge);
  if (!outcome) co_return outcome.error();
  if (!outcome->refused) co_return std::move(*outcome->opened);
  throttle_.note(caller.address, now);
  co_return std::move(*outcome->refused);
}

Task<Result<NewPerson>> Door::admit(Newcomer newcomer, Caller caller) {
  auto look = [](Snapshot& snapshot) { return read_policy(snapshot); };
  const auto policy = co_await database_.read(look);
  std::vector<Fault> faults;
  const auto login = checked_login(newcomer.login, "login");
  const auto name = checked_display_name(newcomer.display_name, "display_name");
  gather(faults, login);
  gather(faults, name);
  gather(faults, check_password(newcomer.password, newcomer.login, policy, "password"));
  if (!faults.empty()) co_return Problem::of(std::move(faults));
  auto hash = co_await passwords_.hash(std::move(newcomer.password));
  if (!hash) co_return hash.error();
  NewPerson person;
  person.login = *login;
  person.display_name = *name;
  person.language = newcomer.language;
  person.password_hash = std::move(*hash);
  person.device = caller.device;
  person.request_id = caller.request_id;
  co_return person;
}

Task<Result<OpenedSession>> Door::take_up_invitation(std::string token, Newcomer newcomer, Caller caller) {
  auto look = [&](Snapshot& snapshot) { return inspect_link(token, LinkKind::invitation, snapshot, clock_.now()); };
  const auto meaning = co_await database_.read(look);
  if (!meaning) co_return meaning.error();
  const auto person = co_await admit(std::move(newcomer), caller);
  if (!person) co_return person.error();
  const auto now = clock_.now();
  auto take = [&](Transaction& transaction) {
    const auto tree = places::read_tree(transaction, china_date(now));
    return people::take_up_invitation(token, *person, transaction, tree, randomness_, now);
  };
  auto opened = co_await database_.write(take);
  co_return opened;
}

Task<Result<OpenedSession>> Door::take_up_password_reset(std::string token, std::string password, Caller caller) {
  struct Look {
    Result<LinkMeaning> meaning;
    Policy policy;
  };
  auto look = [&](Snapshot& snapshot) {
    return Look{inspect_link(token, LinkKind::password_reset, snapshot, clock_.now()), read_policy(snapshot)};
  };
  const auto seen = co_await database_.read(look);
  if (!seen.meaning) co_return seen.meaning.error();
  const auto strong = check_password(password, seen.meaning->account.value().login, seen.policy, "password");
  if (!strong) co_return strong.error();
  const auto hash = co_await passwords_.hash(std::move(password));
  if (!hash) co_return hash.error();
  const auto now = clock_.now();
  auto take = [&](Transaction& transaction) {
    const auto tree = places::read_tree(transaction, china_date(now));
    return people::take_up_password_reset(token, *hash, caller.device, caller.request_id, transaction, cache_, tree, randomness_,
                                          now);
  };
  auto opened = co_await database_.write(take);
  co_return opened;
}

Task<Result<OpenedSession>> Door::set_up(std::string token, Newcomer newcomer, std::optional<places::Place> town, Caller caller) {
  auto look = [&](Snapshot& snapshot) -> Result<> {
    if (has_accounts(snapshot)) return ProblemCode::already_set_up;
    if (!is_setup_link(snapshot, secrets::digest_of(token))) return ProblemCode::not_found;
    return {};
  };
  const auto open = co_await database_.read(look);
  if (!open) co_return open.error();
  const auto person = co_await admit(std::move(newcomer), caller);
  if (!person) co_return person.error();
  const auto now = clock_.now();
  auto take = [&](Transaction& transaction) -> Result<OpenedSession> {
    const auto today = china_date(now);
    auto tree = places::read_tree(transaction, today);
    if (town && tree.places().empty()) {
      places::write_places(transaction, {*town}, today);
      tree = places::read_tree(transaction, today);
    }
    const auto* named = town ? tree.find(town->id) : nullptr;
    const auto root = named ? named->id : root_of(tree);
    return people::set_up(token, *person, root, transaction, tree, randomness_, now);
  };
  auto opened = co_await database_.write(take);
  co_return opened;
}

Task<Result<OpenedSession>> Door::open_demo_link(std::string token, Caller caller) {
  const auto now = clock_.now();
  auto take = [&](Transaction& transaction) {
    const auto tree = places::read_tree(transaction, china_date(now));
    return people::open_demo_link(token, caller.device, caller.request_id, transaction, tree, randomness_, now);
  };
  auto opened = co_await database_.write(take);
  co_return opened;
}

Task<Result<>> Door::change_password(Actor who, std::string present, std::string wanted, Caller caller) {
  const auto admitted = throttle_.admit(caller.address, clock_.now());
  if (!admitted) co_return admitted.error();
  struct Look {
    Credentials credentials;
    Policy policy;
  };
  auto look = [&](Snapshot& snapshot) { return Look{find_credentials(snapshot, who.account).value(), read_policy(snapshot)}; };
  const auto seen = co_await database_.read(look);
  const auto right = co_await passwords_.verify(seen.credentials.password_hash, std::move(present));
  if (!right) co_return right.error();
  if (!*right) {
    throttle_.note(caller.address, clock_.now());
    co_return Problem::at("current_password", ProblemCode::wrong_password);
  }
  const auto strong = check_password(wanted, seen.credentials.login, seen.policy, "new_password");
  if (!strong) co_return strong.error();
  const auto hash = co_await passwords_.hash(std::move(wanted));
  if (!hash) co_return hash.error();
  const auto now = clock_.now();
  auto change = [&](Transaction& transaction) {
    return change_own_password(who, *hash, transaction, cache_, places::read_tree(transaction, china_date(now)), now);
  };
  auto changed = co_await database_.write(change);
  co_return changed;
}

}  // namespace wujin::people
