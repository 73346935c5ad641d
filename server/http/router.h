#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
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
// A literal segment is preferred to a parameter in its place. Filled before the server starts, read-only afterwards.
class Router {
 public:
  Router();
  ~Router();
  Router(Router&&) noexcept;
  Router& operator=(Router&&) noexcept;

  // Throws when the same method and pattern is added twice.
  void add(Method method, std::string_view pattern, Handler handler, RouteOptions options = {});

  struct Match {
    const Handler* handler = nullptr;
    const RouteOptions* options = nullptr;
    std::vector<std::pair<std::string, std::string>> parameters;
    std::vector<Method> allowed;  // of the path, when only the method does not match
    std::string_view pattern;     // for metrics and logs: never the path itself, which may name a person's record
    std::size_t index = 0;        // of the route, in the order they were added
  };
  Match find(Method method, std::string_view path) const;  // HEAD finds the GET route unless it has its own

  struct Listing {
    Method method;
    std::string_view pattern;
    const Handler* handler = nullptr;  // stays where it is, whatever is added
  };
  std::vector<Listing> list() const;

 private:
  struct Route {
    Method method;
    std::string pattern;
    std::vector<std::string> names;  // of its parameters, in order
    Handler handler;
    RouteOptions options;
  };
  struct Node;

  static const Node* descend(const Node& node, std::span<const std::string_view> segments, std::vector<std::string_view>& values);

  std::deque<Route> routes_;  // a deque: matches point into it
  std::unique_ptr<Node> root_;
};

std::string_view name_of(Method method);  // "GET"

}  // namespace wujin::http
