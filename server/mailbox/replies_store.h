#pragma once

#include <optional>
#include <vector>

#include "database/database.h"
#include "mailbox/reply.h"

namespace wujin::mailbox {

// Does nothing for a second receipt of the same letter; answers whether it was kept.
bool insert(Transaction& transaction, const Reply& reply);
std::optional<Reply> find_reply(Snapshot& snapshot, const Id<Reply>& id);
std::vector<Reply> replies_to(Snapshot& snapshot, const Id<Letter>& letter);  // the oldest first
void update(Transaction& transaction, const Reply& reply);                    // state, attempts, cause, settled_at
bool has_receipt(Snapshot& snapshot, const Id<Letter>& letter);
// How many receipts an address was or is to be sent since.
int receipts_since(Snapshot& snapshot, const PlaceId& town, const std::string& receiver, Instant since);
// Those that wait for the town's outgoing mailbox, the oldest first.
std::vector<Reply> stuck_replies(Snapshot& snapshot, const PlaceId& town, int limit);
std::vector<PlaceId> towns_with_stuck_replies(Snapshot& snapshot);

}  // namespace wujin::mailbox
