#pragma once

#include <memory>
#include <string>

#include "database/database.h"

namespace wujin {

struct PostgresOptions {
  int connections = 8;
  int attempts = 10;  // of a write that lost a serialization conflict or a deadlock
};

// A pool of connections. Writes are SERIALIZABLE, so that an action may ask first and write after on both engines; one that lost
// a conflict is run again from the start: what it does besides the database must bear that.
std::unique_ptr<Database> open_postgres(const std::string& url, PostgresOptions options = {});

}  // namespace wujin
