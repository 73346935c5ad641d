#pragma once

#include "base/clock.h"
#include "database/database.h"
#include "http/router.h"
#include "people/sessions.h"

namespace wujin::sites {

// What the wire needs of the house; borrowed, and outliving the router.
struct ApiParts {
  Database& database;
  people::Sessions& sessions;
  const Clock& clock;
};

// Adds /api/v1/sites… (contract/openapi.yaml).
void add_routes(http::Router& router, const ApiParts& parts);

}  // namespace wujin::sites
