#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "files/vault.h"
#include "photos/photos_actions.h"
#include "photos/photos_store.h"

namespace wujin::bench {

// A picture whose bytes nobody keeps, as it stands in the database once it was received and drawn.
struct DrawnPhoto {
  photos::Photo photo;  // id, owner, what was received, what was read from it
  files::FileFacts facts;
  std::array<photos::StoredRendition, 2> renditions;
  std::uint64_t fingerprint = 0;
  std::vector<std::pair<Id<photos::Photo>, int>> alike;  // earlier ones, with their distance
};

// A vault that says it has every file: for pictures that exist as rows only.
std::unique_ptr<files::Vault> pretended_vault();

// Leaves every row that receiving and drawing leave: photos::receive itself, then what the drawing job saves. The jobs this
// enqueues must be dropped with drop_drawing before the transaction ends. `house` has a pretended vault.
void leave_drawn(Transaction& transaction, const photos::House& house, const DrawnPhoto& drawn, Instant now);
void drop_drawing(Transaction& transaction);

}  // namespace wujin::bench
