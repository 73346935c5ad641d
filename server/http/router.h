#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/task.h"
#include "http/request.h"
#include "http/response.h"

namespace wujin::http {

// Answers one request. Runs on a loop thread: no blocking, CPU work goes to the work pool. The request outlives the task.
using Handler = std::function<Task<Result<Response>>(Request&)>;

struct RouteOptions {
  std::uint64_t body_limit = 256 * 1024;  // bytes; more answers too_large before it is read
  bool streams = false;                   // the handler reads request.stream itself
  bool cross_origin_writes = false;       // writes from another Origin are refused unless set
};

// The table of routes, one line each as in contract/openapi.yaml: add(Method::get, "/api/v1/activities/{id}", …).
class Router {
 public:
  void add(Method method, std::string_view pattern, Handler handler, RouteOptions options = {});

  struct Match {
    const Handler* handler = nullptr;
    const RouteOptions* options = nullptr;
    std::vector<std::pair<std::string, std::string>> parameters;
    std::vector<Method> allowed;  // of the path, when only the method does not match
    std::string_view pattern;     // for metrics and logs: never the path itself, which may name a person's record
  };
  Match find(Method method, std::string_view path) const;

  struct Listing {
    Method method;
    std::string_view pattern;
  };
  std::vector<Listing> list() const;  // for the test that holds routes to the contract

 private:
  struct Route {
    Method method;
    std::string pattern;
    std::vector<std::string> segments;
    Handler handler;
    RouteOptions options;
  };
  std::vector<Route> routes_;
};

}  // namespace wujin::http
