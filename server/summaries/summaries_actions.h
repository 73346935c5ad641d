#pragma once

#include <optional>
#include <string>

#include "handins/handins_actions.h"
#include "people/actor.h"
#include "summaries/open_summary.h"

// What people do with a yearly summary. Rights are judged here; each verb answers the summary as it stands afterwards.
namespace wujin::summaries {

using handins::MadeDocument;
using handins::SubmissionRequest;

// Edits texts, chooses pictures; what was recorded stays as it is. `etag` is If-Match.
// Errors: validation, not_found, forbidden, if_match_required, stale, report_locked.
Result<OpenSummary> change_summary(Transaction& transaction, campaigns::Catalogue& catalogue, const people::Actor& actor,
                                   const SummaryKey& key, const SummaryChange& change, const std::optional<std::string>& etag,
                                   Instant now);

// Freezes the summary as a numbered version. `etag` is optional here. Errors: validation (not a word in it), not_found,
// forbidden, stale, already_handed_in; busy when the summary changed since the document was made: make it again.
Result<OpenSummary> hand_in_summary(Transaction& transaction, campaigns::Catalogue& catalogue, const people::Actor& actor,
                                    const SummaryKey& key, const SubmissionRequest& request,
                                    const std::optional<std::string>& etag, const MadeDocument& document, Instant now);

// The same for a summary that came by letter and was here at `arrived_at`, which judges it. Errors: as above, but stale.
Result<OpenSummary> hand_in_arrived_summary(Transaction& transaction, campaigns::Catalogue& catalogue, const people::Actor& actor,
                                            const SummaryKey& key, const MadeDocument& document, Instant arrived_at, Instant now);
// Writes a letter's words in place of all that was written before, though a hand-in stands: the one that follows says so too.
// No edits: what is drafted. Errors: validation, not_found, forbidden.
Result<OpenSummary> rewrite_summary(Transaction& transaction, campaigns::Catalogue& catalogue, const people::Actor& actor,
                                    const SummaryKey& key, const Edits& edits, Instant now);

Result<OpenSummary> withdraw_summary(Transaction& transaction, campaigns::Catalogue& catalogue, const people::Actor& actor,
                                     const SummaryKey& key, Instant now);
Result<OpenSummary> return_summary(Transaction& transaction, campaigns::Catalogue& catalogue, const people::Actor& actor,
                                   const SummaryKey& key, const handins::ReturnRequest& request, Instant now);
Result<OpenSummary> accept_summary(Transaction& transaction, campaigns::Catalogue& catalogue, const people::Actor& actor,
                                   const SummaryKey& key, const handins::AcceptanceRequest& request, Instant now);

}  // namespace wujin::summaries
