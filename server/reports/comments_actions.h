#pragma once

#include "people/actor.h"
#include "reports/comment.h"
#include "reports/open_report.h"

// Comments pinned to a paragraph or a picture. The station writes them, the place settles them; each verb answers the report as
// it stands afterwards, and each may be repeated.
namespace wujin::reports {

// Writes one or changes its words. Errors: not_found, forbidden, conflict (the id is another report's), validation (a paragraph
// or picture the report does not have, no words).
Result<OpenReport> put_comment(Transaction& transaction, campaigns::Catalogue& catalogue, const people::Actor& actor,
                               const ReportKey& key, const Uuid& id, const CommentContent& content, Instant now);
// Errors: not_found, forbidden.
Result<OpenReport> remove_comment(Transaction& transaction, campaigns::Catalogue& catalogue, const people::Actor& actor,
                                  const ReportKey& key, const Uuid& id, Instant now);
// The place has seen to it. Errors: not_found, forbidden.
Result<OpenReport> settle_comment(Transaction& transaction, campaigns::Catalogue& catalogue, const people::Actor& actor,
                                  const ReportKey& key, const Uuid& id, Instant now);

}  // namespace wujin::reports
