#pragma once

#include <chrono>
#include <filesystem>
#include <memory>

#include "database/database.h"

namespace wujin {

struct SqliteOptions {
  std::chrono::milliseconds busy_timeout{5000};
  int cache_kib = 16384;          // of the writer
  int reader_cache_kib = 12288;   // of each reader
  int page_limit = 0;             // max_page_count; nought: no limit but the disk's. For tests of a full disk
  std::size_t group_limit = 256;  // writes in one commit at most
};

// One writer thread that groups commits and a pool of readers, one for each thread reading at a time.
std::unique_ptr<Database> open_sqlite(const std::filesystem::path& path, SqliteOptions options = {});

}  // namespace wujin
