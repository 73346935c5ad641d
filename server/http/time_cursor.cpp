#include "http/time_cursor.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace wujin::http {

std::string written(const TimeCursor& cursor) { return std::to_string(to_milliseconds(cursor.at)) + "." + cursor.id.to_string(); }

Result<std::optional<TimeCursor>> time_cursor(const Request& request) {
  const auto cursor = request.query_value("cursor");
  if (!cursor) return std::optional<TimeCursor>();
  const auto dot = std::min(cursor->find('.'), cursor->size());
  std::int64_t milliseconds = 0;
  const char* end = cursor->data() + dot;
  const auto [read, error] = std::from_chars(cursor->data(), end, milliseconds);
  const auto id = Uuid::parse(cursor->substr(std::min(dot + 1, cursor->size())));
  if (error != std::errc() || read != end || !id)
    return Problem::at("cursor", ProblemCode::invalid, {{"expected", "next_cursor"}});
  return std::optional(TimeCursor{from_milliseconds(milliseconds), *id});
}

}  // namespace wujin::http
