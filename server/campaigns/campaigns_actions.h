#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "campaigns/catalogue.h"
#include "people/actor.h"

namespace wujin::campaigns {

enum class IdentifierKind : std::uint8_t { entry, kind, form, audience, topic, setting, sector, work_item, deadline };
BOOST_DESCRIBE_ENUM(IdentifierKind, entry, kind, form, audience, topic, setting, sector, work_item, deadline)

// Whether records name an identifier of a campaign; the rooms that keep records supply it.
using InUse = std::function<bool(Snapshot&, const CampaignId&, IdentifierKind, const std::string& id)>;

struct Kept {
  int version = 0;
  bool is_new = false;
};

// Keeps a loaded campaign as its next version, and its places as of today. The same content again is the same version. No actor:
// the program itself, at start or by command. Errors: forbidden; validation with identifier_in_use for each identifier that
// records name and the new version lacks.
Result<Kept> keep_campaign(Transaction& transaction, Catalogue& catalogue, const std::optional<people::Actor>& actor,
                           const CampaignBundle& bundle, const std::vector<InUse>& in_use, Instant now);

// Adds places beside a campaign's own, such as the sample's invented one.
Result<> keep_places(Transaction& transaction, const std::vector<places::Place>& places, Instant now);

// The campaigns of the towns an actor has anything to do with, the newest year first.
std::vector<Catalogue::Bundle> visible_campaigns(Snapshot& snapshot, Catalogue& catalogue, const people::Actor& actor,
                                                 Instant now);
// Errors: not_found, also for a campaign the actor may not see.
Result<Catalogue::Bundle> visible_campaign(Snapshot& snapshot, Catalogue& catalogue, const people::Actor& actor,
                                           const CampaignId& id, Instant now);

}  // namespace wujin::campaigns
