#pragma once

#include "base/randomness.h"
#include "handins/handin_api.h"
#include "http/router.h"

namespace wujin::plans {

// What the wire needs of the house; borrowed, and outliving the router.
struct ApiParts : handins::ApiParts {
  Randomness& randomness;  // for the ids of copied rows
};

// Adds /api/v1/plans… (contract/openapi.yaml).
void add_routes(http::Router& router, const ApiParts& parts);

}  // namespace wujin::plans
