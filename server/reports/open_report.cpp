#include "reports/open_report.h"

#include "activities/activities_store.h"
#include "base/digest.h"
#include "base/text.h"
#include "campaigns/due.h"
#include "handins/handins_store.h"
#include "people/may.h"
#include "places/place_store.h"
#include "reports/comments_store.h"
#include "reports/reports_store.h"

namespace wujin::reports {
namespace {

std::string etag_of(const OpenReport& report) {
  std::string seen = std::to_string(report.campaign().version) + ";" + std::to_string(report.material.draft.version);
  for (const auto& activity : report.material.activities) seen += ";" + activity.id.to_string() + activity.etag;
  for (const handins::Version& version : report.versions) {
    seen += ";" + std::to_string(version.number) + std::to_string(static_cast<int>(version.state));
  }
  constexpr std::size_t digits = 24;
  return "\"" + to_hex(sha256(seen)).substr(0, digits) + "\"";
}

// As its places were called when the month ended: a name given later leaves what was handed in for it as it is.
campaigns::DocumentNames names_of(Snapshot& snapshot, const Frame& frame, const ReportKey& key) {
  const campaigns::Campaign& campaign = frame.bundle->campaign;
  const Date end = last_day(key.month);
  if (china_date(frame.now) <= end) return campaigns::document_names(campaign, frame.tree, key.place, key.month);
  return campaigns::document_names(campaign, places::read_tree(snapshot, end), key.place, key.month);
}

}  // namespace

Result<Frame> open_frame(Snapshot& snapshot, campaigns::Catalogue& catalogue, const CampaignId& campaign, Instant now) {
  auto bundle = catalogue.latest(snapshot, campaign);
  if (bundle == nullptr) return Problem(ProblemCode::not_found);
  return Frame{std::move(bundle), places::read_tree(snapshot, china_date(now)), now};
}

Result<OpenReport> open_report(Snapshot& snapshot, const Frame& frame, const people::Actor& actor, const ReportKey& key) {
  const campaigns::Campaign& campaign = frame.bundle->campaign;
  const places::Place* place = frame.tree.find(key.place);
  const places::Place* town = frame.tree.town_of(key.place);
  if (place == nullptr || town == nullptr || town->id != campaign.town || !campaign.has_month(key.month)) {
    return Problem(ProblemCode::not_found);
  }
  auto path = frame.tree.place_and_ancestors(key.place);
  if (!people::may(actor, people::Verb::read_place, path)) return Problem(ProblemCode::not_found);

  handins::Subject subject{campaign.id, campaign.town, key.place, campaigns::Deliverable::report, to_string(key.month)};
  const auto recorded = activities::of_month(snapshot, campaign.id, campaign.town, key.place, key.month);
  Material material{campaign, names_of(snapshot, frame, key), key.month,
                    activities::answers_of(snapshot, actor, recorded, frame.now), find_draft(snapshot, subject)};
  Layout layout = lay_out(material);
  std::string digest = content_digest(material, layout);
  auto versions = handins::versions_of(snapshot, subject);
  auto exemption = handins::exemption_of(snapshot, subject);
  auto comments = comments_of(snapshot, subject);
  auto due = campaigns::due_of(campaign, campaigns::Deliverable::report, *place, key.month);
  OpenReport report{frame,
                    *place,
                    std::move(path),
                    std::move(subject),
                    std::move(material),
                    std::move(layout),
                    std::move(digest),
                    std::move(versions),
                    std::move(exemption),
                    std::move(comments),
                    std::move(due),
                    ""};
  report.etag = etag_of(report);
  return report;
}

Result<OpenReport> open_report(Snapshot& snapshot, campaigns::Catalogue& catalogue, const people::Actor& actor,
                               const ReportKey& key, Instant now) {
  const auto frame = open_frame(snapshot, catalogue, key.campaign, now);
  if (!frame) return frame.error();
  return open_report(snapshot, *frame, actor, key);
}

std::vector<const places::Place*> reporting_places(const Frame& frame, const people::Actor& actor) {
  const campaigns::Campaign& campaign = frame.bundle->campaign;
  std::vector<const places::Place*> found;
  for (const places::Place* place : frame.tree.subtree(campaign.town)) {
    const bool owes = campaign.deadline_for(campaigns::Deliverable::report, place->kind) != nullptr;
    if (owes && people::may(actor, people::Verb::read_place, frame.tree.place_and_ancestors(place->id))) found.push_back(place);
  }
  return found;
}

bool is_locked(const OpenReport& report) { return handins::is_locked(report.versions, report.digest); }

}  // namespace wujin::reports
