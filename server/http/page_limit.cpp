#include "http/page_limit.h"

#include <charconv>

namespace wujin::http {

Result<int> page_limit(const Request& request) {
  constexpr int usual = 50, most = 200;
  const auto text = request.query_value("limit");
  if (!text) return usual;
  int limit = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), limit);
  if (error == std::errc() && end == text->data() + text->size() && limit >= 1 && limit <= most) return limit;
  return Problem::at("limit", ProblemCode::out_of_range, {{"low", "1"}, {"high", std::to_string(most)}});
}

}  // namespace wujin::http
