#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/randomness.h"
#include "database/database.h"
#include "mailbox/mailboxes_store.h"
#include "people/actor.h"
#include "secrets/field_key.h"

namespace wujin::mailbox {

// What is shown of a town's mailbox.
struct SeenMailbox {
  KeptMailbox kept;
  MailboxState state;
  int waiting = 0;        // letters a person must look at
  bool can_send = false;  // the outgoing mailbox of the reminders is set up
};
// Errors: not_found for what is no town, forbidden.
Result<SeenMailbox> see_mailbox(Snapshot& snapshot, const people::Actor& actor, const PlaceId& town, Instant now);

struct MailboxTools {
  const secrets::FieldKey& key;
  Randomness& randomness;
  std::function<void(const PlaceId&)> changed;  // told once the change stands: whoever watches begins anew
};
// Errors: as above, if_match_required, stale, validation.
Result<SeenMailbox> change_mailbox(Transaction& transaction, const MailboxTools& tools, const people::Actor& actor,
                                   const PlaceId& town, const MailboxChange& change, const std::optional<std::string>& etag,
                                   Instant now);

// The server to try, with the kept password where none was entered. Errors: as above, validation.
Result<mail::Server> server_to_try(Snapshot& snapshot, const secrets::FieldKey& key, const people::Actor& actor,
                                   const PlaceId& town, const TestRequest& request, Instant now);

std::string etag_of(const KeptMailbox& kept);

}  // namespace wujin::mailbox
