#pragma once

#include "base/clock.h"
#include "campaigns/catalogue.h"
#include "database/database.h"
#include "http/router.h"
#include "people/sessions.h"

namespace wujin::campaigns {

// What the wire needs of the house; borrowed, and outliving the router.
struct ApiParts {
  Database& database;
  people::Sessions& sessions;
  Catalogue& catalogue;
  const Clock& clock;
  bool sample = false;  // the server runs the sample town
};

// Adds /api/v1/campaigns… (contract/openapi.yaml).
void add_routes(http::Router& router, const ApiParts& parts);

}  // namespace wujin::campaigns
