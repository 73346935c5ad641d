#pragma once

#include <optional>
#include <string>
#include <vector>

#include "database/database.h"
#include "mailbox/letter.h"

namespace wujin::mailbox {

std::optional<Letter> find_letter(Snapshot& snapshot, const Id<Letter>& id);
std::optional<LetterCore> find_core(Snapshot& snapshot, const Id<Letter>& id);
// The letter that is the same mail, whatever folder it came from.
std::optional<Id<Letter>> find_same(Snapshot& snapshot, const PlaceId& town, const std::string& message_id,
                                    const std::string& body_sha256);
// Whether a mail that arrived then, of so many bytes, was taken in before: it need not be fetched again.
bool is_known(Snapshot& snapshot, const PlaceId& town, const std::string& message_id, Instant arrived_at, std::int64_t bytes);

void insert(Transaction& transaction, const Letter& letter);
// State, head, course and version.
void update_course(Transaction& transaction, const LetterCore& letter);
// Contents, campaign and understanding too, and which files the vault keeps for it.
void update_whole(Transaction& transaction, const Letter& letter);
// Campaign and understanding, without what was read.
void update_understanding(Transaction& transaction, const Letter& letter);

struct LetterPosition {
  Instant arrived_at;
  Id<Letter> id;
};
// What arrived last comes first, at most `limit`.
std::vector<LetterCore> list_letters(Snapshot& snapshot, const PlaceId& town, std::optional<LetterState> state,
                                     const std::optional<LetterPosition>& below, int limit);
int count_waiting(Snapshot& snapshot, const PlaceId& town);

// ── what was dragged onto the desk ──

struct ImportedFile {
  Id<Letter> letter;
  int number = 1;
  PlaceId town;
  Uuid account;
  std::string name;
  std::string sha256;  // in hexadecimal
  std::int64_t bytes = 0;
  Instant received_at;
};
void keep_import(Transaction& transaction, const ImportedFile& file);
std::vector<ImportedFile> imports_of(Snapshot& snapshot, const Id<Letter>& letter);
// Those that never became a letter; answers how many went.
std::int64_t drop_forgotten_imports(Transaction& transaction, Instant before);
// Whether the vault must keep a file.
bool is_referenced(Snapshot& snapshot, const std::string& sha256);

// ── senders ──

std::vector<KnownSender> senders_of(Snapshot& snapshot, const PlaceId& town);
std::vector<KnownSender> places_of_sender(Snapshot& snapshot, const PlaceId& town, const std::string& address);
// Confirmed stays confirmed.
void learn_sender(Transaction& transaction, const PlaceId& town, const KnownSender& sender, Instant now);
// Whether that was remembered.
bool forget_sender(Transaction& transaction, const PlaceId& town, const std::string& address, const PlaceId& place);

struct RememberedSender : KnownSender {
  Instant updated_at;
};
// What was learned last comes first, at most `limit`.
std::vector<RememberedSender> list_senders(Snapshot& snapshot, const PlaceId& town, int limit);

}  // namespace wujin::mailbox
