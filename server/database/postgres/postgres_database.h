#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "database/database.h"

namespace wujin {

struct PostgresOptions {
  int connections = 8;
  int attempts = 10;             // of a write that lost a serialization conflict or a deadlock
  std::size_t group_limit = 64;  // writes in one commit at most
};

// A pool of connections. Writes are SERIALIZABLE, so that an action may ask first and write after on both engines; one that lost
// a conflict is run again from the start: what it does besides the database must bear that. Those that are awaited go into one
// commit with whatever else waits: all of a town write to the same counts, and side by side would only lose to each other. Those
// of other threads (write_now) go side by side with them.
std::unique_ptr<Database> open_postgres(const std::string& url, PostgresOptions options = {});

}  // namespace wujin
