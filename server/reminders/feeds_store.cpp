#include "reminders/feeds_store.h"

namespace wujin::reminders {
namespace {

Feed feed_of(const Row& row) {
  return {row.id<Feed>(0), row.key<campaigns::Campaign>(1), row.key<places::Place>(2), row.id<people::Account>(3),
          row.instant(4)};
}

}  // namespace

constexpr std::string_view insert_feed =
    "INSERT INTO reminder_feeds (id, token, campaign, place, account, created_at) VALUES ($1, $2, $3, $4, $5, $6)";
void insert(Transaction& transaction, const Feed& feed, const secrets::TokenDigest& token) {
  transaction.execute(insert_feed, {feed.id, Value::Blob(token), feed.campaign, feed.place, feed.account, feed.created_at});
}

constexpr std::string_view select_by_token =
    "SELECT id, campaign, place, account, created_at FROM reminder_feeds WHERE token = $1 AND revoked_at IS NULL";
std::optional<Feed> find_feed(Snapshot& snapshot, const secrets::TokenDigest& token) {
  return snapshot.first(select_by_token, {Value::Blob(token)}, &feed_of);
}

constexpr std::string_view select_own =
    "SELECT id, campaign, place, account, created_at FROM reminder_feeds WHERE account = $1 AND revoked_at IS NULL "
    "ORDER BY created_at DESC, id";
std::vector<Feed> feeds_of(Snapshot& snapshot, const Id<people::Account>& account) {
  std::vector<Feed> feeds;
  snapshot.each(select_own, {account}, [&](const Row& row) { feeds.push_back(feed_of(row)); });
  return feeds;
}

constexpr std::string_view update_revoked = "UPDATE reminder_feeds SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL";
void revoke(Transaction& transaction, const Id<Feed>& id, Instant now) { transaction.execute(update_revoked, {id, now}); }

}  // namespace wujin::reminders
