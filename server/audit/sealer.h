#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "database/database.h"

namespace wujin::audit {

// Links what is committed but unsealed (on SQLite only what an earlier version left so), in commit order, each town its own
// chain. Answers how many entries it linked: nought when there is none or another process is at it.
std::int64_t seal(Database& database);

// What verification found wrong, one sentence each, for the log and the auditor.
struct Finding {
  std::string town;
  std::int64_t position = 0;
  std::string what;
};

struct Verification {
  std::int64_t sealed = 0;
  std::int64_t unsealed = 0;
  std::vector<Finding> findings;  // the first of them: past some, more would only say the same again
};
inline constexpr std::size_t most_findings = 100;

// Walks every chain from its first link to its head. Finds an edited, deleted, added or reordered entry; entries not sealed yet
// are counted, not judged. Blocks for as long as the chain is long, and holds a page of it at a time.
Verification verify(Snapshot& snapshot);

// The digest at the end of a town's chain, for keeping outside the server.
struct Head {
  std::string town;
  std::int64_t position = 0;
  std::string digest;  // hexadecimal
};
std::vector<Head> heads(Snapshot& snapshot);

// Both, of one moment.
struct Verified {
  Verification verification;
  std::vector<Head> heads;
};
Verified verify_with_heads(Snapshot& snapshot);

// Seals about once a second on a thread of its own. Destroy before the database.
class Sealer {
 public:
  // `failed` is told what went wrong when the database is away; sealing goes on afterwards.
  Sealer(Database& database, std::function<void(std::string_view)> failed);
  ~Sealer();
  Sealer(const Sealer&) = delete;
  Sealer& operator=(const Sealer&) = delete;

 private:
  void run();

  Database& database_;
  std::function<void(std::string_view)> failed_;
  std::mutex mutex_;
  std::condition_variable ending_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace wujin::audit
