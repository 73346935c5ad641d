#pragma once

#include "base/clock.h"
#include "database/database.h"
#include "http/router.h"
#include "people/session_cache.h"
#include "people/sessions.h"

namespace wujin::handovers {

// What the wire needs of the house; borrowed, and outliving the router.
struct ApiParts {
  Database& database;
  people::Sessions& sessions;
  people::SessionCache& cache;
  const Clock& clock;
};

// Adds /api/v1/handovers… and what hangs on a person (contract/openapi.yaml).
void add_routes(http::Router& router, const ApiParts& parts);

}  // namespace wujin::handovers
