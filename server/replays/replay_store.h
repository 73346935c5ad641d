#pragma once

#include <optional>
#include <string>

#include "replays/replays.h"

// The SQL of kept outcomes.
namespace wujin::replays {

struct Kept {
  std::string digest;
  http::Response response;
};

std::optional<Kept> find(Snapshot& snapshot, const Attempt& attempt);
// What was kept for the record without a key is forgotten: it was written to.
void keep(Transaction& transaction, const Attempt& attempt, const http::Response& response, Instant now);

}  // namespace wujin::replays
