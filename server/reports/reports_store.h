#pragma once

#include <cstdint>
#include <map>
#include <span>

#include "database/database.h"
#include "database/migrate.h"
#include "handins/handin.h"
#include "reports/draft.h"

namespace wujin::reports {

std::span<const Migration> migrations();

// Of a monthly report; one nobody changed yet has version 0 and is empty.
Draft find_draft(Snapshot& snapshot, const handins::Subject& subject);
// Inserts or replaces.
void keep_draft(Transaction& transaction, const handins::Subject& subject, const Draft& draft, Instant now);

// How often the drafts of a month were changed, by place; none where nobody changed anything.
std::map<campaigns::PlaceId, std::int64_t> draft_versions(Snapshot& snapshot, const handins::CampaignId& campaign, Month month);

}  // namespace wujin::reports
