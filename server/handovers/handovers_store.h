#pragma once

#include <optional>
#include <span>
#include <vector>

#include "database/database.h"
#include "database/migrate.h"
#include "handovers/handover.h"

namespace wujin::handovers {

std::span<const Migration> migrations();

void insert(Transaction& transaction, const Handover& handover);
std::optional<Handover> find(Snapshot& snapshot, const Id<Handover>& id);
// What an account gave or took over, the latest first; at most `limit`.
std::vector<Handover> of_account(Snapshot& snapshot, const Id<Account>& account, int limit);

}  // namespace wujin::handovers
