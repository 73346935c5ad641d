#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/randomness.h"
#include "people/accounts_store.h"
#include "people/links_store.h"
#include "people/may.h"
#include "people/session_cache.h"
#include "people/sign_in_actions.h"
#include "places/place.h"

namespace wujin::people {

// A link just made, with the only copy of its token.
struct MadeLink {
  Link link;
  std::string token;
};

// ── invitations ──
struct InvitationRequest {
  Role role = Role::village;
  PlaceId place;
  std::optional<std::string> display_name;
  std::optional<int> valid_days;  // 1 to 90; else as the policy says
};
BOOST_DESCRIBE_STRUCT(InvitationRequest, (), (role, place, display_name, valid_days))
Result<MadeLink> invite(const Actor& who, const InvitationRequest& request, Transaction& transaction, const places::Tree& tree,
                        Randomness& randomness, Instant now);
Result<std::vector<Link>> see_invitations(const Actor& who, const std::optional<LinkPosition>& after, int limit,
                                          Snapshot& snapshot, const places::Tree& tree);
// Errors: link_spent when it was used or revoked already.
Result<> revoke_invitation(const Actor& who, const Id<Link>& id, Transaction& transaction, const places::Tree& tree, Instant now);

// ── a new password ── By the system role, never for oneself; links made before are worthless from now on.
Result<MadeLink> make_password_reset(const Actor& who, const Id<Account>& id, Transaction& transaction, const places::Tree& tree,
                                     Randomness& randomness, Instant now);

// ── what a token is for ── Changes nothing: chat programs preview links. Errors: not_found, link_spent.
struct LinkMeaning {
  Link link;
  std::optional<Account> account;  // of a password reset
};
Result<LinkMeaning> inspect_link(std::string_view token, LinkKind kind, Snapshot& snapshot, Instant now);
Result<LinkMeaning> inspect_link(std::string_view token, Snapshot& snapshot, Instant now);

// ── taking a link up ── `password_hash` is of a password that was checked.
struct NewPerson {
  std::string login;
  std::string display_name;
  Language language = Language::chinese;
  std::string password_hash;
  Device device = Device::desk;
  std::string request_id;
};
// Errors: not_found, link_spent, login_taken.
Result<OpenedSession> take_up_invitation(std::string_view token, const NewPerson& person, Transaction& transaction,
                                         const places::Tree& tree, Randomness& randomness, Instant now);
// Ends every session of the account and lifts its lock-out.
Result<OpenedSession> take_up_password_reset(std::string_view token, std::string_view password_hash, Device device,
                                             std::string_view request_id, Transaction& transaction, SessionCache& cache,
                                             const places::Tree& tree, Randomness& randomness, Instant now);

// ── an empty folder ──
// The token of the one-time link, while there is no account; nothing once there is.
std::optional<std::string> make_setup_link(Transaction& transaction, Randomness& randomness, Instant now);
// The first account, with the role system at the root of the tree (`place`; empty when no place is known yet).
// Errors: not_found for a wrong token, already_set_up.
Result<OpenedSession> set_up(std::string_view token, const NewPerson& person, const PlaceId& place, Transaction& transaction,
                             const places::Tree& tree, Randomness& randomness, Instant now);

// ── for commands and the sample town ──
// An account with its grants, made without a link. Errors: login_taken.
Result<Account> add_account(const NewPerson& person, const std::vector<Grant>& grants, Transaction& transaction,
                            Randomness& randomness, Instant now);
// The token of a link that may be used again and again.
std::string add_demo_link(const Id<Account>& account, Transaction& transaction, Randomness& randomness);
// Errors: not_found.
Result<OpenedSession> open_demo_link(std::string_view token, Device device, std::string_view request_id, Transaction& transaction,
                                     const places::Tree& tree, Randomness& randomness, Instant now);

}  // namespace wujin::people
