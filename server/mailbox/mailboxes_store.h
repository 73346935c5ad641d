#pragma once

#include <chrono>
#include <cstdint>
#include <map>

#include "database/database.h"
#include "mail/imap.h"
#include "mailbox/mailbox_settings.h"

namespace wujin::mailbox {

struct KeptMailbox {
  MailboxSettings settings;
  std::int64_t version = 0;  // nought: none was entered yet
};

KeptMailbox read_mailbox(Snapshot& snapshot, const PlaceId& town);
void write_mailbox(Transaction& transaction, const PlaceId& town, const KeptMailbox& kept);
std::map<PlaceId, std::int64_t> mailbox_versions(Snapshot& snapshot);  // of every town that entered one

MailboxState read_state(Snapshot& snapshot, const PlaceId& town);
void note_looked(Transaction& transaction, const PlaceId& town, Instant at);  // all is well
void note_letter(Transaction& transaction, const PlaceId& town, Instant at);
void note_problem(Transaction& transaction, const PlaceId& town, const Problem& problem);
void forget_problem(Transaction& transaction, const PlaceId& town);

// A folder of an account, of a town's mailbox.
struct FolderKey {
  PlaceId town;
  std::string account;
  std::string folder;
};
// The first UID that was not taken in: 1 for a folder that is new or has another validity now.
std::uint32_t next_uid(Snapshot& snapshot, const FolderKey& key, std::uint32_t validity);
void keep_next_uid(Transaction& transaction, const FolderKey& key, std::uint32_t validity, std::uint32_t next);

// One server's turn to watch mailboxes, when several share the database: another's begins when it ended or was given back.
struct Turn {
  Uuid watcher;
  std::chrono::milliseconds length{};
};
// Begins the turn or makes it longer; false while it is another's.
bool take_turn(Transaction& transaction, const PlaceId& town, const Turn& turn, Instant now);
void give_turns_back(Transaction& transaction, const Uuid& watcher);

}  // namespace wujin::mailbox
