#pragma once

#include <string>
#include <vector>

#include "database/database.h"
#include "mailbox/letters_store.h"
#include "people/actor.h"

// What is remembered of those who write to a town: for which places a person filed what came from an address.
namespace wujin::mailbox {

inline constexpr int most_senders = 1000;  // that are shown

// Errors: not_found for what is no town, forbidden.
Result<std::vector<RememberedSender>> see_senders(Snapshot& snapshot, const people::Actor& actor, const PlaceId& town,
                                                  Instant now);

// What comes from that address waits for a person again, until one files it. To forget what is not remembered does no harm.
// Errors: as above.
Result<> forget_sender_of_town(Transaction& transaction, const people::Actor& actor, const PlaceId& town,
                               const KnownSender& sender, Instant now);

}  // namespace wujin::mailbox
