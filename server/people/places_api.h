#pragma once

#include "base/clock.h"
#include "database/database.h"
#include "http/router.h"
#include "people/sessions.h"

namespace wujin::people {

// What the wire needs of the house; borrowed, and outliving the router.
struct PlacesApiParts {
  Database& database;
  Sessions& sessions;
  const Clock& clock;
};

// Adds /api/v1/places and the remembered points below a place. It stands in this room because who may see a place is a matter of
// grants.
void add_place_routes(http::Router& router, const PlacesApiParts& parts);

}  // namespace wujin::people
