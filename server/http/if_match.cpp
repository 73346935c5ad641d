#include "http/if_match.h"

namespace wujin::http {

std::optional<std::string> if_match_of(const Request& request) {
  const auto value = request.header("if-match");
  return value.empty() ? std::nullopt : std::optional(std::string(value));
}

}  // namespace wujin::http
