#include "summaries/summaries_actions.h"

#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "handins/handins_store.h"
#include "people/may.h"
#include "summaries/summaries_store.h"

namespace wujin::summaries {
namespace {

using people::Actor;
using people::Verb;

struct TrailDraft {
  Edits edits;
  std::string explanation;
};
BOOST_DESCRIBE_STRUCT(TrailDraft, (), (edits, explanation))

std::string trail_of(const Draft& draft) { return encode_json(TrailDraft{draft.edits, draft.explanation}); }

// Newly chosen pictures must be of what the summary speaks of; one chosen before may stay.
Result<> check_pictures(Snapshot& snapshot, const OpenSummary& summary, const SummaryChange& change) {
  if (!change.pictures) return {};
  std::vector<Fault> faults;
  for (std::size_t i = 0; i < change.pictures->size(); ++i) {
    const Id<Photo>& id = (*change.pictures)[i].id;
    const bool is_shown = std::ranges::find(summary.layout.pictures, id, &ShownPicture::id) != summary.layout.pictures.end();
    if (is_shown || is_of_summary(snapshot, summary, id)) continue;
    faults.push_back({"pictures[" + std::to_string(i) + "].id", ProblemCode::unknown_choice, {{"value", id.to_string()}}});
  }
  if (faults.empty()) return {};
  return Problem::of(std::move(faults));
}

handins::Frozen frozen_of(const OpenSummary& summary, const MadeDocument& document, const std::string& explanation) {
  handins::Frozen frozen;
  frozen.sha256 = document.sha256;
  frozen.content_digest = summary.digest;
  frozen.campaign_version = summary.campaign().version;
  frozen.activities = static_cast<int>(summary.material.figures.activities);
  frozen.photos = static_cast<int>(std::ranges::count_if(summary.layout.pictures, &ShownPicture::received));
  frozen.no_activity = frozen.activities == 0;
  frozen.explanation = filled_or_none(explanation);
  return frozen;
}

void note_draft(Transaction& transaction, const Actor& actor, const OpenSummary& summary, const Draft& after, Instant now) {
  const Draft& before = summary.material.draft;
  handins::note_change(transaction, actor, summary.subject, "change_summary", before.version == 0 ? "" : trail_of(before),
                       trail_of(after), now);
}

Result<> check_hand_in(const Actor& actor, const OpenSummary& summary, const std::optional<std::string>& etag,
                       const MadeDocument& document) {
  if (!people::may(actor, Verb::hand_in, summary.path)) return Problem(ProblemCode::forbidden);
  if (etag && !handins::is_current(*etag, summary.etag)) return Problem(ProblemCode::stale);
  if (const auto complete = check_complete(summary.layout); !complete) return complete.error();
  if (!handins::may_hand_in(summary.versions, summary.digest)) return Problem(ProblemCode::already_handed_in);
  if (summary.digest == document.digest) return {};
  return Problem(ProblemCode::busy).because("the summary changed while its document was made");
}

}  // namespace

Result<OpenSummary> change_summary(Transaction& transaction, campaigns::Catalogue& catalogue, const Actor& actor,
                                   const SummaryKey& key, const SummaryChange& change, const std::optional<std::string>& etag,
                                   Instant now) {
  const auto summary = open_summary(transaction, catalogue, actor, key, now);
  if (!summary) return summary.error();
  if (!people::may(actor, Verb::write_report, summary->path)) return Problem(ProblemCode::forbidden);
  if (!etag) return Problem(ProblemCode::if_match_required);
  if (!handins::is_current(*etag, summary->etag)) return Problem(ProblemCode::stale);
  if (summary->is_locked() && !change.is_only_explanation()) return Problem(ProblemCode::report_locked);
  if (const auto checked = check_pictures(transaction, *summary, change); !checked) return checked.error();
  const auto draft = changed(summary->material, summary->layout, change);
  if (!draft) return draft.error();
  keep_draft(transaction, summary->subject, *draft, now);
  if (change.explanation && !summary->versions.empty()) {
    handins::explain(transaction, summary->subject, summary->versions.back().number, filled_or_none(draft->explanation));
  }
  note_draft(transaction, actor, *summary, *draft, now);
  return open_summary(transaction, catalogue, actor, key, now);
}

Result<OpenSummary> hand_in_summary(Transaction& transaction, campaigns::Catalogue& catalogue, const Actor& actor,
                                    const SummaryKey& key, const SubmissionRequest& request,
                                    const std::optional<std::string>& etag, const MadeDocument& document, Instant now) {
  const auto summary = open_summary(transaction, catalogue, actor, key, now);
  if (!summary) return summary.error();
  if (const auto checked = check_hand_in(actor, *summary, etag, document); !checked) return checked.error();
  Draft draft = summary->material.draft;
  if (request.explanation) {
    SummaryChange explained;
    explained.explanation = request.explanation;
    auto with_explanation = changed(summary->material, summary->layout, explained);
    if (!with_explanation) return with_explanation.error();
    draft = std::move(*with_explanation);
    keep_draft(transaction, summary->subject, draft, now);
  }
  const auto version = handins::hand_in(transaction, actor, summary->path, summary->subject,
                                        frozen_of(*summary, document, draft.explanation), &summary->due, now);
  if (!version) return version.error();
  return open_summary(transaction, catalogue, actor, key, now);
}

Result<OpenSummary> hand_in_arrived_summary(Transaction& transaction, campaigns::Catalogue& catalogue, const Actor& actor,
                                            const SummaryKey& key, const MadeDocument& document, Instant arrived_at,
                                            Instant now) {
  const auto summary = open_summary(transaction, catalogue, actor, key, now);
  if (!summary) return summary.error();
  if (const auto checked = check_hand_in(actor, *summary, std::nullopt, document); !checked) return checked.error();
  const auto frozen = frozen_of(*summary, document, summary->material.draft.explanation);
  const auto version =
      handins::hand_in(transaction, actor, summary->path, summary->subject, frozen, &summary->due, now, arrived_at);
  if (!version) return version.error();
  return open_summary(transaction, catalogue, actor, key, now);
}

Result<OpenSummary> rewrite_summary(Transaction& transaction, campaigns::Catalogue& catalogue, const Actor& actor,
                                    const SummaryKey& key, const Edits& edits, Instant now) {
  auto summary = open_summary(transaction, catalogue, actor, key, now);
  if (!summary) return summary.error();
  if (!people::may(actor, Verb::write_report, summary->path)) return Problem(ProblemCode::forbidden);
  if (summary->material.draft.edits == edits) return summary;
  const auto draft = rewritten(summary->material, summary->layout, edits);
  if (!draft) return draft.error();
  keep_draft(transaction, summary->subject, *draft, now);
  note_draft(transaction, actor, *summary, *draft, now);
  return open_summary(transaction, catalogue, actor, key, now);
}

Result<OpenSummary> withdraw_summary(Transaction& transaction, campaigns::Catalogue& catalogue, const Actor& actor,
                                     const SummaryKey& key, Instant now) {
  const auto summary = open_summary(transaction, catalogue, actor, key, now);
  if (!summary) return summary.error();
  const auto version = handins::withdraw(transaction, actor, summary->path, summary->subject, now);
  if (!version) return version.error();
  return open_summary(transaction, catalogue, actor, key, now);
}

Result<OpenSummary> return_summary(Transaction& transaction, campaigns::Catalogue& catalogue, const Actor& actor,
                                   const SummaryKey& key, const handins::ReturnRequest& request, Instant now) {
  const auto summary = open_summary(transaction, catalogue, actor, key, now);
  if (!summary) return summary.error();
  const auto version =
      handins::return_to_place(transaction, actor, summary->path, summary->subject, request, summary->campaign(), now);
  if (!version) return version.error();
  return open_summary(transaction, catalogue, actor, key, now);
}

Result<OpenSummary> accept_summary(Transaction& transaction, campaigns::Catalogue& catalogue, const Actor& actor,
                                   const SummaryKey& key, const handins::AcceptanceRequest& request, Instant now) {
  const auto summary = open_summary(transaction, catalogue, actor, key, now);
  if (!summary) return summary.error();
  const auto version = handins::accept(transaction, actor, summary->path, summary->subject, request, now);
  if (!version) return version.error();
  return open_summary(transaction, catalogue, actor, key, now);
}

}  // namespace wujin::summaries
