#pragma once

#include <optional>
#include <set>
#include <vector>

#include "database/database.h"
#include "handins/handin.h"
#include "reports/comment.h"

namespace wujin::reports {

// Of one report, in the order they were made.
std::vector<Comment> comments_of(Snapshot& snapshot, const handins::Subject& subject);
// The places whose report of a month has a comment that is not settled.
std::set<campaigns::PlaceId> places_with_open_comments(Snapshot& snapshot, const handins::CampaignId& campaign, Month month);
// True when another report holds a comment of this id.
bool is_of_another_report(Snapshot& snapshot, const handins::Subject& subject, const Uuid& id);
// Inserts or replaces.
void keep_comment(Transaction& transaction, const handins::Subject& subject, const Comment& comment);
void drop_comment(Transaction& transaction, const Uuid& id);

}  // namespace wujin::reports
