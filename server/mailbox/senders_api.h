#pragma once

#include "base/clock.h"
#include "database/database.h"
#include "http/router.h"
#include "people/sessions.h"

namespace wujin::mailbox {

// Borrowed, and outliving the router.
struct SenderApiParts {
  Database& database;
  people::Sessions& sessions;
  const Clock& clock;
};

// Adds /api/v1/mailboxes/{place}/senders (contract/openapi.yaml).
void add_sender_routes(http::Router& router, const SenderApiParts& parts);

}  // namespace wujin::mailbox
