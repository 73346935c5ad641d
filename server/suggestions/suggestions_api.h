#pragma once

#include "base/clock.h"
#include "campaigns/catalogue.h"
#include "database/database.h"
#include "http/router.h"
#include "people/sessions.h"

namespace wujin::suggestions {

// What the wire needs of the house; borrowed, and outliving the router.
struct ApiParts {
  Database& database;
  people::Sessions& sessions;
  campaigns::Catalogue& catalogue;
  const Clock& clock;
};

// Adds /api/v1/suggestion-boxes… and /api/v1/suggestions… (contract/openapi.yaml).
void add_routes(http::Router& router, const ApiParts& parts);

}  // namespace wujin::suggestions
