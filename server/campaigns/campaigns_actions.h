#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "campaigns/catalogue.h"
#include "people/actor.h"
#include "people/may.h"

namespace wujin::campaigns {

enum class IdentifierKind : std::uint8_t { entry, kind, form, audience, topic, setting, sector, work_item, deadline };
BOOST_DESCRIBE_ENUM(IdentifierKind, entry, kind, form, audience, topic, setting, sector, work_item, deadline)

// Whether records name an identifier of a campaign; the rooms that keep records supply it.
using InUse = std::function<bool(Snapshot&, const CampaignId&, IdentifierKind, const std::string& id)>;

struct Kept {
  int version = 0;
  bool is_new = false;
};

// Keeps a loaded campaign as its next version, and its places as of today. The same content again is the same version. What was
// issued from a model stays so, whoever keeps a version of it: it may not ask for less than the model does. No actor: the program
// itself, at start or by command. Errors: forbidden; validation with identifier_in_use for each identifier that records name and
// the new version lacks, with looser_than_model or dropped_from_model for what asks for less.
Result<Kept> keep_campaign(Transaction& transaction, Catalogue& catalogue, const std::optional<people::Actor>& actor,
                           const CampaignBundle& bundle, const std::vector<InUse>& in_use, Instant now);

// A version kept by another verb than loading: the right it takes, and how the trail tells it.
struct Keeping {
  const people::Actor* actor = nullptr;  // the program itself
  people::Verb right = people::Verb::load_campaign;
  std::string_view verb = "keep_campaign";
  std::string before;  // JSON for the trail
};
Result<Kept> keep_version(Transaction& transaction, Catalogue& catalogue, const Keeping& keeping, const CampaignBundle& bundle,
                          const std::vector<InUse>& in_use, Instant now);

// Adds places beside a campaign's own, such as the sample's invented one.
Result<> keep_places(Transaction& transaction, const std::vector<places::Place>& places, Instant now);

// The campaigns of the towns an actor has anything to do with, the newest year first.
std::vector<Catalogue::Bundle> visible_campaigns(Snapshot& snapshot, Catalogue& catalogue, const people::Actor& actor,
                                                 Instant now);
// Those of one year whose whole town the actor may read, in the towns' own order: what stands side by side. `tree` is today's.
std::vector<Catalogue::Bundle> readable_towns(Snapshot& snapshot, Catalogue& catalogue, const people::Actor& actor,
                                              const places::Tree& tree, int year);
// The villages and communities of a town, those that ended among them.
std::vector<const places::Place*> grounds_of(const places::Tree& tree, const PlaceId& town);
// Errors: not_found, also for a campaign the actor may not see.
Result<Catalogue::Bundle> visible_campaign(Snapshot& snapshot, Catalogue& catalogue, const people::Actor& actor,
                                           const CampaignId& id, Instant now);

}  // namespace wujin::campaigns
