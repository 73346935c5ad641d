#pragma once

#include "base/clock.h"
#include "base/randomness.h"
#include "campaigns/catalogue.h"
#include "database/database.h"
#include "files/vault.h"
#include "http/router.h"
#include "http/work_pool.h"
#include "jobs/queue.h"
#include "mailbox/filing.h"
#include "people/sessions.h"

namespace wujin::mailbox {

// What the wire needs of the house; borrowed, and outliving the router.
struct LetterApiParts {
  Database& database;
  people::Sessions& sessions;
  campaigns::Catalogue& catalogue;
  jobs::Queue& queue;
  files::Vault& vault;  // of the letters
  http::WorkPool& pool;
  Randomness& randomness;
  const Filing& filing;
  const Clock& clock;
};

// Adds /api/v1/letters (contract/openapi.yaml).
void add_letter_routes(http::Router& router, const LetterApiParts& parts);

}  // namespace wujin::mailbox
