#include "http/watching.h"

#include <algorithm>
#include <cstdint>
#include <exception>

#include <boost/describe.hpp>

#include "base/json.h"

namespace wujin::http {
namespace {

enum class Condition : std::uint8_t { ok, failing };
BOOST_DESCRIBE_ENUM(Condition, ok, failing)

struct Health {
  Condition status = Condition::failing;
  std::string version;
  std::string database;
  std::int64_t uptime_seconds = 0;
  bool demo = false;
};
BOOST_DESCRIBE_STRUCT(Health, (), (status, version, database, uptime_seconds, demo))

}  // namespace

void add_watching_routes(Router& router, const Metrics& metrics, const Clock& clock, const HealthFacts& facts,
                         const std::function<Task<bool>()>& is_well) {
  const Instant started = clock.now();
  router.add(Method::get, "/healthz", [=, &clock](Request&) -> Task<Result<Response>> {
    bool well = false;
    try {
      well = co_await is_well();
    } catch (const std::exception&) {
      well = false;  // what is broken stands in the log of whoever broke
    }
    Health health;
    health.status = well ? Condition::ok : Condition::failing;
    health.version = facts.version;
    health.database = facts.database;
    const auto uptime = std::chrono::duration_cast<std::chrono::seconds>(clock.now() - started).count();
    health.uptime_seconds = std::max<std::int64_t>(uptime, 0);  // the clock may have been set back since
    health.demo = facts.demo;
    co_return Response::of(health, well ? Status::ok : Status::service_unavailable);
  });
  router.add(Method::get, "/metrics", [&metrics](Request&) -> Task<Result<Response>> {
    Response response;
    response.with("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    response.body = metrics.render();
    co_return response;
  });
}

}  // namespace wujin::http
