#pragma once

#include <optional>
#include <string>

#include "handins/handins_actions.h"
#include "people/actor.h"
#include "reports/open_report.h"

// What people do with a month's report. Rights are judged here; each verb answers the report as it stands afterwards.
namespace wujin::reports {

// Edits texts, pictures and captions; the activities stay as they are. `etag` is If-Match.
// Errors: validation, not_found, forbidden, if_match_required, stale, report_locked.
Result<OpenReport> change_report(Transaction& transaction, campaigns::Catalogue& catalogue, const people::Actor& actor,
                                 const ReportKey& key, const ReportChange& change, const std::optional<std::string>& etag,
                                 Instant now);

using handins::MadeDocument;
using handins::SubmissionRequest;

// Freezes the report as a numbered version and judges it on time or late by the server's clock. `etag` is optional here.
// Errors: validation (nothing recorded and no reason, a section without text), not_found, forbidden, stale, already_handed_in;
// busy when the report changed since the document was made: make it again.
Result<OpenReport> hand_in_report(Transaction& transaction, campaigns::Catalogue& catalogue, const people::Actor& actor,
                                  const ReportKey& key, const SubmissionRequest& request, const std::optional<std::string>& etag,
                                  const MadeDocument& document, Instant now);

// The same for a report that came by letter and was here at `arrived_at`, which judges it. Errors: as above, but stale.
Result<OpenReport> hand_in_arrived_report(Transaction& transaction, campaigns::Catalogue& catalogue, const people::Actor& actor,
                                          const ReportKey& key, const MadeDocument& document, Instant arrived_at, Instant now);
// Says why nothing was held in the month as a letter says it, in place of what was said before, though a hand-in stands: the one
// that follows says so too. Empty: nothing is said. Errors: validation, not_found, forbidden.
Result<OpenReport> take_no_activity_reason(Transaction& transaction, campaigns::Catalogue& catalogue, const people::Actor& actor,
                                           const ReportKey& key, const std::string& reason, Instant now);

Result<OpenReport> withdraw_report(Transaction& transaction, campaigns::Catalogue& catalogue, const people::Actor& actor,
                                   const ReportKey& key, Instant now);
Result<OpenReport> return_report(Transaction& transaction, campaigns::Catalogue& catalogue, const people::Actor& actor,
                                 const ReportKey& key, const handins::ReturnRequest& request, Instant now);
Result<OpenReport> accept_report(Transaction& transaction, campaigns::Catalogue& catalogue, const people::Actor& actor,
                                 const ReportKey& key, const handins::AcceptanceRequest& request, Instant now);

}  // namespace wujin::reports
