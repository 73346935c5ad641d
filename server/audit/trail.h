#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/clock.h"
#include "base/id.h"
#include "database/database.h"
#include "database/migrate.h"

// The trail: who did what, when, to which record, and how it ended. Entries are written in the write's own transaction and linked
// into a hash chain: on PostgreSQL afterwards (audit/sealer.h), so that no write ever waits for the chain's head; on SQLite,
// where writes are serial anyway, at once.
namespace wujin::audit {

std::span<const Migration> migrations();

enum class Outcome : std::uint8_t { done, refused, failed };
BOOST_DESCRIBE_ENUM(Outcome, done, refused, failed)

struct Entry {
  Instant at{};
  std::string town{};             // whose chain; empty: the server's own
  std::optional<Uuid> account{};  // nobody: a refused login, the server itself
  std::string verb{};             // "submit_activity"
  std::string kind{};             // "activity"
  std::string record{};           // its id as text
  std::string place{};            // empty when it concerns no place
  std::string before{};           // JSON; empty: there was nothing. Sensitive fields only encrypted under their record's key
  std::string after{};            // JSON; empty: nothing is left
  Outcome outcome = Outcome::done;
  std::string problem{};  // the slug of why it was refused
  std::string request_id{};
};

// Adds one entry. For a refusal use a write of its own: the refused one is rolled back.
void record(Transaction& transaction, const Entry& entry);

struct ListedEntry {
  std::int64_t number = 0;  // in the order written
  Entry entry{};
  std::optional<std::int64_t> position{};  // in its town's chain; nothing: not sealed yet
};

struct Filter {
  std::optional<std::string> town{};
  std::optional<Uuid> account{};
  std::optional<std::string> verb{};
  std::optional<std::string> kind{};
  std::optional<std::string> record{};
  std::optional<std::string> place{};
  std::optional<Instant> from{};   // inclusive
  std::optional<Instant> until{};  // exclusive
};

// Newest first, at most `limit`; `below` is the number of the last entry of the page before.
std::vector<ListedEntry> list(Snapshot& snapshot, const Filter& filter, std::optional<std::int64_t> below, int limit);

}  // namespace wujin::audit
