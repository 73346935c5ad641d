#pragma once

#include "base/clock.h"
#include "photos/owners.h"
#include "places/place.h"

namespace wujin::activities {

// Facts of those activities the actor may read; deleted ones are left out.
std::vector<photos::OwnerFacts> describe_owners(Snapshot& snapshot, const people::Actor& actor, const places::Tree& tree,
                                                std::span<const Uuid> owners);

// What the room of pictures asks of the records that show them.
class ActivityOwners final : public photos::Owners {
 public:
  explicit ActivityOwners(const Clock& clock) : clock_(clock) {}

  std::vector<photos::OwnerFacts> describe(Snapshot& snapshot, const people::Actor& actor,
                                           std::span<const Uuid> owners) const override;
  bool may_write(Snapshot& snapshot, const people::Actor& actor, const Uuid& owner) const override;
  std::string touch(Transaction& transaction, const Uuid& owner, Instant now) const override;

 private:
  const Clock& clock_;
};

}  // namespace wujin::activities
