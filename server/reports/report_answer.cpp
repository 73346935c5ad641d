#include "reports/report_answer.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "handins/handins_actions.h"
#include "people/may.h"

namespace wujin::reports {
namespace {

using people::Verb;

// What decides how a report stands and what may be done with it.
struct Bearings {
  std::span<const PlaceId> path;
  std::span<const handins::Version> versions;
  const handins::Exemption* exemption = nullptr;
  const campaigns::Due* due = nullptr;
  bool has_open_comments = false;
  bool stood = false;  // the place, at the start of the month
  const std::string& digest;
};

template <class T>
const T* pointer_to(const std::optional<T>& value) {
  return value ? &*value : nullptr;
}

Bearings bearings_of(const OpenReport& report) {
  const bool waits = std::ranges::any_of(report.comments, [](const Comment& comment) { return !comment.settled_at; });
  const bool stood = places::stands_on(report.place, first_day(report.material.month));
  return {report.path, report.versions, pointer_to(report.exemption), pointer_to(report.due), waits, stood, report.digest};
}

Bearings bearings_of(const ListedReport& report) {
  const bool stood = places::stands_on(report.place, first_day(report.month));
  return {report.path, report.versions,      report.exemption, pointer_to(report.due), report.has_open_comments,
          stood,       report.figures.digest};
}

handins::Standing standing_of(const Bearings& report, const Frame& frame) {
  return handins::standing_of(report.versions, report.due, report.exemption, frame.now,
                              frame.bundle->campaign.options.due_soon_days);
}

// What the actor may do next, as the wire names it.
std::vector<std::string> may_do(const Bearings& report, const people::Actor& actor) {
  const auto allowed = [&](Verb verb) { return people::may(actor, verb, report.path); };
  const auto& versions = report.versions;
  std::vector<std::string> verbs;
  if (allowed(Verb::write_report) && !handins::is_locked(versions, report.digest)) verbs.emplace_back("edit");
  if (allowed(Verb::hand_in) && report.stood && handins::may_hand_in(versions, report.digest)) verbs.emplace_back("submit");
  std::ranges::move(handins::may_decide(actor, report.path, versions, report.due && !report.due->lapsed),
                    std::back_inserter(verbs));
  if (allowed(Verb::return_)) verbs.emplace_back("comment");
  if (allowed(Verb::write_report) && report.has_open_comments) verbs.emplace_back("settle");
  return verbs;
}

}  // namespace

ReportAnswer answer_of(const OpenReport& report, const people::Actor& actor, Instant now) {
  ReportAnswer answer;
  answer.campaign = report.subject.campaign;
  answer.place = report.place.id;
  answer.place_name = report.place.name;
  answer.month = report.material.month;
  answer.title = report.layout.title;
  answer.title_lines = report.layout.title_lines;
  answer.state = standing_of(bearings_of(report), report.frame);
  answer.etag = report.etag;
  answer.weeks = report.layout.weeks;
  answer.no_activity_reason = filled_or_none(report.material.draft.no_activity_reason);
  answer.explanation = filled_or_none(report.material.draft.explanation);
  answer.supplement = report.layout.supplement;
  answer.versions = handins::answers_of(report.versions);
  std::ranges::reverse(answer.versions);
  answer.changed_since_hand_in = handins::is_changed(report.versions, report.digest);
  if (report.due) answer.deadline = handins::answer_of(*report.due, report.versions, now);
  if (const auto* note = handins::open_return(report.versions)) answer.returned = *note;
  answer.activities = report.layout.activities;
  answer.photos = report.layout.photos;
  answer.photos_missing = report.layout.photos_missing;
  answer.comments = report.comments;
  if (report.exemption) answer.exempt_reason = report.exemption->reason;
  answer.may = may_do(bearings_of(report), actor);
  return answer;
}

Figures figures_of(const OpenReport& report) {
  Figures figures{report.layout.activities, report.layout.photos, 0, report.digest};
  for (const auto& activity : report.material.activities) {
    for (const auto& photo : activity.photos) figures.near_duplicates += photo.near_duplicates.empty() ? 0 : 1;
  }
  return figures;
}

ReportEntry entry_of(const ListedReport& report, const people::Actor& actor) {
  ReportEntry entry;
  entry.campaign = report.frame.bundle->campaign.id;
  entry.place = report.place.id;
  entry.place_name = report.place.name;
  entry.month = report.month;
  entry.state = standing_of(bearings_of(report), report.frame);
  entry.activities = report.figures.activities;
  entry.photos = report.figures.photos;
  entry.near_duplicates = report.figures.near_duplicates;
  if (const auto* first = handins::first_valid(report.versions)) {
    const auto timeliness = handins::timeliness_of(report.versions, pointer_to(report.due));
    entry.submitted_at = first->submitted_at;
    entry.on_time = timeliness->on_time;
    entry.late_days = timeliness->late_days;
    entry.no_activity = report.versions.back().no_activity;
  }
  entry.changed_since_hand_in = handins::is_changed(report.versions, report.figures.digest);
  entry.may = may_do(bearings_of(report), actor);
  return entry;
}

Result<Receipt> receipt_of(const OpenReport& report) {
  const auto newest = std::find_if(report.versions.rbegin(), report.versions.rend(), [](const handins::Version& version) {
    return version.state != handins::VersionState::withdrawn;
  });
  if (newest == report.versions.rend()) return Problem(ProblemCode::not_found);
  const handins::Version& first = *handins::first_valid(report.versions);
  Receipt receipt;
  receipt.campaign = report.subject.campaign;
  receipt.place = report.place.id;
  receipt.place_name = report.place.name;
  receipt.month = report.material.month;
  receipt.title = report.layout.title;
  receipt.station_name = report.campaign().station_name;
  receipt.number = newest->number;
  receipt.submitted_at = newest->submitted_at;
  receipt.first_submitted_at = first.submitted_at;
  receipt.by = newest->by_name;
  const auto timeliness = handins::timeliness_of(report.versions, report.due ? &*report.due : nullptr);
  receipt.on_time = timeliness->on_time;
  receipt.late_days = timeliness->late_days;
  receipt.due_at = report.due ? report.due->due_at : newest->submitted_at;
  receipt.sha256 = newest->sha256;
  receipt.activities = newest->activities;
  receipt.photos = newest->photos;
  receipt.no_activity = newest->no_activity;
  return receipt;
}

}  // namespace wujin::reports
