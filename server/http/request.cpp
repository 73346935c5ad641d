#include "http/request.h"

#include <stdexcept>

#include "base/text.h"

namespace wujin::http {
namespace {

std::optional<std::string_view> find(const std::vector<std::pair<std::string, std::string>>& list, std::string_view name) {
  for (const auto& [key, value] : list) {
    if (key == name) return value;
  }
  return std::nullopt;
}

}  // namespace

std::string_view Request::header(std::string_view lower_case_name) const { return find(headers, lower_case_name).value_or(""); }

std::optional<std::string_view> Request::query_value(std::string_view name) const { return find(query, name); }

std::string_view Request::parameter(std::string_view name) const {
  const auto value = find(parameters, name);
  if (!value) throw std::logic_error("the route has no parameter " + std::string(name));
  return *value;
}

std::optional<std::string_view> Request::cookie(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (key != "cookie") continue;
    std::string_view rest = value;
    while (!rest.empty()) {
      const auto end = rest.find(';');
      const std::string_view pair = trimmed(rest.substr(0, end));
      const auto equals = pair.find('=');
      if (equals != std::string_view::npos && pair.substr(0, equals) == name) return pair.substr(equals + 1);
      if (end == std::string_view::npos) break;
      rest.remove_prefix(end + 1);
    }
  }
  return std::nullopt;
}

}  // namespace wujin::http
