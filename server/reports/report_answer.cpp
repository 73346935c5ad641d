#include "reports/report_answer.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "handins/handins_actions.h"
#include "people/may.h"

namespace wujin::reports {
namespace {

using people::Verb;

handins::Standing standing_of(const OpenReport& report, Instant now) {
  const campaigns::Due* due = report.due ? &*report.due : nullptr;
  return handins::standing_of(report.versions, due, report.exemption ? &*report.exemption : nullptr, now,
                              report.campaign().options.due_soon_days);
}

// What the actor may do next, as the wire names it.
std::vector<std::string> may_do(const OpenReport& report, const people::Actor& actor) {
  const auto allowed = [&](Verb verb) { return people::may(actor, verb, report.path); };
  const auto& versions = report.versions;
  std::vector<std::string> verbs;
  if (allowed(Verb::write_report) && !is_locked(report)) verbs.emplace_back("edit");
  if (allowed(Verb::hand_in) && handins::may_hand_in(versions, report.digest)) verbs.emplace_back("submit");
  std::ranges::move(handins::may_decide(actor, report.path, versions, report.due.has_value()), std::back_inserter(verbs));
  if (allowed(Verb::return_)) verbs.emplace_back("comment");
  const bool waits = std::ranges::any_of(report.comments, [](const Comment& comment) { return !comment.settled_at; });
  if (allowed(Verb::write_report) && waits) verbs.emplace_back("settle");
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
  answer.state = standing_of(report, now);
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
  answer.may = may_do(report, actor);
  return answer;
}

ReportEntry entry_of(const OpenReport& report, const people::Actor& actor, Instant now) {
  ReportEntry entry;
  entry.campaign = report.subject.campaign;
  entry.place = report.place.id;
  entry.place_name = report.place.name;
  entry.month = report.material.month;
  entry.state = standing_of(report, now);
  entry.activities = report.layout.activities;
  entry.photos = report.layout.photos;
  for (const auto& activity : report.material.activities) {
    for (const auto& photo : activity.photos) entry.near_duplicates += photo.near_duplicates.empty() ? 0 : 1;
  }
  if (const auto* first = handins::first_valid(report.versions)) {
    const auto timeliness = handins::timeliness_of(report.versions, report.due ? &*report.due : nullptr);
    entry.submitted_at = first->submitted_at;
    entry.on_time = timeliness->on_time;
    entry.late_days = timeliness->late_days;
    entry.no_activity = report.versions.back().no_activity;
  }
  entry.changed_since_hand_in = handins::is_changed(report.versions, report.digest);
  entry.may = may_do(report, actor);
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
