#include "mailbox/letters_store.h"

#include <limits>
#include <set>

#include "base/described_enum.h"
#include "mailbox/understanding_json.h"

namespace wujin::mailbox {
namespace {

// In the order core_of() reads them.
#define WUJIN_LETTER_CORE \
  "id, town, channel, state, version, message_id, body_sha256, raw_sha256, raw_bytes, arrived_at, fetched_at, head, course"
#define WUJIN_LETTER_COLUMNS WUJIN_LETTER_CORE ", contents, campaign, understanding"

LetterCore core_of(const Row& row) {
  LetterCore letter;
  letter.id = row.id<Letter>(0);
  letter.town = row.key<places::Place>(1);
  letter.channel = enum_of<Channel>(row.text(2));
  letter.state = enum_of<LetterState>(row.text(3));
  letter.version = row.integer(4);
  letter.message_id = row.string(5);
  letter.body_sha256 = row.string(6);
  letter.raw_sha256 = row.string(7);
  letter.raw_bytes = row.integer(8);
  letter.arrived_at = row.instant(9);
  letter.fetched_at = row.instant(10);
  letter.head = decode_json<Head>(row.text(11)).value();
  letter.course = decode_json<Course>(row.text(12)).value();
  return letter;
}

Letter letter_of(const Row& row) {
  Letter letter;
  static_cast<LetterCore&>(letter) = core_of(row);
  letter.contents = decode_json<Contents>(row.text(13)).value();
  if (!row.is_null(14)) letter.campaign = row.key<campaigns::Campaign>(14);
  letter.understanding = decode_json<Understanding>(row.text(15)).value();
  return letter;
}

std::optional<std::string_view> campaign_of(const Letter& letter) {
  return letter.campaign ? std::optional<std::string_view>(letter.campaign->text()) : std::nullopt;
}

}  // namespace

constexpr auto sql_find = "SELECT " WUJIN_LETTER_COLUMNS " FROM letters WHERE id = $1";
std::optional<Letter> find_letter(Snapshot& snapshot, const Id<Letter>& id) { return snapshot.first(sql_find, {id}, &letter_of); }

constexpr auto sql_find_core = "SELECT " WUJIN_LETTER_CORE " FROM letters WHERE id = $1";
std::optional<LetterCore> find_core(Snapshot& snapshot, const Id<Letter>& id) {
  return snapshot.first(sql_find_core, {id}, &core_of);
}

constexpr auto sql_same = "SELECT id FROM letters WHERE town = $1 AND message_id = $2 AND body_sha256 = $3";
std::optional<Id<Letter>> find_same(Snapshot& snapshot, const PlaceId& town, const std::string& message_id,
                                    const std::string& body_sha256) {
  return snapshot.first(sql_same, {town, message_id, body_sha256}, [](const Row& row) { return row.id<Letter>(0); });
}

constexpr auto sql_known =
    "SELECT 1 FROM letters WHERE town = $1 AND message_id = $2 AND arrived_at = $3 AND raw_bytes = $4 LIMIT 1";
bool is_known(Snapshot& snapshot, const PlaceId& town, const std::string& message_id, Instant arrived_at, std::int64_t bytes) {
  return snapshot.first(sql_known, {town, message_id, arrived_at, bytes}, [](const Row&) { return true; }).has_value();
}

constexpr auto sql_insert = "INSERT INTO letters (" WUJIN_LETTER_COLUMNS
                            ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";
void insert(Transaction& transaction, const Letter& letter) {
  const std::string head = encode_json(letter.head);
  const std::string course = encode_json(letter.course);
  const std::string contents = encode_json(letter.contents);
  const std::string understanding = encode_json(letter.understanding);
  transaction.execute(sql_insert, {letter.id, letter.town, name_of(letter.channel), name_of(letter.state), letter.version,
                                   letter.message_id, letter.body_sha256, letter.raw_sha256, letter.raw_bytes, letter.arrived_at,
                                   letter.fetched_at, head, course, contents, campaign_of(letter), understanding});
}

constexpr auto sql_course = "UPDATE letters SET state = $2, version = $3, head = $4, course = $5 WHERE id = $1";
void update_course(Transaction& transaction, const LetterCore& letter) {
  const std::string head = encode_json(letter.head);
  const std::string course = encode_json(letter.course);
  transaction.execute(sql_course, {letter.id, name_of(letter.state), letter.version, head, course});
}

constexpr auto sql_contents = "UPDATE letters SET contents = $2 WHERE id = $1";
constexpr auto sql_keep_file =
    "INSERT INTO letter_files (letter, sha256) VALUES ($1, $2) ON CONFLICT (letter, sha256) DO NOTHING";
void update_whole(Transaction& transaction, const Letter& letter) {
  update_understanding(transaction, letter);
  const std::string contents = encode_json(letter.contents);
  transaction.execute(sql_contents, {letter.id, contents});
  std::set<std::string> files;
  for (const Part& part : letter.contents.parts) files.insert(part.sha256);
  for (const TextSource& source : letter.contents.sources) {
    if (source.converted) files.insert(*source.converted);
  }
  for (const std::string& sha256 : files) transaction.execute(sql_keep_file, {letter.id, sha256});
}

constexpr auto sql_understanding = "UPDATE letters SET campaign = $2, understanding = $3 WHERE id = $1";
void update_understanding(Transaction& transaction, const Letter& letter) {
  update_course(transaction, letter);
  const std::string understanding = encode_json(letter.understanding);
  transaction.execute(sql_understanding, {letter.id, campaign_of(letter), understanding});
}

constexpr auto sql_list = "SELECT " WUJIN_LETTER_CORE
                          " FROM letters WHERE town = $1 AND (arrived_at < $2 OR (arrived_at = $2 AND id < $3)) "
                          "ORDER BY arrived_at DESC, id DESC LIMIT $4";
constexpr auto sql_list_of_state =
    "SELECT " WUJIN_LETTER_CORE
    " FROM letters WHERE town = $1 AND (arrived_at < $2 OR (arrived_at = $2 AND id < $3)) AND state = $5 "
    "ORDER BY arrived_at DESC, id DESC LIMIT $4";
std::vector<LetterCore> list_letters(Snapshot& snapshot, const PlaceId& town, std::optional<LetterState> state,
                                     const std::optional<LetterPosition>& below, int limit) {
  const Instant latest = from_milliseconds(std::numeric_limits<std::int64_t>::max());
  const Instant at = below ? below->arrived_at : latest;
  const Id<Letter> id = below ? below->id : Id<Letter>();
  std::vector<LetterCore> letters;
  const auto add = [&](const Row& row) { letters.push_back(core_of(row)); };
  if (state) {
    snapshot.each(sql_list_of_state, {town, at, id, limit, name_of(*state)}, add);
  } else {
    snapshot.each(sql_list, {town, at, id, limit}, add);
  }
  return letters;
}

constexpr auto sql_waiting = "SELECT COUNT(*) FROM letters WHERE town = $1 AND state IN ('waiting', 'failed')";
int count_waiting(Snapshot& snapshot, const PlaceId& town) {
  return *snapshot.first(sql_waiting, {town}, [](const Row& row) { return row.number(0); });
}

// ── what was dragged onto the desk ──

constexpr auto sql_keep_import =
    "INSERT INTO letter_imports (letter, number, town, account, name, sha256, bytes, received_at) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (letter, number) DO UPDATE "
    "SET name = $5, sha256 = $6, bytes = $7, received_at = $8";
void keep_import(Transaction& transaction, const ImportedFile& file) {
  transaction.execute(sql_keep_import,
                      {file.letter, file.number, file.town, file.account, file.name, file.sha256, file.bytes, file.received_at});
}

constexpr auto sql_imports =
    "SELECT letter, number, town, account, name, sha256, bytes, received_at "
    "FROM letter_imports WHERE letter = $1 ORDER BY number";
std::vector<ImportedFile> imports_of(Snapshot& snapshot, const Id<Letter>& letter) {
  std::vector<ImportedFile> files;
  snapshot.each(sql_imports, {letter}, [&](const Row& row) {
    files.push_back({row.id<Letter>(0), row.number(1), row.key<places::Place>(2), row.uuid(3), row.string(4), row.string(5),
                     row.integer(6), row.instant(7)});
  });
  return files;
}

constexpr auto sql_drop_forgotten =
    "DELETE FROM letter_imports WHERE received_at < $1 AND letter NOT IN (SELECT id FROM letters WHERE channel = 'import')";
std::int64_t drop_forgotten_imports(Transaction& transaction, Instant before) {
  return transaction.execute_counted(sql_drop_forgotten, {before});
}

constexpr auto sql_referenced =
    "SELECT 1 WHERE EXISTS (SELECT 1 FROM letter_files WHERE sha256 = $1) OR EXISTS (SELECT 1 FROM letter_imports WHERE "
    "sha256 = $1) OR EXISTS (SELECT 1 FROM letters WHERE raw_sha256 = $1)";
bool is_referenced(Snapshot& snapshot, const std::string& sha256) {
  return snapshot.first(sql_referenced, {sha256}, [](const Row&) { return true; }).has_value();
}

// ── senders ──

namespace {

KnownSender sender_of(const Row& row) { return {row.string(0), row.key<places::Place>(1), row.boolean(2)}; }

}  // namespace

constexpr auto sql_senders = "SELECT address, place, is_confirmed FROM letter_senders WHERE town = $1 ORDER BY address, place";
std::vector<KnownSender> senders_of(Snapshot& snapshot, const PlaceId& town) {
  std::vector<KnownSender> senders;
  snapshot.each(sql_senders, {town}, [&](const Row& row) { senders.push_back(sender_of(row)); });
  return senders;
}

constexpr auto sql_sender =
    "SELECT address, place, is_confirmed FROM letter_senders WHERE town = $1 AND address = $2 ORDER BY place";
std::vector<KnownSender> places_of_sender(Snapshot& snapshot, const PlaceId& town, const std::string& address) {
  std::vector<KnownSender> senders;
  snapshot.each(sql_sender, {town, address}, [&](const Row& row) { senders.push_back(sender_of(row)); });
  return senders;
}

constexpr auto sql_learn =
    "INSERT INTO letter_senders (town, address, place, is_confirmed, updated_at) VALUES ($1, $2, $3, $4, $5) "
    "ON CONFLICT (town, address, place) DO UPDATE SET updated_at = $5, "
    "is_confirmed = CASE WHEN letter_senders.is_confirmed = 1 THEN 1 ELSE $4 END";
void learn_sender(Transaction& transaction, const PlaceId& town, const KnownSender& sender, Instant now) {
  transaction.execute(sql_learn, {town, sender.address, sender.place, sender.is_confirmed, now});
}

constexpr auto sql_forget = "DELETE FROM letter_senders WHERE town = $1 AND address = $2 AND place = $3";
bool forget_sender(Transaction& transaction, const PlaceId& town, const std::string& address, const PlaceId& place) {
  return transaction.execute_counted(sql_forget, {town, address, place}) > 0;
}

constexpr auto sql_list_senders =
    "SELECT address, place, is_confirmed, updated_at FROM letter_senders WHERE town = $1 "
    "ORDER BY updated_at DESC, address, place LIMIT $2";
std::vector<RememberedSender> list_senders(Snapshot& snapshot, const PlaceId& town, int limit) {
  std::vector<RememberedSender> senders;
  snapshot.each(sql_list_senders, {town, limit}, [&](const Row& row) { senders.push_back({sender_of(row), row.instant(3)}); });
  return senders;
}

}  // namespace wujin::mailbox
