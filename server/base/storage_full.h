#pragma once

#include <stdexcept>

namespace wujin {

// The disk is full (ENOSPC, SQLITE_FULL, SQLSTATE 53100): answered as the problem storage_full.
struct StorageFull : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace wujin
