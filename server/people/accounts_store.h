#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "database/database.h"
#include "database/migrate.h"
#include "people/account.h"
#include "secrets/token.h"

namespace wujin::people {

std::span<const Migration> migrations();

// What an account is found by: the SHA-256 of the login's normal form.
using LoginDigest = secrets::TokenDigest;
LoginDigest digest_of_login(std::string_view login);

// Whom a list shows: accounts with a grant at one of `places`; without a list of places, everybody.
struct AccountFilter {
  std::optional<std::vector<PlaceId>> places;
  std::string text;  // part of a login or a name; empty: any
};

// Where a page ended: names need not differ, ids do.
struct AccountPosition {
  std::string display_name;
  Id<Account> id;
};

void insert_account(Transaction& transaction, const Account& account, std::string_view password_hash);
std::optional<Account> find_account(Snapshot& snapshot, const Id<Account>& id);
// By name, then id; at most `limit`.
std::vector<Account> list_accounts(Snapshot& snapshot, const AccountFilter& filter, const std::optional<AccountPosition>& after,
                                   int limit);
bool has_accounts(Snapshot& snapshot);
// How many accounts that can sign in hold the role system, `except` left out.
std::int64_t count_working_system_accounts(Snapshot& snapshot, const Id<Account>& except);

struct Credentials {
  Id<Account> account;
  std::string password_hash;
  std::string login;
  bool disabled = false;
};
std::optional<Credentials> find_credentials(Snapshot& snapshot, const LoginDigest& login);
std::optional<Credentials> find_credentials(Snapshot& snapshot, const Id<Account>& id);

// Name, language and disabling; the version rises.
void update_account(Transaction& transaction, const Account& account);
void set_password(Transaction& transaction, const Id<Account>& id, std::string_view password_hash);
void note_sign_in(Transaction& transaction, const Id<Account>& id, Instant at);
// Both versions rise.
void replace_grants(Transaction& transaction, const Id<Account>& id, std::span<const Grant> grants);
std::vector<Grant> grants_of(Snapshot& snapshot, const Id<Account>& id);
// Grants given before the server knew any place move to `place`.
void settle_grants_without_place(Transaction& transaction, const PlaceId& place);

}  // namespace wujin::people
