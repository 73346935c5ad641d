#include "mailbox/mailboxes_store.h"

#include "base/described_enum.h"
#include "base/json.h"

namespace wujin::mailbox {
namespace {

struct KeptParameter {
  std::string name;
  std::string value;
};
BOOST_DESCRIBE_STRUCT(KeptParameter, (), (name, value))

std::string parameters_of(const Problem& problem) {
  std::vector<KeptParameter> kept;
  kept.reserve(problem.parameters().size());
  for (const auto& [name, value] : problem.parameters()) kept.push_back({name, value});
  return encode_json(kept);
}

Problem problem_of(std::string_view code, std::string_view parameters) {
  static const auto codes = [] {
    std::map<std::string, ProblemCode, std::less<>> all;
#define WUJIN_PROBLEM(code, slug, chinese, english) all.emplace(slug, ProblemCode::code);
#include "base/problem_catalogue.inc"
#undef WUJIN_PROBLEM
    return all;
  }();
  std::vector<ProblemParameter> given;
  for (auto& one : decode_json<std::vector<KeptParameter>>(parameters).value()) {
    given.emplace_back(std::move(one.name), std::move(one.value));
  }
  const auto found = codes.find(code);
  return {found == codes.end() ? ProblemCode::mailbox_not_understood : found->second, std::move(given)};
}

}  // namespace

KeptMailbox read_mailbox(Snapshot& snapshot, const PlaceId& town) {
  const auto kept = snapshot.first("SELECT version, body FROM mailboxes WHERE town = $1", {town}, [](const Row& row) {
    return KeptMailbox{decode_json<MailboxSettings>(row.text(1)).value(), row.integer(0)};
  });
  return kept.value_or(KeptMailbox());
}

constexpr std::string_view upsert_mailbox = R"(
  INSERT INTO mailboxes (town, version, body) VALUES ($1, $2, $3)
  ON CONFLICT (town) DO UPDATE SET version = $2, body = $3)";
void write_mailbox(Transaction& transaction, const PlaceId& town, const KeptMailbox& kept) {
  const std::string body = encode_json(kept.settings);
  transaction.execute(upsert_mailbox, {town, kept.version, body});
}

std::map<PlaceId, std::int64_t> mailbox_versions(Snapshot& snapshot) {
  std::map<PlaceId, std::int64_t> versions;
  snapshot.each("SELECT town, version FROM mailboxes", {},
                [&](const Row& row) { versions.emplace(row.key<places::Place>(0), row.integer(1)); });
  return versions;
}

constexpr std::string_view select_state =
    "SELECT last_looked_at, last_letter_at, problem, problem_parameters FROM mailbox_states WHERE town = $1";
MailboxState read_state(Snapshot& snapshot, const PlaceId& town) {
  const auto found = snapshot.first(select_state, {town}, [](const Row& row) {
    MailboxState state{row.maybe(0, &Row::instant), row.maybe(1, &Row::instant), std::nullopt};
    if (!row.text(2).empty()) state.problem = problem_of(row.text(2), row.text(3));
    return state;
  });
  return found.value_or(MailboxState());
}

constexpr std::string_view upsert_looked = R"(
  INSERT INTO mailbox_states (town, last_looked_at, problem, problem_parameters) VALUES ($1, $2, '', '[]')
  ON CONFLICT (town) DO UPDATE SET last_looked_at = $2, problem = '', problem_parameters = '[]')";
void note_looked(Transaction& transaction, const PlaceId& town, Instant at) { transaction.execute(upsert_looked, {town, at}); }

constexpr std::string_view upsert_letter = R"(
  INSERT INTO mailbox_states (town, last_letter_at, problem, problem_parameters) VALUES ($1, $2, '', '[]')
  ON CONFLICT (town) DO UPDATE SET last_letter_at = $2)";
void note_letter(Transaction& transaction, const PlaceId& town, Instant at) { transaction.execute(upsert_letter, {town, at}); }

constexpr std::string_view upsert_problem = R"(
  INSERT INTO mailbox_states (town, problem, problem_parameters) VALUES ($1, $2, $3)
  ON CONFLICT (town) DO UPDATE SET problem = $2, problem_parameters = $3)";
void note_problem(Transaction& transaction, const PlaceId& town, const Problem& problem) {
  const std::string parameters = parameters_of(problem);
  transaction.execute(upsert_problem, {town, slug(problem.code()), parameters});
}

void forget_problem(Transaction& transaction, const PlaceId& town) {
  transaction.execute("UPDATE mailbox_states SET problem = '', problem_parameters = '[]' WHERE town = $1", {town});
}

constexpr std::string_view select_next =
    "SELECT next_uid FROM mailbox_folders WHERE town = $1 AND account = $2 AND folder = $3 AND validity = $4";
std::uint32_t next_uid(Snapshot& snapshot, const FolderKey& key, std::uint32_t validity) {
  const auto next = snapshot.first(select_next, {key.town, key.account, key.folder, std::int64_t{validity}},
                                   [](const Row& row) { return static_cast<std::uint32_t>(row.integer(0)); });
  return next.value_or(1);
}

constexpr std::string_view upsert_next = R"(
  INSERT INTO mailbox_folders (town, account, folder, validity, next_uid) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (town, account, folder) DO UPDATE SET validity = $4, next_uid = $5)";
void keep_next_uid(Transaction& transaction, const FolderKey& key, std::uint32_t validity, std::uint32_t next) {
  transaction.execute(upsert_next, {key.town, key.account, key.folder, std::int64_t{validity}, std::int64_t{next}});
}

constexpr std::string_view upsert_turn = R"(
  INSERT INTO mailbox_turns (town, watcher, ends_at) VALUES ($1, $2, $3)
  ON CONFLICT (town) DO UPDATE SET watcher = excluded.watcher, ends_at = excluded.ends_at
  WHERE mailbox_turns.watcher = excluded.watcher OR mailbox_turns.ends_at <= $4)";
bool take_turn(Transaction& transaction, const PlaceId& town, const Turn& turn, Instant now) {
  return transaction.execute_counted(upsert_turn, {town, turn.watcher, now + turn.length, now}) > 0;
}

void give_turns_back(Transaction& transaction, const Uuid& watcher) {
  transaction.execute("DELETE FROM mailbox_turns WHERE watcher = $1", {watcher});
}

}  // namespace wujin::mailbox
