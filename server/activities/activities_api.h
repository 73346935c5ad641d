#pragma once

#include "base/clock.h"
#include "campaigns/catalogue.h"
#include "database/database.h"
#include "http/router.h"
#include "people/sessions.h"

namespace wujin::activities {

// What the wire needs of the house; borrowed, and outliving the router.
struct ApiParts {
  Database& database;
  people::Sessions& sessions;
  campaigns::Catalogue& catalogue;
  const Clock& clock;
};

// Adds /api/v1/activities… (contract/openapi.yaml).
void add_routes(http::Router& router, const ApiParts& parts);

}  // namespace wujin::activities
