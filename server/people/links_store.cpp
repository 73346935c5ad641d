#include "people/links_store.h"

#include <fmt/format.h>

namespace wujin::people {
namespace {

constexpr std::string_view columns =
    "id, kind, account, role, place, display_name, created_at, created_by, expires_at, used_at, used_by, revoked_at";

Link link_in(const Row& row) {
  Link link;
  link.id = row.id<Link>(0);
  link.kind = row.text(1) == "invitation" ? LinkKind::invitation : LinkKind::password_reset;
  link.account = row.maybe(2, &Row::id<Account>);
  if (link.kind == LinkKind::invitation) link.grant = {role_of(row.text(3)).value(), row.key<places::Place>(4)};
  link.display_name = row.string(5);
  link.created_at = row.instant(6);
  link.created_by = row.id<Account>(7);
  link.expires_at = row.instant(8);
  link.used_at = row.maybe(9, &Row::instant);
  link.used_by = row.maybe(10, &Row::id<Account>);
  link.revoked_at = row.maybe(11, &Row::instant);
  return link;
}

std::string select(std::string_view rest) { return fmt::format("SELECT {} FROM people_links {}", columns, rest); }

}  // namespace

LinkState state_of(const Link& link, Instant now) {
  if (link.used_at) return LinkState::used;
  if (link.revoked_at) return LinkState::revoked;
  return now >= link.expires_at ? LinkState::expired : LinkState::open;
}

constexpr std::string_view insert_link_sql = R"sql(
  INSERT INTO people_links (id, token, kind, account, role, place, display_name, created_at, created_by, expires_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
)sql";

void insert_link(Transaction& transaction, const Link& link, const secrets::TokenDigest& token) {
  const bool invites = link.kind == LinkKind::invitation;
  const Value role = invites ? Value(name_of(link.grant.role)) : Value(nullptr);
  const Value place = invites ? Value(link.grant.place) : Value(nullptr);
  transaction.execute(insert_link_sql, {link.id, Value::Blob(token), invites ? "invitation" : "password_reset", link.account,
                                        role, place, link.display_name, link.created_at, link.created_by, link.expires_at});
}

std::optional<Link> find_link(Snapshot& snapshot, const secrets::TokenDigest& token) {
  return snapshot.first(select("WHERE token = $1"), {Value::Blob(token)}, link_in);
}

std::optional<Link> find_link(Snapshot& snapshot, const Id<Link>& id) {
  return snapshot.first(select("WHERE id = $1"), {id}, link_in);
}

std::vector<Link> list_invitations(Snapshot& snapshot, const std::optional<std::vector<PlaceId>>& places,
                                   const std::optional<LinkPosition>& after, int limit) {
  std::string condition = "WHERE kind = 'invitation'";
  std::vector<Value> parameters;
  const auto bind = [&](const auto& value) {
    parameters.emplace_back(value);
    return fmt::format("${}", parameters.size());
  };
  if (places) {
    if (places->empty()) return {};
    std::string list;
    for (const auto& place : *places) list += (list.empty() ? "" : ", ") + bind(place);
    condition += fmt::format(" AND place IN ({})", list);
  }
  if (after) {
    const auto at = bind(after->created_at), id = bind(after->id);
    condition += fmt::format(" AND (created_at < {0} OR (created_at = {0} AND id < {1}))", at, id);
  }
  condition += fmt::format(" ORDER BY created_at DESC, id DESC LIMIT {}", limit);
  std::vector<Link> links;
  snapshot.each(select(condition), parameters, [&](const Row& row) { links.push_back(link_in(row)); });
  return links;
}

void use_link(Transaction& transaction, const Id<Link>& id, const Id<Account>& by, Instant at) {
  transaction.execute("UPDATE people_links SET used_at = $2, used_by = $3 WHERE id = $1", {id, at, by});
}

void revoke_link(Transaction& transaction, const Id<Link>& id, Instant at) {
  transaction.execute("UPDATE people_links SET revoked_at = $2 WHERE id = $1 AND used_at IS NULL", {id, at});
}

void revoke_password_resets(Transaction& transaction, const Id<Account>& account, Instant at) {
  transaction.execute("UPDATE people_links SET revoked_at = $2 WHERE account = $1 AND used_at IS NULL AND revoked_at IS NULL",
                      {account, at});
}

void write_setup_link(Transaction& transaction, const secrets::TokenDigest& token, Instant at) {
  delete_setup_links(transaction);
  transaction.execute("INSERT INTO people_setup_links (token, created_at) VALUES ($1, $2)", {Value::Blob(token), at});
}

bool is_setup_link(Snapshot& snapshot, const secrets::TokenDigest& token) {
  return snapshot
      .first("SELECT 1 FROM people_setup_links WHERE token = $1", {Value::Blob(token)}, [](const Row&) { return true; })
      .has_value();
}

void delete_setup_links(Transaction& transaction) { transaction.execute("DELETE FROM people_setup_links"); }

void insert_demo_link(Transaction& transaction, const secrets::TokenDigest& token, const Id<Account>& account) {
  transaction.execute("INSERT INTO people_demo_links (token, account) VALUES ($1, $2)", {Value::Blob(token), account});
}

std::optional<Id<Account>> find_demo_link(Snapshot& snapshot, const secrets::TokenDigest& token) {
  return snapshot.first("SELECT account FROM people_demo_links WHERE token = $1", {Value::Blob(token)},
                        [](const Row& row) { return row.id<Account>(0); });
}

}  // namespace wujin::people
