#pragma once

#include <optional>
#include <string>
#include <vector>

#include "people/actor.h"
#include "summaries/open_summary.h"

// How summaries look on the wire (contract: Summary).
namespace wujin::summaries {

struct SummaryAnswer : Layout {
  CampaignId campaign;
  PlaceId place;
  std::string place_name;
  handins::Standing state = handins::Standing::not_due;
  std::string etag;
  std::optional<std::string> explanation;
  int most_pictures = 0;
  std::int64_t activities = 0;
  std::vector<handins::VersionAnswer> versions;  // newest first
  bool changed_since_hand_in = false;
  handins::DueAnswer deadline;
  std::optional<handins::ReturnNote> returned;
  std::optional<std::string> exempt_reason;
  std::vector<std::string> may;
};
BOOST_DESCRIBE_STRUCT(SummaryAnswer, (Layout),
                      (campaign, place, place_name, state, etag, explanation, most_pictures, activities, versions,
                       changed_since_hand_in, deadline, returned, exempt_reason, may))

SummaryAnswer answer_of(const OpenSummary& summary, const people::Actor& actor, Instant now);

}  // namespace wujin::summaries
