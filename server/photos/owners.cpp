#include "photos/owners.h"

#include <algorithm>

namespace wujin::photos {

std::vector<OwnerFacts> OwnersOfRooms::describe(Snapshot& snapshot, const people::Actor& actor,
                                                std::span<const Uuid> owners) const {
  std::vector<OwnerFacts> all;
  for (const Owners* room : rooms_) {
    if (all.size() == owners.size()) break;
    auto facts = room->describe(snapshot, actor, owners);
    all.insert(all.end(), std::make_move_iterator(facts.begin()), std::make_move_iterator(facts.end()));
  }
  return all;
}

bool OwnersOfRooms::may_write(Snapshot& snapshot, const people::Actor& actor, const Uuid& owner) const {
  return std::ranges::any_of(rooms_, [&](const Owners* room) { return room->may_write(snapshot, actor, owner); });
}

std::string OwnersOfRooms::touch(Transaction& transaction, const Uuid& owner, Instant now) const {
  for (const Owners* room : rooms_) {
    auto town = room->touch(transaction, owner, now);
    if (!town.empty()) return town;
  }
  return "";
}

}  // namespace wujin::photos
