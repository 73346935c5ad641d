#pragma once

#include <optional>
#include <string>
#include <vector>

#include "campaigns/catalogue.h"
#include "campaigns/due.h"
#include "handins/handin.h"
#include "people/actor.h"
#include "places/place.h"
#include "summaries/summary.h"

namespace wujin::summaries {

// Which summary: /summaries/{campaign}/{place}.
struct SummaryKey {
  CampaignId campaign;
  PlaceId place;
};

// A summary as it stands at one moment: everything its verbs need.
struct OpenSummary {
  campaigns::Catalogue::Bundle bundle;
  places::Place place;
  std::vector<PlaceId> path;  // the place and its ancestors
  handins::Subject subject;
  Material material;
  Layout layout;
  std::string digest;  // content_digest
  std::vector<handins::Version> versions;
  std::optional<handins::Exemption> exemption;
  campaigns::Due due;
  std::string etag;  // of content, draft, hand-ins and campaign together

  const campaigns::Campaign& campaign() const { return bundle->campaign; }
  bool is_locked() const { return handins::is_locked(versions, digest); }
};

// Errors: not_found, also for a place the actor may not read and one that owes no summary.
Result<OpenSummary> open_summary(Snapshot& snapshot, campaigns::Catalogue& catalogue, const people::Actor& actor,
                                 const SummaryKey& key, Instant now);

// Whether a picture is of something the summary speaks of: an activity at its place, or anywhere in the town for the town's own.
bool is_of_summary(Snapshot& snapshot, const OpenSummary& summary, const Id<Photo>& picture);

}  // namespace wujin::summaries
