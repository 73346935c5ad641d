#include "people/link_actions.h"

#include "audit/trail.h"
#include "base/json.h"
#include "people/account_actions.h"
#include "people/people_trail.h"
#include "people/policy_store.h"

namespace wujin::people {
namespace {

constexpr std::chrono::hours reset_lives{24};

audit::Entry entry_about_link(audit::Entry entry, const Link& link) {
  entry.kind = link.kind == LinkKind::invitation ? "invitation" : "password_reset";
  entry.record = link.id.to_string();
  entry.place = link.grant.place.text();
  return entry;
}

MadeLink keep(Link link, Transaction& transaction, Randomness& randomness) {
  MadeLink made;
  made.token = secrets::make_token(randomness);
  link.id = Id<Link>::random(randomness);
  insert_link(transaction, link, secrets::digest_of(made.token));
  made.link = std::move(link);
  return made;
}

// The trail of somebody who let themselves in by a link.
void note_entry(Transaction& transaction, std::string_view verb, const Id<Account>& id, const places::Tree& tree,
                std::string_view request_id, Instant now) {
  const auto account = find_account(transaction, id).value();
  auto entry = entry_about(verb, account, tree, now);
  entry.account = id.uuid();
  entry.request_id = request_id;
  entry.after = traced(account);
  audit::record(transaction, entry);
}

Result<int> checked_days(const std::optional<int>& days, const Policy& policy) {
  constexpr int most = 90;
  if (!days) return policy.invitation_days;
  if (*days >= 1 && *days <= most) return *days;
  return Problem::at("valid_days", ProblemCode::out_of_range, {{"low", "1"}, {"high", std::to_string(most)}});
}

}  // namespace

Result<MadeLink> invite(const Actor& who, const InvitationRequest& request, Transaction& transaction, const places::Tree& tree,
                        Randomness& randomness, Instant now) {
  if (!may_anywhere(who, Verb::invite)) return ProblemCode::forbidden;
  const auto line = tree.place_and_ancestors(request.place);
  if (line.empty()) return Problem::at("place", ProblemCode::unknown_place, {{"place", request.place.text()}});
  if (!may(who, Verb::invite, line) || !may_give(who, request.role, line)) return ProblemCode::forbidden;
  const auto days = checked_days(request.valid_days, read_policy(transaction));
  if (!days) return days.error();
  Link link;
  link.kind = LinkKind::invitation;
  link.grant = {request.role, request.place};
  if (request.display_name && !request.display_name->empty()) {
    auto name = checked_display_name(*request.display_name, "display_name");
    if (!name) return name.error();
    link.display_name = std::move(*name);
  }
  link.created_at = now;
  link.created_by = who.account;
  link.expires_at = now + std::chrono::hours(24) * *days;
  auto made = keep(std::move(link), transaction, randomness);
  auto entry = entry_about_link(entry_by(who, "invite", tree, now), made.link);
  entry.after = encode_json(made.link.grant);
  audit::record(transaction, entry);
  return made;
}

Result<std::vector<Link>> see_invitations(const Actor& who, const std::optional<LinkPosition>& after, int limit,
                                          Snapshot& snapshot, const places::Tree& tree) {
  if (!may_anywhere(who, Verb::invite)) return ProblemCode::forbidden;
  return list_invitations(snapshot, people_places(who, tree), after, limit);
}

Result<> revoke_invitation(const Actor& who, const Id<Link>& id, Transaction& transaction, const places::Tree& tree,
                           Instant now) {
  if (!may_anywhere(who, Verb::invite)) return ProblemCode::forbidden;
  const auto link = find_link(transaction, id);
  if (!link || link->kind != LinkKind::invitation) return ProblemCode::not_found;
  const auto line = tree.place_and_ancestors(link->grant.place);
  if (!may(who, Verb::invite, line)) return ProblemCode::not_found;
  if (!may_give(who, link->grant.role, line)) return ProblemCode::forbidden;
  if (link->used_at || link->revoked_at) return ProblemCode::link_spent;
  revoke_link(transaction, id, now);
  audit::record(transaction, entry_about_link(entry_by(who, "revoke_invitation", tree, now), *link));
  return {};
}

Result<MadeLink> make_password_reset(const Actor& who, const Id<Account>& id, Transaction& transaction, const places::Tree& tree,
                                     Randomness& randomness, Instant now) {
  if (!may_anywhere(who, Verb::reset_password)) return ProblemCode::forbidden;
  const auto account = see_account(who, id, transaction, tree);
  if (!account) return account.error();
  if (id == who.account || account->disabled) return ProblemCode::forbidden;
  revoke_password_resets(transaction, id, now);
  Link link;
  link.kind = LinkKind::password_reset;
  link.account = id;
  link.created_at = now;
  link.created_by = who.account;
  link.expires_at = now + reset_lives;
  auto made = keep(std::move(link), transaction, randomness);
  auto entry = entry_by(who, "make_password_reset", tree, now);
  entry.kind = "account";
  entry.record = id.to_string();
  audit::record(transaction, entry);
  return made;
}

Result<LinkMeaning> inspect_link(std::string_view token, Snapshot& snapshot, Instant now) {
  auto link = find_link(snapshot, secrets::digest_of(token));
  if (!link) return ProblemCode::not_found;
  if (state_of(*link, now) != LinkState::open) return ProblemCode::link_spent;
  LinkMeaning meaning;
  if (link->account) meaning.account = find_account(snapshot, *link->account);
  meaning.link = std::move(*link);
  return meaning;
}

Result<LinkMeaning> inspect_link(std::string_view token, LinkKind kind, Snapshot& snapshot, Instant now) {
  auto meaning = inspect_link(token, snapshot, now);
  if (meaning && meaning->link.kind != kind) return ProblemCode::not_found;
  return meaning;
}

Result<Account> add_account(const NewPerson& person, const std::vector<Grant>& grants, Transaction& transaction,
                            Randomness& randomness, Instant now) {
  if (find_credentials(transaction, digest_of_login(person.login))) return ProblemCode::login_taken;
  Account account;
  account.id = Id<Account>::random(randomness);
  account.login = person.login;
  account.display_name = person.display_name;
  account.language = person.language;
  account.created_at = now;
  account.grants = grants;
  insert_account(transaction, account, person.password_hash);
  return account;
}

Result<OpenedSession> take_up_invitation(std::string_view token, const NewPerson& person, Transaction& transaction,
                                         const places::Tree& tree, Randomness& randomness, Instant now) {
  const auto meaning = inspect_link(token, LinkKind::invitation, transaction, now);
  if (!meaning) return meaning.error();
  const auto account = add_account(person, {meaning->link.grant}, transaction, randomness, now);
  if (!account) return account.error();
  use_link(transaction, meaning->link.id, account->id, now);
  note_entry(transaction, "take_up_invitation", account->id, tree, person.request_id, now);
  return open_session(transaction, account->id, person.device, randomness, now);
}

Result<OpenedSession> take_up_password_reset(std::string_view token, std::string_view password_hash, Device device,
                                             std::string_view request_id, Transaction& transaction, SessionCache& cache,
                                             const places::Tree& tree, Randomness& randomness, Instant now) {
  const auto meaning = inspect_link(token, LinkKind::password_reset, transaction, now);
  if (!meaning) return meaning.error();
  const auto& account = meaning->account.value();
  if (account.disabled) return ProblemCode::link_spent;
  set_password(transaction, account.id, password_hash);
  lift_lockout(transaction, digest_of_login(account.login));
  delete_sessions(transaction, account.id, std::nullopt);
  cache.forget_after(transaction);
  use_link(transaction, meaning->link.id, account.id, now);
  note_entry(transaction, "take_up_password_reset", account.id, tree, request_id, now);
  return open_session(transaction, account.id, device, randomness, now);
}

std::optional<std::string> make_setup_link(Transaction& transaction, Randomness& randomness, Instant now) {
  if (has_accounts(transaction)) return std::nullopt;
  auto token = secrets::make_token(randomness);
  write_setup_link(transaction, secrets::digest_of(token), now);
  return token;
}

Result<OpenedSession> set_up(std::string_view token, const NewPerson& person, const PlaceId& place, Transaction& transaction,
                             const places::Tree& tree, Randomness& randomness, Instant now) {
  if (has_accounts(transaction)) return ProblemCode::already_set_up;
  if (!is_setup_link(transaction, secrets::digest_of(token))) return ProblemCode::not_found;
  const auto account = add_account(person, {{Role::system, place}}, transaction, randomness, now);
  if (!account) return account.error();
  delete_setup_links(transaction);
  note_entry(transaction, "set_up", account->id, tree, person.request_id, now);
  return open_session(transaction, account->id, person.device, randomness, now);
}

std::string add_demo_link(const Id<Account>& account, Transaction& transaction, Randomness& randomness) {
  auto token = secrets::make_token(randomness);
  insert_demo_link(transaction, secrets::digest_of(token), account);
  return token;
}

Result<OpenedSession> open_demo_link(std::string_view token, Device device, std::string_view request_id, Transaction& transaction,
                                     const places::Tree& tree, Randomness& randomness, Instant now) {
  const auto id = find_demo_link(transaction, secrets::digest_of(token));
  if (!id) return ProblemCode::not_found;
  const auto account = find_account(transaction, *id).value();
  if (account.disabled) return ProblemCode::not_found;
  note_entry(transaction, "sign_in", *id, tree, request_id, now);
  return open_session(transaction, *id, device, randomness, now);
}

}  // namespace wujin::people
