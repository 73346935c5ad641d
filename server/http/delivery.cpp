#include "http/delivery.h"

#include <optional>

#include "base/number.h"
#include "base/text.h"

namespace wujin::http {
namespace {

enum class Comparison : std::uint8_t { weak, strong };

// Weak for If-None-Match: a proxy that squeezed the answer may have made our strong tag weak. Strong for If-Match: who goes on
// with a file must have had these very bytes.
bool names_tag(std::string_view list, std::string_view tag, Comparison comparison) {
  if (trimmed(list) == "*") return true;
  while (!list.empty()) {
    const auto comma = list.find(',');
    std::string_view entry = trimmed(list.substr(0, comma));
    if (comparison == Comparison::weak && entry.starts_with("W/")) entry.remove_prefix(2);
    if (entry == tag) return true;
    list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
  }
  return false;
}

enum class RangeAnswer : std::uint8_t { whole, part, unsatisfiable };

// One range of bytes. Several ranges, other units and what does not parse are ignored, as RFC 9110 allows.
RangeAnswer read_range(std::string_view header, std::uint64_t size, Delivery& part) {
  if (!header.starts_with("bytes=")) return RangeAnswer::whole;
  const std::string_view range = trimmed(header.substr(6));
  const auto dash = range.find('-');
  if (dash == std::string_view::npos || range.find(',') != std::string_view::npos) return RangeAnswer::whole;
  const auto first = parse_number<std::uint64_t>(range.substr(0, dash));
  const auto last = parse_number<std::uint64_t>(range.substr(dash + 1));
  if (dash == 0) {
    if (!last) return RangeAnswer::whole;
    if (*last == 0 || size == 0) return RangeAnswer::unsatisfiable;
    part.length = std::min(*last, size);
    part.offset = size - part.length;
    return RangeAnswer::part;
  }
  if (!first || (!last && dash + 1 != range.size()) || (last && *last < *first)) return RangeAnswer::whole;
  if (*first >= size) return RangeAnswer::unsatisfiable;
  part.offset = *first;
  part.length = (last ? std::min(*last, size - 1) : size - 1) - *first + 1;
  return RangeAnswer::part;
}

}  // namespace

std::uint64_t size_of(const Response& response) {
  if (const auto* text = std::get_if<std::string>(&response.body)) return text->size();
  if (const auto* shared = std::get_if<std::shared_ptr<const std::string>>(&response.body)) return (*shared)->size();
  if (const auto* file = std::get_if<FileBody>(&response.body)) return file->size;
  if (const auto* pieces = std::get_if<PiecedBody>(&response.body)) return (*pieces)->size();
  return std::get<StaticBody>(response.body).bytes.size();
}

Result<Delivery> plan_delivery(const Request& request, Response& response) {
  Delivery whole{0, size_of(response)};
  const bool is_read = request.method == Method::get || request.method == Method::head;
  if (!is_read || response.status != Status::ok) return whole;
  const std::string tag(response.header("etag"));
  const std::string_view match = request.header("if-match");
  if (!tag.empty() && !match.empty() && !names_tag(match, tag, Comparison::strong)) return Problem(ProblemCode::file_changed);
  const std::string_view none_match = request.header("if-none-match");
  if (!tag.empty() && !none_match.empty() && names_tag(none_match, tag, Comparison::weak)) {
    response.status = Status::not_modified;
    response.body = std::string();
    return Delivery{};
  }
  if (!std::holds_alternative<FileBody>(response.body) && !std::holds_alternative<PiecedBody>(response.body)) return whole;
  response.with("Accept-Ranges", "bytes");
  const std::string_view if_range = request.header("if-range");
  if (request.header("range").empty() || (!if_range.empty() && (tag.empty() || if_range != tag))) return whole;
  Delivery part;
  const std::string size = std::to_string(whole.length);
  switch (read_range(request.header("range"), whole.length, part)) {
    case RangeAnswer::whole:
      return whole;
    case RangeAnswer::unsatisfiable:
      response.with("Content-Range", "bytes */" + size);
      return Problem(ProblemCode::range_unsatisfiable);
    case RangeAnswer::part:
      response.status = Status::partial_content;
      response.with("Content-Range",
                    "bytes " + std::to_string(part.offset) + "-" + std::to_string(part.offset + part.length - 1) + "/" + size);
      return part;
  }
  return whole;
}

}  // namespace wujin::http
