#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/randomness.h"
#include "database/database.h"
#include "database/migrate.h"

// The change feed: which records changed since a cursor, so that a phone keeps its copy without asking for everything. A record
// stands in the feed once, at its newest place; a deletion stays as a tombstone until it is pruned.
namespace wujin::changes {

std::span<const Migration> migrations();

struct Change {
  std::string town;      // empty: concerns every town (a campaign)
  std::string campaign;  // empty: a standing thing
  std::string place;     // empty: concerns every place of the town
  std::string kind;      // "activity"
  std::string id;
  bool deleted = false;
  bool operator==(const Change&) const = default;
};

// Notes a change in the write's own transaction. When a record leaves one place for another, note it deleted at the old one
// first.
void record(Transaction& transaction, const Change& change, Instant at);

// What the caller may see: every place of a town, or one of them.
struct Scope {
  std::string town;   // empty: everything
  std::string place;  // empty: the whole town
};

struct Filter {
  std::vector<Scope> scopes;            // any of them; none: only what concerns everybody
  std::optional<std::string> campaign;  // with standing things
  std::optional<std::string> place;     // narrows the scopes further
  std::string rights;                   // changes whenever the caller's grants change
};

struct Page {
  std::vector<Change> items;  // oldest first
  std::string cursor;
  bool reset = false;  // nothing kept is certain: fetch anew, then follow `cursor`
  bool more = false;
};

// Cursors are opaque: they hold the folder's epoch, the filter's digest and a position. No cursor, one that cannot be read, one
// of another folder or filter, or one older than a pruned tombstone answers a reset. `limit` is at least 1.
Page since(Snapshot& snapshot, std::optional<std::string_view> cursor, const Filter& filter, int limit);

// At start, after migrating: gives a new folder its epoch, and a new one to a PostgreSQL database restored into another cluster.
void open_epoch(Transaction& transaction, Randomness& randomness);
// After a restore: every cursor given out before answers a reset.
void renew_epoch(Transaction& transaction, Randomness& randomness);

// Forgets deletions noted before `before`. Answers how many.
std::int64_t prune(Transaction& transaction, Instant before);

}  // namespace wujin::changes
