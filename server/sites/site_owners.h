#pragma once

#include "base/clock.h"
#include "photos/owners.h"

namespace wujin::sites {

// What the room of pictures asks of the sites that show them.
class SiteOwners final : public photos::Owners {
 public:
  explicit SiteOwners(const Clock& clock) : clock_(clock) {}

  std::vector<photos::OwnerFacts> describe(Snapshot& snapshot, const people::Actor& actor,
                                           std::span<const Uuid> owners) const override;
  bool may_write(Snapshot& snapshot, const people::Actor& actor, const Uuid& owner) const override;
  std::string touch(Transaction& transaction, const Uuid& owner, Instant now) const override;

 private:
  const Clock& clock_;
};

}  // namespace wujin::sites
