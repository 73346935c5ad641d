#pragma once

#include <optional>
#include <string>
#include <vector>

#include "audit/sealer.h"
#include "audit/trail.h"

// The SQL of the trail, for the sealer and the verifier.
namespace wujin::audit {

struct StoredEntry {
  std::int64_t number = 0;
  Entry entry;
  std::optional<std::int64_t> position;
  std::string digest;  // empty: not sealed
};

bool has_unsealed(Snapshot& snapshot);
std::int64_t unsealed_count(Snapshot& snapshot);
std::vector<StoredEntry> unsealed_entries(Snapshot& snapshot, int limit);  // in the order written
std::vector<std::string> sealed_towns(Snapshot& snapshot);
std::vector<StoredEntry> sealed_entries(Snapshot& snapshot, const std::string& town, std::int64_t above, int limit);

Head head_of(Snapshot& snapshot, const std::string& town);  // position nought for a chain that has not begun
void save_head(Transaction& transaction, const Head& head);
void save_seal(Transaction& transaction, std::int64_t number, const Head& link);
bool is_only_sealer(Transaction& transaction);

}  // namespace wujin::audit
