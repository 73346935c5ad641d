#include "reports/reports_actions.h"

#include "base/json.h"
#include "base/text.h"
#include "handins/handins_store.h"
#include "people/may.h"
#include "places/ending.h"
#include "reports/contents_store.h"
#include "reports/reports_store.h"

namespace wujin::reports {
namespace {

using people::Actor;
using people::Verb;

struct TrailDraft {
  Edits edits;
  std::string no_activity_reason;
  std::string explanation;
};
BOOST_DESCRIBE_STRUCT(TrailDraft, (), (edits, no_activity_reason, explanation))

std::string trail_of(const Draft& draft) {
  return encode_json(TrailDraft{draft.edits, draft.no_activity_reason, draft.explanation});
}

handins::Frozen frozen_of(const OpenReport& report, const MadeDocument& document, const std::string& explanation) {
  handins::Frozen frozen;
  frozen.sha256 = document.sha256;
  frozen.content_digest = report.digest;
  frozen.campaign_version = report.campaign().version;
  frozen.activities = report.layout.activities;
  frozen.photos = report.layout.photos - report.layout.photos_missing;
  frozen.no_activity = report.layout.activities == 0;
  frozen.explanation = filled_or_none(explanation);
  return frozen;
}

Result<OpenReport> keep_change(Transaction& transaction, const Actor& actor, const OpenReport& report, const ReportKey& key,
                               const ReportChange& change, Instant now) {
  const auto draft = changed(report.material, report.layout, change);
  if (!draft) return draft.error();
  keep_draft(transaction, report.subject, *draft, now);
  if (change.explanation && !report.versions.empty()) {
    handins::explain(transaction, report.subject, report.versions.back().number, filled_or_none(draft->explanation));
  }
  const Draft& before = report.material.draft;
  handins::note_change(transaction, actor, report.subject, "change_report", before.version == 0 ? "" : trail_of(before),
                       trail_of(*draft), now);
  return open_report(transaction, report.frame, actor, key);
}

Result<OpenReport> hand_in(Transaction& transaction, const Actor& actor, const OpenReport& report, const ReportKey& key,
                           const MadeDocument& document, const std::string& explanation, Instant now,
                           std::optional<Instant> arrived_at) {
  const campaigns::Due* due = report.due ? &*report.due : nullptr;
  const auto version = handins::hand_in(transaction, actor, report.path, report.subject, frozen_of(report, document, explanation),
                                        due, now, arrived_at);
  if (!version) return version.error();
  keep_content(transaction, report.subject, version->number,
               content_of(report.material, report.layout, renditions_of(transaction, report.layout)));
  return open_report(transaction, report.frame, actor, key);
}

// Whether it may be handed in with the document that was made of it.
Result<> check_hand_in(const Actor& actor, const OpenReport& report, const std::optional<std::string>& etag,
                       const MadeDocument& document) {
  if (!people::may(actor, Verb::hand_in, report.path)) return Problem(ProblemCode::forbidden);
  if (etag && !handins::is_current(*etag, report.etag)) return Problem(ProblemCode::stale);
  const Date first = first_day(report.material.month);
  if (const auto stood = places::check_stands(report.place, report.frame.tree, first, "month"); !stood) return stood.error();
  if (const auto complete = check_complete(report.material, report.layout); !complete) return complete.error();
  if (!handins::may_hand_in(report.versions, report.digest)) return Problem(ProblemCode::already_handed_in);
  if (report.digest == document.digest) return {};
  Problem changed_meanwhile(ProblemCode::busy);
  return changed_meanwhile.because("the report changed while its document was made");
}

}  // namespace

Result<OpenReport> change_report(Transaction& transaction, campaigns::Catalogue& catalogue, const Actor& actor,
                                 const ReportKey& key, const ReportChange& change, const std::optional<std::string>& etag,
                                 Instant now) {
  const auto report = open_report(transaction, catalogue, actor, key, now);
  if (!report) return report.error();
  if (!people::may(actor, Verb::write_report, report->path)) return Problem(ProblemCode::forbidden);
  if (!etag) return Problem(ProblemCode::if_match_required);
  if (!handins::is_current(*etag, report->etag)) return Problem(ProblemCode::stale);
  if (is_locked(*report) && !change.is_only_explanation()) return Problem(ProblemCode::report_locked);
  return keep_change(transaction, actor, *report, key, change, now);
}

Result<OpenReport> hand_in_report(Transaction& transaction, campaigns::Catalogue& catalogue, const Actor& actor,
                                  const ReportKey& key, const SubmissionRequest& request, const std::optional<std::string>& etag,
                                  const MadeDocument& document, Instant now) {
  const auto report = open_report(transaction, catalogue, actor, key, now);
  if (!report) return report.error();
  if (const auto checked = check_hand_in(actor, *report, etag, document); !checked) return checked.error();
  Draft draft = report->material.draft;
  if (request.explanation) {
    ReportChange explained;
    explained.explanation = request.explanation;
    auto with_explanation = changed(report->material, report->layout, explained);
    if (!with_explanation) return with_explanation.error();
    draft = std::move(*with_explanation);
    keep_draft(transaction, report->subject, draft, now);
  }
  return hand_in(transaction, actor, *report, key, document, draft.explanation, now, std::nullopt);
}

Result<OpenReport> hand_in_arrived_report(Transaction& transaction, campaigns::Catalogue& catalogue, const Actor& actor,
                                          const ReportKey& key, const MadeDocument& document, Instant arrived_at, Instant now) {
  const auto report = open_report(transaction, catalogue, actor, key, now);
  if (!report) return report.error();
  if (const auto checked = check_hand_in(actor, *report, std::nullopt, document); !checked) return checked.error();
  return hand_in(transaction, actor, *report, key, document, report->material.draft.explanation, now, arrived_at);
}

Result<OpenReport> take_no_activity_reason(Transaction& transaction, campaigns::Catalogue& catalogue, const Actor& actor,
                                           const ReportKey& key, const std::string& reason, Instant now) {
  auto report = open_report(transaction, catalogue, actor, key, now);
  if (!report) return report.error();
  if (!people::may(actor, Verb::write_report, report->path)) return Problem(ProblemCode::forbidden);
  if (report->material.draft.no_activity_reason == trimmed(reason)) return report;
  ReportChange change;
  change.no_activity_reason = reason;
  return keep_change(transaction, actor, *report, key, change, now);
}

Result<OpenReport> withdraw_report(Transaction& transaction, campaigns::Catalogue& catalogue, const Actor& actor,
                                   const ReportKey& key, Instant now) {
  const auto report = open_report(transaction, catalogue, actor, key, now);
  if (!report) return report.error();
  const auto version = handins::withdraw(transaction, actor, report->path, report->subject, now);
  if (!version) return version.error();
  return open_report(transaction, report->frame, actor, key);
}

Result<OpenReport> return_report(Transaction& transaction, campaigns::Catalogue& catalogue, const Actor& actor,
                                 const ReportKey& key, const handins::ReturnRequest& request, Instant now) {
  const auto report = open_report(transaction, catalogue, actor, key, now);
  if (!report) return report.error();
  const auto version =
      handins::return_to_place(transaction, actor, report->path, report->subject, request, report->campaign(), now);
  if (!version) return version.error();
  return open_report(transaction, report->frame, actor, key);
}

Result<OpenReport> accept_report(Transaction& transaction, campaigns::Catalogue& catalogue, const Actor& actor,
                                 const ReportKey& key, const handins::AcceptanceRequest& request, Instant now) {
  const auto report = open_report(transaction, catalogue, actor, key, now);
  if (!report) return report.error();
  const auto version = handins::accept(transaction, actor, report->path, report->subject, request, now);
  if (!version) return version.error();
  return open_report(transaction, report->frame, actor, key);
}

}  // namespace wujin::reports
