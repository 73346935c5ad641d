#include "http/page_limit.h"

#include "base/number.h"

namespace wujin::http {

Result<int> page_limit(const Request& request) {
  constexpr int usual = 50, most = 200;
  const auto text = request.query_value("limit");
  if (!text) return usual;
  const auto limit = parse_number<int>(*text);
  if (limit && *limit >= 1 && *limit <= most) return *limit;
  return Problem::at("limit", ProblemCode::out_of_range, {{"low", "1"}, {"high", std::to_string(most)}});
}

}  // namespace wujin::http
