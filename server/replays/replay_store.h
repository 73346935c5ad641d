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
void keep(Transaction& transaction, const Attempt& attempt, const http::Response& response, Instant now);
void forget_keyless(Transaction& transaction, const std::string& subject);

}  // namespace wujin::replays
