#pragma once

#include <functional>
#include <string>

#include "base/clock.h"
#include "base/task.h"
#include "http/metrics.h"
#include "http/router.h"

namespace wujin::http {

// What /healthz answers beside the state itself.
struct HealthFacts {
  std::string version;
  std::string database;  // "sqlite" or "postgresql"
  bool demo = false;     // a sample town
};

// GET /healthz, 503 when `is_well` says no or throws, and GET /metrics. What is passed by reference outlives the router.
void add_watching_routes(Router& router, const Metrics& metrics, const Clock& clock, const HealthFacts& facts,
                         const std::function<Task<bool>()>& is_well);

}  // namespace wujin::http
