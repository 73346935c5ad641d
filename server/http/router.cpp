#include "http/router.h"

#include <map>
#include <stdexcept>

namespace wujin::http {
namespace {

std::vector<std::string_view> split(std::string_view path) {
  std::vector<std::string_view> segments;
  if (path.starts_with('/')) path.remove_prefix(1);
  while (true) {
    const auto slash = path.find('/');
    segments.push_back(path.substr(0, slash));
    if (slash == std::string_view::npos) return segments;
    path.remove_prefix(slash + 1);
  }
}

bool is_parameter(std::string_view segment) { return segment.size() > 2 && segment.starts_with('{') && segment.ends_with('}'); }

}  // namespace

struct Router::Node {
  std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
  std::unique_ptr<Node> parameter;
  std::vector<std::size_t> routes;  // those that end here
};

Router::Router() : root_(std::make_unique<Node>()) {}
Router::~Router() = default;
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;

void Router::add(Method method, std::string_view pattern, Handler handler, RouteOptions options) {
  Route route{method, std::string(pattern), {}, std::move(handler), options};
  Node* node = root_.get();
  for (const std::string_view segment : split(pattern)) {
    std::unique_ptr<Node>* next = &node->parameter;
    if (is_parameter(segment)) {
      route.names.emplace_back(segment.substr(1, segment.size() - 2));
    } else {
      next = &node->literals[std::string(segment)];
    }
    if (!*next) *next = std::make_unique<Node>();
    node = next->get();
  }
  for (const std::size_t other : node->routes) {
    if (routes_[other].method == method) throw std::logic_error("route added twice: " + std::string(pattern));
  }
  node->routes.push_back(routes_.size());
  routes_.push_back(std::move(route));
}

const Router::Node* Router::descend(const Node& node, std::span<const std::string_view> segments,
                                    std::vector<std::string_view>& values) {
  if (segments.empty()) return node.routes.empty() ? nullptr : &node;
  const auto literal = node.literals.find(segments.front());
  if (literal != node.literals.end()) {
    if (const Node* found = descend(*literal->second, segments.subspan(1), values)) return found;
  }
  if (!node.parameter || segments.front().empty()) return nullptr;
  values.push_back(segments.front());
  const Node* found = descend(*node.parameter, segments.subspan(1), values);
  if (!found) values.pop_back();
  return found;
}

Router::Match Router::find(Method method, std::string_view path) const {
  Match match;
  const auto segments = split(path);
  std::vector<std::string_view> values;
  const Node* node = descend(*root_, segments, values);
  if (!node) return match;
  const auto of_method = [&](Method wanted) {
    for (const std::size_t index : node->routes) {
      if (routes_[index].method == wanted) return static_cast<std::ptrdiff_t>(index);
    }
    return std::ptrdiff_t{-1};
  };
  auto index = of_method(method);
  if (index < 0 && method == Method::head) index = of_method(Method::get);
  if (index < 0) {
    for (const std::size_t other : node->routes) {
      match.allowed.push_back(routes_[other].method);
      if (routes_[other].method == Method::get) match.allowed.push_back(Method::head);
    }
    match.pattern = routes_[node->routes.front()].pattern;
    return match;
  }
  const Route& route = routes_[static_cast<std::size_t>(index)];
  for (std::size_t i = 0; i < values.size(); ++i) match.parameters.emplace_back(route.names[i], std::string(values[i]));
  match.handler = &route.handler;
  match.options = &route.options;
  match.pattern = route.pattern;
  match.index = static_cast<std::size_t>(index);
  return match;
}

std::vector<Router::Listing> Router::list() const {
  std::vector<Listing> listings;
  for (const Route& route : routes_) listings.push_back({route.method, route.pattern, &route.handler});
  return listings;
}

std::string_view name_of(Method method) {
  switch (method) {
    case Method::get:
      return "GET";
    case Method::head:
      return "HEAD";
    case Method::post:
      return "POST";
    case Method::put:
      return "PUT";
    case Method::patch:
      return "PATCH";
    case Method::delete_:
      return "DELETE";
    case Method::options:
      return "OPTIONS";
  }
  return "";
}

}  // namespace wujin::http
