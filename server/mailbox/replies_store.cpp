#include "mailbox/replies_store.h"

#include "base/described_enum.h"

namespace wujin::mailbox {
namespace {

// In the order reply_of() reads them.
#define WUJIN_REPLY_COLUMNS \
  "id, letter, town, kind, receiver, subject, text, written_by, created_at, state, attempts, cause, settled_at"

Reply reply_of(const Row& row) {
  Reply reply;
  reply.id = row.id<Reply>(0);
  reply.letter = row.id<Letter>(1);
  reply.town = row.key<places::Place>(2);
  reply.kind = enum_of<ReplyKind>(row.text(3));
  reply.receiver = row.string(4);
  reply.subject = row.string(5);
  reply.text = row.string(6);
  reply.by = row.maybe(7, &Row::string);
  reply.created_at = row.instant(8);
  reply.state = enum_of<ReplyState>(row.text(9));
  reply.attempts = row.number(10);
  reply.cause = row.string(11);
  reply.settled_at = row.maybe(12, &Row::instant);
  return reply;
}

}  // namespace

constexpr auto sql_insert = "INSERT INTO letter_replies (" WUJIN_REPLY_COLUMNS
                            ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT DO NOTHING";
bool insert(Transaction& transaction, const Reply& reply) {
  return transaction.execute_counted(
             sql_insert, {reply.id, reply.letter, reply.town, name_of(reply.kind), reply.receiver, reply.subject, reply.text,
                          reply.by, reply.created_at, name_of(reply.state), reply.attempts, reply.cause, reply.settled_at}) > 0;
}

std::optional<Reply> find_reply(Snapshot& snapshot, const Id<Reply>& id) {
  return snapshot.first("SELECT " WUJIN_REPLY_COLUMNS " FROM letter_replies WHERE id = $1", {id}, &reply_of);
}

constexpr auto sql_of_letter =
    "SELECT " WUJIN_REPLY_COLUMNS " FROM letter_replies WHERE letter = $1 ORDER BY created_at, id LIMIT 100";
std::vector<Reply> replies_to(Snapshot& snapshot, const Id<Letter>& letter) {
  std::vector<Reply> replies;
  snapshot.each(sql_of_letter, {letter}, [&](const Row& row) { replies.push_back(reply_of(row)); });
  return replies;
}

constexpr auto sql_update = "UPDATE letter_replies SET state = $2, attempts = $3, cause = $4, settled_at = $5 WHERE id = $1";
void update(Transaction& transaction, const Reply& reply) {
  transaction.execute(sql_update, {reply.id, name_of(reply.state), reply.attempts, reply.cause, reply.settled_at});
}

bool has_receipt(Snapshot& snapshot, const Id<Letter>& letter) {
  return snapshot
      .first("SELECT 1 FROM letter_replies WHERE letter = $1 AND kind = 'receipt'", {letter}, [](const Row&) { return true; })
      .has_value();
}

constexpr auto sql_since =
    "SELECT COUNT(*) FROM letter_replies WHERE town = $1 AND receiver = $2 AND created_at > $3 AND kind = 'receipt'";
int receipts_since(Snapshot& snapshot, const PlaceId& town, const std::string& receiver, Instant since) {
  return *snapshot.first(sql_since, {town, receiver, since}, [](const Row& row) { return row.number(0); });
}

constexpr auto sql_stuck = "SELECT " WUJIN_REPLY_COLUMNS
                           " FROM letter_replies WHERE state = 'not_set_up' AND town = $1 ORDER BY created_at, id LIMIT $2";
std::vector<Reply> stuck_replies(Snapshot& snapshot, const PlaceId& town, int limit) {
  std::vector<Reply> replies;
  snapshot.each(sql_stuck, {town, limit}, [&](const Row& row) { replies.push_back(reply_of(row)); });
  return replies;
}

std::vector<PlaceId> towns_with_stuck_replies(Snapshot& snapshot) {
  std::vector<PlaceId> towns;
  snapshot.each("SELECT DISTINCT town FROM letter_replies WHERE state = 'not_set_up' ORDER BY town", {},
                [&](const Row& row) { towns.push_back(row.key<places::Place>(0)); });
  return towns;
}

}  // namespace wujin::mailbox
