#pragma once

#include "base/clock.h"
#include "database/database.h"
#include "http/metrics.h"
#include "http/router.h"

namespace wujin::app {

// What the wire needs of the house; borrowed, and outliving the router.
struct SystemParts {
  Database& database;
  const http::Metrics& metrics;
  const Clock& clock;
  bool demo = false;  // a sample town
};

// Adds /healthz, /metrics, /api/v1/openapi.yaml and the way from / to the faces.
void add_system_routes(http::Router& router, const SystemParts& parts);

}  // namespace wujin::app
