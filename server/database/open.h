#pragma once

#include <memory>
#include <string>

#include "database/database.h"

namespace wujin {

// `where` is a postgresql:// URL or the path of an SQLite file, which is made when missing. Throws when it cannot be opened.
// Destroy the database before the executors its waiting coroutines resume on; the destructor waits for writes under way.
std::unique_ptr<Database> open_database(const std::string& where);

}  // namespace wujin
