#pragma once

#include <optional>
#include <string>
#include <vector>

#include "uploads/uploads.h"

namespace wujin::uploads {

enum class State : std::uint8_t { growing = 0, finished = 1, ended = 2 };

struct Upload {
  Id<Upload> id;
  Uuid uploader;
  std::string subject;
  std::uint64_t size = 0;
  std::optional<std::string> sha256;
  std::string metadata;  // as the header carried it
  State state = State::growing;
  Instant created_at;
  Instant expires_at;
};

void insert(Transaction& transaction, const Upload& upload);
std::optional<Upload> find(Snapshot& snapshot, Id<Upload> id);
std::vector<Id<Upload>> growing_of(Snapshot& snapshot, std::string_view subject);
int count_growing(Snapshot& snapshot, const Uuid& uploader);
void set_state(Transaction& transaction, Id<Upload> id, State state);
void set_expiry(Transaction& transaction, Id<Upload> id, Instant expires_at);
// Those growing past their time.
std::vector<Id<Upload>> list_expired(Snapshot& snapshot, Instant now, int limit);
// Forgets what finished or ended before `before`.
void forget(Transaction& transaction, Instant before);

}  // namespace wujin::uploads
