#include "app/system_api.h"

#include <chrono>

#include "base/json.h"
#include "embedded_web.h"

namespace wujin::app {
namespace {

using http::Method;
using http::Request;
using http::Response;

enum class Health : std::uint8_t { ok, failing };
BOOST_DESCRIBE_ENUM(Health, ok, failing)
enum class Engine : std::uint8_t { sqlite, postgresql };
BOOST_DESCRIBE_ENUM(Engine, sqlite, postgresql)

struct HealthAnswer {
  Health status = Health::ok;
  std::string version;
  Engine database = Engine::sqlite;
  std::int64_t uptime_seconds = 0;
};
BOOST_DESCRIBE_STRUCT(HealthAnswer, (), (status, version, database, uptime_seconds))

Task<Result<Response>> get_health(const SystemParts& parts, std::chrono::steady_clock::time_point started) {
  HealthAnswer answer;
  answer.version = WUJIN_VERSION;
  answer.database = parts.database.dialect() == Dialect::sqlite ? Engine::sqlite : Engine::postgresql;
  answer.uptime_seconds = std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - started).count();
  try {
    const auto ask = [](Snapshot& snapshot) {
      return snapshot.first("SELECT 1", {}, [](const Row& row) { return row.integer(0); });
    };
    (void)co_await parts.database.read(ask);
  } catch (const std::exception&) {
    answer.status = Health::failing;
  }
  const auto status = answer.status == Health::ok ? http::Status::ok : http::Status::service_unavailable;
  co_return Response::of(answer, status);
}

Task<Result<Response>> get_metrics(const SystemParts& parts) {
  Response response;
  response.body = parts.metrics.render();
  response.with("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
  co_return response;
}

Task<Result<Response>> get_contract() {
  for (const http::EmbeddedFile& file : embedded_web()) {
    if (file.path != "/contract/openapi.yaml") continue;
    Response response;
    response.body = http::StaticBody{file.plain};
    response.with("Content-Type", "application/yaml");
    co_return response;
  }
  co_return Problem(ProblemCode::not_found);
}

// A person at a desk types only the address: the station's face is the likelier one; phones are handed links.
Task<Result<Response>> go_to_a_face(Request& request) {
  const bool is_phone = request.header("user-agent").find("Mobile") != std::string_view::npos;
  co_return Response::redirect(is_phone ? "/phone/" : "/office/");
}

}  // namespace

void add_system_routes(http::Router& router, const SystemParts& parts) {
  const auto started = std::chrono::steady_clock::now();
  router.add(Method::get, "/healthz", [parts, started](Request&) { return get_health(parts, started); });
  router.add(Method::get, "/metrics", [parts](Request&) { return get_metrics(parts); });
  router.add(Method::get, "/api/v1/openapi.yaml", [](Request&) { return get_contract(); });
  router.add(Method::get, "/", [](Request& request) { return go_to_a_face(request); });
}

}  // namespace wujin::app
