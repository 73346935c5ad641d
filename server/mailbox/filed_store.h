#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "database/database.h"
#include "database/migrate.h"
#include "handins/handin.h"
#include "mailbox/filing.h"

namespace wujin::mailbox {

std::span<const Migration> migrations();

// One thing a letter filed, and how it was left.
struct FiledThing {
  Id<Letter> letter;
  int turn = 1;  // of those filed for the same subject; the highest one's records stand
  Instant arrived_at;
  std::string asked_digest;        // of what was to be filed
  std::string content_digest;      // of the report or plan as it then was
  std::int64_t draft_version = 0;  // of the report's draft
  int records = 0;
  int pictures = 0;
  int left_out = 0;
  std::optional<int> version;  // none: not handed in yet
  std::optional<Instant> taken_back_at{};
};

// For one place, form and period, in the order of their turns.
std::vector<FiledThing> filed_for(Snapshot& snapshot, const handins::Subject& subject);
// What a letter filed and nobody took back, each with what it was filed for.
struct FiledFor {
  handins::Subject subject;
  FiledThing thing;
};
std::vector<FiledFor> filed_by(Snapshot& snapshot, const PlaceId& town, const Id<Letter>& letter);
// Inserts or replaces.
void keep_filed(Transaction& transaction, const handins::Subject& subject, const FiledThing& filed);

// An activity, a plan row or a part of a summary as it was left.
struct FiledRecord {
  Uuid id;
  std::int64_t version = 1;
};
std::vector<FiledRecord> filed_records(Snapshot& snapshot, const handins::Subject& subject);
// In place of those before.
void keep_filed_records(Transaction& transaction, const handins::Subject& subject, std::span<const FiledRecord> records);

}  // namespace wujin::mailbox
