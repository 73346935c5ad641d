#include "people/page.h"

#include <vector>

#include "base/number.h"
#include "base/text.h"

namespace wujin::people {
namespace {

Problem bad_cursor() { return Problem::at("cursor", ProblemCode::invalid, {{"expected", "next_cursor"}}); }

// A first part and an id in hexadecimal, which keeps any name out of the address in plain sight.
std::string packed(std::string_view first, const Uuid& id) { return to_hex(first) + "." + id.to_string(); }

struct Unpacked {
  std::string first;
  Uuid id;
};
std::optional<Unpacked> unpacked(std::string_view cursor) {
  const auto dot = cursor.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  Unpacked parts;
  const auto id = Uuid::parse(cursor.substr(dot + 1));
  if (!id || !from_hex(cursor.substr(0, dot), parts.first) || !is_utf8_text(parts.first)) return std::nullopt;
  parts.id = *id;
  return parts;
}

}  // namespace

std::string cursor_of(const AccountPosition& position) { return packed(position.display_name, position.id.uuid()); }

std::string cursor_of(const LinkPosition& position) {
  return packed(std::to_string(to_milliseconds(position.created_at)), position.id.uuid());
}

std::string cursor_of(std::int64_t number) { return std::to_string(number); }

Result<std::optional<AccountPosition>> account_position_of(const http::Request& request) {
  const auto cursor = request.query_value("cursor");
  if (!cursor) return std::optional<AccountPosition>();
  auto parts = unpacked(*cursor);
  if (!parts) return bad_cursor();
  return std::optional(AccountPosition{std::move(parts->first), Id<Account>(parts->id)});
}

Result<std::optional<LinkPosition>> link_position_of(const http::Request& request) {
  const auto cursor = request.query_value("cursor");
  if (!cursor) return std::optional<LinkPosition>();
  const auto parts = unpacked(*cursor);
  const auto at = parts ? parse_number<std::int64_t>(parts->first) : std::nullopt;
  if (!at) return bad_cursor();
  return std::optional(LinkPosition{from_milliseconds(*at), Id<Link>(parts->id)});
}

Result<std::optional<std::int64_t>> number_of(const http::Request& request) {
  const auto cursor = request.query_value("cursor");
  if (!cursor) return std::optional<std::int64_t>();
  const auto number = parse_number<std::int64_t>(*cursor);
  if (!number || *number < 1) return bad_cursor();
  return number;
}

}  // namespace wujin::people
