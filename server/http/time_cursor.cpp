#include "http/time_cursor.h"

#include <cstdint>

#include "base/number.h"

namespace wujin::http {
namespace {

Problem not_ours() { return Problem::at("cursor", ProblemCode::invalid, {{"expected", "next_cursor"}}); }

std::optional<TimeCursor> parsed(std::string_view text) {
  const auto dot = text.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const auto milliseconds = parse_number<std::int64_t>(text.substr(0, dot));
  const auto id = Uuid::parse(text.substr(dot + 1));
  if (!milliseconds || !id) return std::nullopt;
  return TimeCursor{from_milliseconds(*milliseconds), *id};
}

}  // namespace

std::string written(const TimeCursor& cursor) { return std::to_string(to_milliseconds(cursor.at)) + "." + cursor.id.to_string(); }

std::string written(const TimeCursor& record, std::string_view place) { return written(record).append(".").append(place); }

std::optional<PlacedCursor> placed_cursor_of(std::string_view text) {
  // A place's key may hold a dot; the two parts before it hold none.
  const auto second = text.find('.', text.find('.') + 1);
  if (second == std::string_view::npos) return std::nullopt;
  const auto record = parsed(text.substr(0, second));
  if (!record) return std::nullopt;
  return PlacedCursor{*record, std::string(text.substr(second + 1))};
}

Result<std::optional<TimeCursor>> time_cursor(const Request& request) {
  const auto text = request.query_value("cursor");
  if (!text) return std::optional<TimeCursor>();
  const auto cursor = parsed(*text);
  if (!cursor) return not_ours();
  return cursor;
}

Result<std::optional<PlacedCursor>> placed_cursor(const Request& request) {
  const auto text = request.query_value("cursor");
  if (!text) return std::optional<PlacedCursor>();
  auto cursor = placed_cursor_of(*text);
  if (!cursor) return not_ours();
  return cursor;
}

}  // namespace wujin::http
