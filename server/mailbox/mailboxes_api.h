#pragma once

#include <functional>

#include "base/clock.h"
#include "base/randomness.h"
#include "database/database.h"
#include "http/router.h"
#include "mail/imap.h"
#include "mailbox/mailbox_settings.h"
#include "people/sessions.h"
#include "secrets/field_key.h"

namespace wujin::mailbox {

// What the wire needs of the house; borrowed, and outliving the router.
struct MailboxApiParts {
  Database& database;
  people::Sessions& sessions;
  const secrets::FieldKey& key;
  Randomness& randomness;
  const Clock& clock;
  mail::ImapLimits limits;
  std::function<void(const PlaceId&)> changed;  // whoever watches a town's mailbox begins anew
};

// Adds /api/v1/mailboxes (contract/openapi.yaml).
void add_mailbox_routes(http::Router& router, const MailboxApiParts& parts);

}  // namespace wujin::mailbox
