#include "base/json.h"

#include <charconv>
#include <cstring>
#include <limits>

#include "base/text.h"

namespace wujin {
namespace json = boost::json;

void JsonReader::fault(ProblemCode code, std::vector<ProblemParameter> parameters) {
  // A hostile document may hold thousands of faults; a person reads a few.
  constexpr std::size_t most = 50;
  if (faults_.size() < most) faults_.push_back({path_, code, std::move(parameters)});
}

Result<json::value> parse_json(std::string_view text) {
  json::parse_options options;
  options.max_depth = 32;
  boost::system::error_code error;
  auto value = json::parse(json::string_view(text.data(), text.size()), error, {}, options);
  if (error) return Problem(ProblemCode::malformed, {{"what", "JSON: " + error.message()}});
  return value;
}

void decode_value(const json::value& value, bool& out, JsonReader& reader) {
  if (!value.is_bool()) return reader.wrong_type("boolean");
  out = value.get_bool();
}

void decode_value(const json::value& value, std::int64_t& out, JsonReader& reader) {
  if (value.is_int64()) {
    out = value.get_int64();
  } else {
    reader.wrong_type("integer");
  }
}

void decode_value(const json::value& value, int& out, JsonReader& reader) {
  if (!value.is_int64()) return reader.wrong_type("integer");
  constexpr std::int64_t low = std::numeric_limits<int>::min(), high = std::numeric_limits<int>::max();
  const auto number = value.get_int64();
  if (number < low || number > high) {
    return reader.fault(ProblemCode::out_of_range, {{"low", std::to_string(low)}, {"high", std::to_string(high)}});
  }
  out = static_cast<int>(number);
}

void decode_value(const json::value& value, double& out, JsonReader& reader) {
  if (!value.is_number()) return reader.wrong_type("number");
  out = value.to_number<double>();
}

void decode_value(const json::value& value, std::string& out, JsonReader& reader) {
  if (!value.is_string()) return reader.wrong_type("string");
  const std::string_view text = value.get_string();
  if (!is_utf8_text(text)) return reader.fault(ProblemCode::not_text);
  out = text;
}

void decode_value(const json::value& value, Uuid& out, JsonReader& reader) {
  if (!value.is_string()) return reader.wrong_type("UUID");
  const auto uuid = Uuid::parse(value.get_string());
  if (!uuid) return reader.fault(ProblemCode::invalid, {{"expected", "UUID"}});
  out = *uuid;
}

namespace {

template <class T>
void decode_parsed(const json::value& value, T& out, JsonReader& reader, Result<T> (*parse)(std::string_view),
                   std::string_view example) {
  if (!value.is_string()) return reader.wrong_type("string");
  const auto parsed = parse(value.get_string());
  if (!parsed) return reader.fault(ProblemCode::invalid, {{"expected", std::string(example)}});
  out = *parsed;
}

}  // namespace

void decode_value(const json::value& value, Date& out, JsonReader& reader) {
  decode_parsed(value, out, reader, &parse_date, "2023-10-26");
}

void decode_value(const json::value& value, Month& out, JsonReader& reader) {
  decode_parsed(value, out, reader, &parse_month, "2023-10");
}

void decode_value(const json::value& value, Instant& out, JsonReader& reader) {
  decode_parsed(value, out, reader, &parse_instant, "2023-10-26T09:00:00+08:00");
}

void encode_value(std::string& out, bool value) { out += value ? "true" : "false"; }

void encode_value(std::string& out, std::int64_t value) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  out.append(digits, end);
}

void encode_value(std::string& out, double value) {
  char digits[32];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  out.append(digits, end);
}

void encode_value(std::string& out, const json::value& value) { out += json::serialize(value); }

namespace {

// Whether any of eight bytes must be escaped: below a space, a quotation mark or a backslash.
bool needs_escape(std::uint64_t bytes) {
  constexpr std::uint64_t ones = 0x0101010101010101, high_bits = ones * 0x80;
  const std::uint64_t quotes = bytes ^ (ones * '"'), backslashes = bytes ^ (ones * '\\');
  const std::uint64_t below_space = (bytes - ones * 0x20) & ~bytes;
  return ((below_space | ((quotes - ones) & ~quotes) | ((backslashes - ones) & ~backslashes)) & high_bits) != 0;
}

// Where, from `from` on, the first character stands that must be escaped; the end when none does.
std::size_t find_escaped(std::string_view text, std::size_t from) {
  std::uint64_t eight = 0;
  for (; text.size() - from >= sizeof eight; from += sizeof eight) {
    std::memcpy(&eight, text.data() + from, sizeof eight);
    if (needs_escape(eight)) break;
  }
  for (; from < text.size(); ++from) {
    const auto c = static_cast<unsigned char>(text[from]);
    if (c < 0x20 || c == '"' || c == '\\') break;
  }
  return from;
}

}  // namespace

void json_detail::write_string(std::string& out, std::string_view text) {
  static constexpr char hex[] = "0123456789abcdef";
  out += '"';
  for (std::size_t plain = 0;;) {
    const std::size_t escaped = find_escaped(text, plain);
    out.append(text, plain, escaped - plain);
    if (escaped == text.size()) break;
    plain = escaped + 1;
    const auto c = static_cast<unsigned char>(text[escaped]);
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        out += "\\u00";
        out += hex[c >> 4];
        out += hex[c & 0xF];
    }
  }
  out += '"';
}

}  // namespace wujin
