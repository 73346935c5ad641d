#include "people/accounts_store.h"

#include <fmt/format.h>

#include "database/like.h"
#include "secrets/login.h"

namespace wujin::people {
namespace {

constexpr std::string_view account_columns = R"sql(
  a.id, a.login, a.display_name, a.language, a.disabled, a.version, a.rights_version, a.created_at, a.last_signed_in_at,
  l.locked_until
  FROM people_accounts a LEFT JOIN people_lockouts l ON l.login_digest = a.login_digest
)sql";

Account account_in(const Row& row) {
  Account account;
  account.id = row.id<Account>(0);
  account.login = row.string(1);
  account.display_name = row.string(2);
  account.language = language_of(row.text(3)).value();
  account.disabled = row.boolean(4);
  account.version = row.integer(5);
  account.rights_version = row.integer(6);
  account.created_at = row.instant(7);
  account.last_signed_in_at = row.maybe(8, &Row::instant);
  account.locked_until = row.maybe(9, &Row::instant);
  return account;
}

Credentials credentials_in(const Row& row) { return {row.id<Account>(0), row.string(1), row.string(2), row.boolean(3)}; }

std::string select_account(std::string_view rest) { return fmt::format("SELECT {} {}", account_columns, rest); }

}  // namespace

LoginDigest digest_of_login(std::string_view login) { return secrets::digest_of(secrets::normalised_login(login)); }

constexpr std::string_view insert_account_sql = R"sql(
  INSERT INTO people_accounts (id, login, login_digest, display_name, language, password_hash, disabled, version, rights_version,
                               created_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
)sql";

constexpr std::string_view insert_grant_sql = "INSERT INTO people_grants (account, role, place) VALUES ($1, $2, $3)";

void insert_account(Transaction& transaction, const Account& account, std::string_view password_hash) {
  const auto digest = digest_of_login(account.login);
  transaction.execute(insert_account_sql,
                      {account.id, account.login, Value::Blob(digest), account.display_name, tag_of(account.language),
                       password_hash, account.disabled, account.version, account.rights_version, account.created_at});
  for (const auto& grant : account.grants) {
    transaction.execute(insert_grant_sql, {account.id, name_of(grant.role), grant.place});
  }
}

std::optional<Account> find_account(Snapshot& snapshot, const Id<Account>& id) {
  auto account = snapshot.first(select_account("WHERE a.id = $1"), {id}, account_in);
  if (account) account->grants = grants_of(snapshot, id);
  return account;
}

std::vector<Account> list_accounts(Snapshot& snapshot, const AccountFilter& filter, const std::optional<AccountPosition>& after,
                                   int limit) {
  std::string condition = "WHERE 1 = 1";
  std::vector<Value> parameters;
  const auto bind = [&](const auto& value) {
    parameters.emplace_back(value);
    return fmt::format("${}", parameters.size());
  };
  const std::string pattern = like_anywhere(filter.text);
  if (!filter.text.empty()) {
    const auto p = bind(pattern);
    condition += fmt::format(" AND (a.login LIKE {} ESCAPE '\\' OR a.display_name LIKE {} ESCAPE '\\')", p, p);
  }
  if (filter.places) {
    if (filter.places->empty()) return {};
    std::string list;
    for (const auto& place : *filter.places) list += (list.empty() ? "" : ", ") + bind(place);
    condition += fmt::format(" AND EXISTS (SELECT 1 FROM people_grants g WHERE g.account = a.id AND g.place IN ({}))", list);
  }
  if (after) {
    const auto name = bind(after->display_name), id = bind(after->id);
    condition += fmt::format(" AND (a.display_name > {0} OR (a.display_name = {0} AND a.id > {1}))", name, id);
  }
  condition += fmt::format(" ORDER BY a.display_name, a.id LIMIT {}", limit);
  std::vector<Account> accounts;
  snapshot.each(select_account(condition), parameters, [&](const Row& row) { accounts.push_back(account_in(row)); });
  for (auto& account : accounts) account.grants = grants_of(snapshot, account.id);
  return accounts;
}

bool has_accounts(Snapshot& snapshot) {
  return snapshot.first("SELECT 1 FROM people_accounts LIMIT 1", {}, [](const Row&) { return true; }).has_value();
}

constexpr std::string_view count_working_system_sql = R"sql(
  SELECT COUNT(DISTINCT a.id) FROM people_accounts a JOIN people_grants g ON g.account = a.id
  WHERE g.role = 'system' AND a.disabled = 0 AND a.id <> $1
)sql";

std::int64_t count_working_system_accounts(Snapshot& snapshot, const Id<Account>& except) {
  return *snapshot.first(count_working_system_sql, {except}, [](const Row& row) { return row.integer(0); });
}

std::optional<Credentials> find_credentials(Snapshot& snapshot, const LoginDigest& login) {
  return snapshot.first("SELECT id, password_hash, login, disabled FROM people_accounts WHERE login_digest = $1",
                        {Value::Blob(login)}, credentials_in);
}

std::optional<Credentials> find_credentials(Snapshot& snapshot, const Id<Account>& id) {
  return snapshot.first("SELECT id, password_hash, login, disabled FROM people_accounts WHERE id = $1", {id}, credentials_in);
}

constexpr std::string_view update_account_sql = R"sql(
  UPDATE people_accounts SET display_name = $2, language = $3, disabled = $4, version = version + 1 WHERE id = $1
)sql";

void update_account(Transaction& transaction, const Account& account) {
  transaction.execute(update_account_sql, {account.id, account.display_name, tag_of(account.language), account.disabled});
}

void set_password(Transaction& transaction, const Id<Account>& id, std::string_view password_hash) {
  transaction.execute("UPDATE people_accounts SET password_hash = $2 WHERE id = $1", {id, password_hash});
}

void note_sign_in(Transaction& transaction, const Id<Account>& id, Instant at) {
  transaction.execute("UPDATE people_accounts SET last_signed_in_at = $2 WHERE id = $1", {id, at});
}

constexpr std::string_view raise_rights_sql = R"sql(
  UPDATE people_accounts SET version = version + 1, rights_version = rights_version + 1 WHERE id = $1
)sql";

void replace_grants(Transaction& transaction, const Id<Account>& id, std::span<const Grant> grants) {
  transaction.execute("DELETE FROM people_grants WHERE account = $1", {id});
  for (const auto& grant : grants) transaction.execute(insert_grant_sql, {id, name_of(grant.role), grant.place});
  transaction.execute(raise_rights_sql, {id});
}

std::vector<Grant> grants_of(Snapshot& snapshot, const Id<Account>& id) {
  std::vector<Grant> grants;
  snapshot.each("SELECT role, place FROM people_grants WHERE account = $1 ORDER BY place, role", {id}, [&](const Row& row) {
    grants.push_back({role_of(row.text(0)).value(), row.key<places::Place>(1)});
  });
  return grants;
}

void settle_grants_without_place(Transaction& transaction, const PlaceId& place) {
  transaction.execute(
      "UPDATE people_accounts SET rights_version = rights_version + 1 "
      "WHERE id IN (SELECT account FROM people_grants WHERE place = '')");
  transaction.execute("UPDATE people_grants SET place = $1 WHERE place = ''", {place});
}

}  // namespace wujin::people
