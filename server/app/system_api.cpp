#include "app/system_api.h"

#include "embedded_web.h"
#include "http/watching.h"

namespace wujin::app {
namespace {

using http::Method;
using http::Request;
using http::Response;

Task<bool> answers(Database& database) {
  const auto ask = [](Snapshot& snapshot) {
    return snapshot.first("SELECT 1", {}, [](const Row& row) { return row.integer(0); });
  };
  const auto one = co_await database.read(ask);
  co_return one.has_value();
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
  const http::HealthFacts facts{WUJIN_VERSION, parts.database.dialect() == Dialect::sqlite ? "sqlite" : "postgresql", parts.demo};
  http::add_watching_routes(router, parts.metrics, parts.clock, facts,
                            [&database = parts.database] { return answers(database); });
  router.add(Method::get, "/api/v1/openapi.yaml", [](Request&) { return get_contract(); });
  router.add(Method::get, "/", [](Request& request) { return go_to_a_face(request); });
}

}  // namespace wujin::app
