#pragma once

#include <optional>
#include <string>
#include <vector>

#include "database/database.h"
#include "people/account.h"
#include "secrets/token.h"

namespace wujin::people {

struct Link;

enum class LinkKind : std::uint8_t { invitation, password_reset };
BOOST_DESCRIBE_ENUM(LinkKind, invitation, password_reset)

enum class LinkState : std::uint8_t { open, used, expired, revoked };
BOOST_DESCRIBE_ENUM(LinkState, open, used, expired, revoked)

// A link of one use that carries a secret behind its #.
struct Link {
  Id<Link> id;
  LinkKind kind = LinkKind::invitation;
  std::optional<Id<Account>> account;  // whose password
  Grant grant;                         // what is offered by an invitation
  std::string display_name;            // for whom; may be empty
  Instant created_at{};
  Id<Account> created_by;
  Instant expires_at{};
  std::optional<Instant> used_at;
  std::optional<Id<Account>> used_by;
  std::optional<Instant> revoked_at;
};

LinkState state_of(const Link& link, Instant now);

void insert_link(Transaction& transaction, const Link& link, const secrets::TokenDigest& token);
std::optional<Link> find_link(Snapshot& snapshot, const secrets::TokenDigest& token);
std::optional<Link> find_link(Snapshot& snapshot, const Id<Link>& id);
struct LinkPosition {
  Instant created_at;
  Id<Link> id;
};
// Invitations to `places`, or to any place, newest first.
std::vector<Link> list_invitations(Snapshot& snapshot, const std::optional<std::vector<PlaceId>>& places,
                                   const std::optional<LinkPosition>& after, int limit);
void use_link(Transaction& transaction, const Id<Link>& id, const Id<Account>& by, Instant at);
void revoke_link(Transaction& transaction, const Id<Link>& id, Instant at);
// A new reset link makes the ones before it worthless.
void revoke_password_resets(Transaction& transaction, const Id<Account>& account, Instant at);

// The one-time link of an empty folder; a new one replaces the one before.
void write_setup_link(Transaction& transaction, const secrets::TokenDigest& token, Instant at);
bool is_setup_link(Snapshot& snapshot, const secrets::TokenDigest& token);
void delete_setup_links(Transaction& transaction);

// The reusable links of a sample town.
void insert_demo_link(Transaction& transaction, const secrets::TokenDigest& token, const Id<Account>& account);
std::optional<Id<Account>> find_demo_link(Snapshot& snapshot, const secrets::TokenDigest& token);

}  // namespace wujin::people
