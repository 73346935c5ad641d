#pragma once

#include <vector>

#include "database/database.h"
#include "handovers/handover.h"
#include "people/account_actions.h"

namespace wujin::handovers {

// What would pass. Errors: forbidden, not_found.
Result<Holdings> holdings_of(Snapshot& snapshot, const people::Actor& who, const Id<Account>& account, Instant now);

// Roles pass to `to`, who keeps what they had; rows of plans that are not over name them; the calendars and sessions of `from`
// end. Nothing recorded before changes. The same request under the same id again is the same outcome. Errors: forbidden,
// not_found, conflict (the id stands for another hand-over), validation.
Result<Handover> hand_over(Transaction& transaction, people::SessionCache& cache, const people::Actor& who,
                           const Id<Handover>& id, const HandoverRequest& request, Instant now);

// What somebody gave or took over, the latest first. Errors: forbidden, not_found.
Result<std::vector<Handover>> handovers_of(Snapshot& snapshot, const people::Actor& who, const Id<Account>& account, Instant now);

}  // namespace wujin::handovers
