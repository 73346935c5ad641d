#include "mailbox/filed_store.h"

#include "base/described_enum.h"

namespace wujin::mailbox {
namespace {

std::string deliverable_of(const handins::Subject& subject) { return boost::describe::enum_to_string(subject.deliverable, ""); }

// In the order thing_of() reads them.
#define WUJIN_FILED_COLUMNS                                                                                       \
  "letter, turn, arrived_at, asked_digest, content_digest, draft_version, records, pictures, left_out, version, " \
  "taken_back_at"

FiledThing thing_of(const Row& row) {
  FiledThing filed;
  filed.letter = row.id<Letter>(0);
  filed.turn = row.number(1);
  filed.arrived_at = row.instant(2);
  filed.asked_digest = row.string(3);
  filed.content_digest = row.string(4);
  filed.draft_version = row.integer(5);
  filed.records = row.number(6);
  filed.pictures = row.number(7);
  filed.left_out = row.number(8);
  filed.version = row.maybe(9, &Row::number);
  filed.taken_back_at = row.maybe(10, &Row::instant);
  return filed;
}

}  // namespace

constexpr auto sql_filed_for = "SELECT " WUJIN_FILED_COLUMNS
                               " FROM mailbox_filed WHERE campaign = $1 AND place = $2 AND deliverable = $3 AND period = $4 "
                               "ORDER BY turn";
std::vector<FiledThing> filed_for(Snapshot& snapshot, const handins::Subject& subject) {
  std::vector<FiledThing> things;
  const std::string deliverable = deliverable_of(subject);
  snapshot.each(sql_filed_for, {subject.campaign, subject.place, deliverable, subject.period},
                [&](const Row& row) { things.push_back(thing_of(row)); });
  return things;
}

constexpr auto sql_filed_by =
    "SELECT " WUJIN_FILED_COLUMNS
    ", campaign, place, deliverable, period FROM mailbox_filed WHERE letter = $1 AND taken_back_at IS NULL "
    "ORDER BY campaign, place, deliverable, period";
std::vector<FiledFor> filed_by(Snapshot& snapshot, const PlaceId& town, const Id<Letter>& letter) {
  std::vector<FiledFor> filed;
  snapshot.each(sql_filed_by, {letter}, [&](const Row& row) {
    handins::Subject subject{row.key<campaigns::Campaign>(11), town, row.key<places::Place>(12),
                             enum_of<Deliverable>(row.text(13)), row.string(14)};
    filed.push_back({std::move(subject), thing_of(row)});
  });
  return filed;
}

constexpr auto sql_keep_filed = R"(
INSERT INTO mailbox_filed (letter, campaign, place, deliverable, period, turn, arrived_at, asked_digest, content_digest,
                           draft_version, records, pictures, left_out, version, taken_back_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
ON CONFLICT (campaign, place, deliverable, period, letter) DO UPDATE
SET turn = excluded.turn, arrived_at = excluded.arrived_at, asked_digest = excluded.asked_digest,
    content_digest = excluded.content_digest, draft_version = excluded.draft_version, records = excluded.records,
    pictures = excluded.pictures, left_out = excluded.left_out, version = excluded.version,
    taken_back_at = excluded.taken_back_at)";

void keep_filed(Transaction& transaction, const handins::Subject& subject, const FiledThing& filed) {
  const std::string deliverable = deliverable_of(subject);
  transaction.execute(sql_keep_filed, {filed.letter, subject.campaign, subject.place, deliverable, subject.period, filed.turn,
                                       filed.arrived_at, filed.asked_digest, filed.content_digest, filed.draft_version,
                                       filed.records, filed.pictures, filed.left_out, filed.version, filed.taken_back_at});
}

constexpr auto sql_filed_records = R"(
SELECT record, version FROM mailbox_filed_records
WHERE campaign = $1 AND place = $2 AND deliverable = $3 AND period = $4)";

std::vector<FiledRecord> filed_records(Snapshot& snapshot, const handins::Subject& subject) {
  std::vector<FiledRecord> records;
  const std::string deliverable = deliverable_of(subject);
  snapshot.each(sql_filed_records, {subject.campaign, subject.place, deliverable, subject.period}, [&](const Row& row) {
    records.push_back({row.uuid(0), row.integer(1)});
  });
  return records;
}

constexpr auto sql_drop_records =
    "DELETE FROM mailbox_filed_records WHERE campaign = $1 AND place = $2 AND deliverable = $3 AND period = $4";
constexpr auto sql_keep_record =
    "INSERT INTO mailbox_filed_records (record, campaign, place, deliverable, period, version) VALUES ($1, $2, $3, $4, $5, $6)";

void keep_filed_records(Transaction& transaction, const handins::Subject& subject, std::span<const FiledRecord> records) {
  const std::string deliverable = deliverable_of(subject);
  transaction.execute(sql_drop_records, {subject.campaign, subject.place, deliverable, subject.period});
  for (const FiledRecord& record : records) {
    transaction.execute(sql_keep_record,
                        {record.id, subject.campaign, subject.place, deliverable, subject.period, record.version});
  }
}

}  // namespace wujin::mailbox
