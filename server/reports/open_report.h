#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "campaigns/catalogue.h"
#include "handins/handin.h"
#include "people/actor.h"
#include "places/place.h"
#include "reports/comment.h"
#include "reports/report.h"

namespace wujin::reports {

using campaigns::CampaignId;
using places::PlaceId;

// Which report: /reports/{campaign}/{place}/{month}.
struct ReportKey {
  CampaignId campaign;
  PlaceId place;
  Month month;
};

// What is the same for every report of a campaign at one moment.
struct Frame {
  campaigns::Catalogue::Bundle bundle;
  places::Tree tree;
  Instant now;
};

// A report as it stands at one moment: everything its verbs need.
struct OpenReport {
  Frame frame;
  places::Place place;
  std::vector<PlaceId> path;  // the place and its ancestors
  handins::Subject subject;
  Material material;
  Layout layout;
  std::string digest;  // content_digest
  std::vector<handins::Version> versions;
  std::optional<handins::Exemption> exemption;
  std::vector<Comment> comments;
  std::optional<campaigns::Due> due;
  std::string etag;  // of draft, activities, hand-ins and campaign together

  const campaigns::Campaign& campaign() const { return frame.bundle->campaign; }
};

// Errors: not_found for a campaign that does not exist.
Result<Frame> open_frame(Snapshot& snapshot, campaigns::Catalogue& catalogue, const CampaignId& campaign, Instant now);

// Errors: not_found, also for a place the actor may not read, one outside the campaign's town and a month without report.
Result<OpenReport> open_report(Snapshot& snapshot, const Frame& frame, const people::Actor& actor, const ReportKey& key);
// The same for one report alone, its frame opened with it.
Result<OpenReport> open_report(Snapshot& snapshot, campaigns::Catalogue& catalogue, const people::Actor& actor,
                               const ReportKey& key, Instant now);

// Places of the campaign's town that owe a monthly report and that the actor may read, in their own order.
std::vector<const places::Place*> reporting_places(const Frame& frame, const people::Actor& actor);

// Its text and pictures may be changed: not while a hand-in stands that has everything.
bool is_locked(const OpenReport& report);

}  // namespace wujin::reports
