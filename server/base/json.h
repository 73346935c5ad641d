#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <boost/describe.hpp>
#include <boost/json.hpp>
#include <boost/mp11/algorithm.hpp>

#include "base/calendar.h"
#include "base/clock.h"
#include "base/id.h"
#include "base/result.h"

// JSON of the wire to described structs and back.
//
//   struct NewRow { std::string focus; std::optional<std::string> topic; };
//   BOOST_DESCRIBE_STRUCT(NewRow, (), (focus, topic))
//   Result<NewRow> row = decode_json<NewRow>(body);      std::string text = encode_json(row);
//
// Decoding: every member is required unless it is std::optional (absent or null); a key that is no member is a fault; all faults
// are answered at once, each with its path ("photos[2].bytes"). Described enums travel as the names of their enumerators. A
// member whose key is a C++ keyword ends in an underscore: `return_` is the key "return".
namespace wujin {

// Collects faults and knows where in the document it stands.
class JsonReader {
 public:
  void fault(ProblemCode code, std::vector<ProblemParameter> parameters = {});
  void wrong_type(std::string_view expected) { fault(ProblemCode::wrong_type, {{"expected", std::string(expected)}}); }

  // Runs `inner` one step deeper: a member or an element.
  template <class F>
  void within(std::string_view member, F inner) {
    const auto length = path_.size();
    if (!path_.empty()) path_ += '.';
    path_ += member;
    inner();
    path_.resize(length);
  }
  template <class F>
  void within(std::size_t index, F inner) {
    const auto length = path_.size();
    path_ += '[' + std::to_string(index) + ']';
    inner();
    path_.resize(length);
  }

  bool has_faults() const { return !faults_.empty(); }
  std::vector<Fault> take_faults() { return std::move(faults_); }

 private:
  std::string path_;
  std::vector<Fault> faults_;
};

// The document as Boost.JSON holds it: strict RFC 8259, UTF-8, at most 32 levels deep.
Result<boost::json::value> parse_json(std::string_view text);

namespace json_detail {

template <class T>
struct is_optional : std::false_type {};
template <class T>
struct is_optional<std::optional<T>> : std::true_type {};

constexpr std::string_view key_of(const char* member) {
  std::string_view key(member);
  if (key.ends_with('_')) key.remove_suffix(1);
  return key;
}

template <class T>
inline constexpr bool is_described_struct = boost::describe::has_describe_members<T>::value && !std::is_union_v<T>;
template <class T>
inline constexpr bool is_described_enum = boost::describe::has_describe_enumerators<T>::value;

template <class T>
using members_of = boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>;

void write_string(std::string& out, std::string_view text);

}  // namespace json_detail

// ── decoding ──

void decode_value(const boost::json::value& value, bool& out, JsonReader& reader);
void decode_value(const boost::json::value& value, int& out, JsonReader& reader);
void decode_value(const boost::json::value& value, std::int64_t& out, JsonReader& reader);
void decode_value(const boost::json::value& value, double& out, JsonReader& reader);
void decode_value(const boost::json::value& value, std::string& out, JsonReader& reader);  // refuses NUL inside
void decode_value(const boost::json::value& value, Uuid& out, JsonReader& reader);
void decode_value(const boost::json::value& value, Date& out, JsonReader& reader);
void decode_value(const boost::json::value& value, Month& out, JsonReader& reader);
void decode_value(const boost::json::value& value, Instant& out, JsonReader& reader);
inline void decode_value(const boost::json::value& value, boost::json::value& out, JsonReader&) { out = value; }

template <class Record>
void decode_value(const boost::json::value& value, Id<Record>& out, JsonReader& reader) {
  Uuid uuid;
  decode_value(value, uuid, reader);
  out = Id<Record>(uuid);
}

template <class Record>
void decode_value(const boost::json::value& value, Key<Record>& out, JsonReader& reader) {
  std::string text;
  decode_value(value, text, reader);
  out = Key<Record>(std::move(text));
}

template <class T>
void decode_value(const boost::json::value& value, std::vector<T>& out, JsonReader& reader);
template <class T>
void decode_value(const boost::json::value& value, std::optional<T>& out, JsonReader& reader);
template <class T>
requires json_detail::is_described_enum<T>
void decode_value(const boost::json::value& value, T& out, JsonReader& reader);
template <class T>
requires json_detail::is_described_struct<T>
void decode_value(const boost::json::value& value, T& out, JsonReader& reader);

template <class T>
void decode_value(const boost::json::value& value, std::vector<T>& out, JsonReader& reader) {
  if (!value.is_array()) return reader.wrong_type("array");
  const auto& array = value.get_array();
  out.clear();
  out.resize(array.size());
  for (std::size_t i = 0; i < array.size(); ++i) {
    reader.within(i, [&] {
      T element{};
      decode_value(array[i], element, reader);
      out[i] = std::move(element);
    });
  }
}

template <class T>
void decode_value(const boost::json::value& value, std::optional<T>& out, JsonReader& reader) {
  out.reset();
  if (value.is_null()) return;
  T inner{};
  decode_value(value, inner, reader);
  out = std::move(inner);
}

template <class T>
requires json_detail::is_described_enum<T>
void decode_value(const boost::json::value& value, T& out, JsonReader& reader) {
  if (!value.is_string()) return reader.wrong_type("string");
  const std::string_view name = value.get_string();
  bool found = false;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>([&](auto enumerator) {
    if (json_detail::key_of(enumerator.name) == name) {
      out = enumerator.value;
      found = true;
    }
  });
  if (!found) reader.fault(ProblemCode::unknown_choice, {{"value", std::string(name)}});
}

template <class T>
requires json_detail::is_described_struct<T>
void decode_value(const boost::json::value& value, T& out, JsonReader& reader) {
  if (!value.is_object()) return reader.wrong_type("object");
  const auto& object = value.get_object();
  std::size_t known = 0;
  boost::mp11::mp_for_each<json_detail::members_of<T>>([&](auto member) {
    auto& field = out.*member.pointer;
    const auto key = json_detail::key_of(member.name);
    reader.within(key, [&] {
      const auto found = object.find(key);
      if (found != object.end()) {
        ++known;
        decode_value(found->value(), field, reader);
      } else if constexpr (!json_detail::is_optional<std::remove_cvref_t<decltype(field)>>::value) {
        reader.fault(ProblemCode::required);
      }
    });
  });
  if (known == object.size()) return;
  for (const auto& entry : object) {
    bool is_member = false;
    boost::mp11::mp_for_each<json_detail::members_of<T>>(
        [&](auto member) { is_member = is_member || json_detail::key_of(member.name) == std::string_view(entry.key()); });
    if (!is_member) reader.within(entry.key(), [&] { reader.fault(ProblemCode::unknown_field); });
  }
}

// Errors: `malformed` for text that is no JSON, `validation` with every fault otherwise.
template <class T>
Result<T> decode_json(std::string_view text) {
  auto document = parse_json(text);
  if (!document) return document.error();
  JsonReader reader;
  T out{};
  decode_value(*document, out, reader);
  if (reader.has_faults()) return Problem::of(reader.take_faults());
  return out;
}

// ── encoding ──

void encode_value(std::string& out, bool value);
void encode_value(std::string& out, std::int64_t value);
inline void encode_value(std::string& out, int value) { encode_value(out, static_cast<std::int64_t>(value)); }
inline void encode_value(std::string& out, std::size_t value) { encode_value(out, static_cast<std::int64_t>(value)); }
void encode_value(std::string& out, double value);  // finite
inline void encode_value(std::string& out, std::string_view value) { json_detail::write_string(out, value); }
inline void encode_value(std::string& out, const std::string& value) { json_detail::write_string(out, value); }
inline void encode_value(std::string& out, const char* value) { json_detail::write_string(out, value); }
inline void encode_value(std::string& out, const Uuid& value) { json_detail::write_string(out, value.to_string()); }
inline void encode_value(std::string& out, Date value) { json_detail::write_string(out, to_string(value)); }
inline void encode_value(std::string& out, Month value) { json_detail::write_string(out, to_string(value)); }
inline void encode_value(std::string& out, Instant value) { json_detail::write_string(out, to_string(value)); }
void encode_value(std::string& out, const boost::json::value& value);

template <class Record>
void encode_value(std::string& out, const Id<Record>& value) {
  json_detail::write_string(out, value.to_string());
}
template <class Record>
void encode_value(std::string& out, const Key<Record>& value) {
  json_detail::write_string(out, value.text());
}
template <class T>
void encode_value(std::string& out, const std::vector<T>& value);
template <class T>
void encode_value(std::string& out, const std::optional<T>& value);
template <class T>
requires json_detail::is_described_enum<T>
void encode_value(std::string& out, T value);
template <class T>
requires json_detail::is_described_struct<T>
void encode_value(std::string& out, const T& value);

template <class T>
void encode_value(std::string& out, const std::vector<T>& value) {
  out += '[';
  bool first = true;
  for (const auto& element : value) {
    if (!first) out += ',';
    first = false;
    encode_value(out, element);
  }
  out += ']';
}

template <class T>
void encode_value(std::string& out, const std::optional<T>& value) {
  if (value) {
    encode_value(out, *value);
  } else {
    out += "null";
  }
}

template <class T>
requires json_detail::is_described_enum<T>
void encode_value(std::string& out, T value) {
  json_detail::write_string(out, json_detail::key_of(boost::describe::enum_to_string(value, "")));
}

// An absent optional member leaves its key out.
template <class T>
requires json_detail::is_described_struct<T>
void encode_value(std::string& out, const T& value) {
  out += '{';
  bool first = true;
  boost::mp11::mp_for_each<json_detail::members_of<T>>([&](auto member) {
    const auto& field = value.*member.pointer;
    if constexpr (json_detail::is_optional<std::remove_cvref_t<decltype(field)>>::value) {
      if (!field) return;
    }
    if (!first) out += ',';
    first = false;
    out += '"';
    out += json_detail::key_of(member.name);
    out += "\":";
    encode_value(out, field);
  });
  out += '}';
}

template <class T>
std::string encode_json(const T& value) {
  std::string out;
  encode_value(out, value);
  return out;
}

}  // namespace wujin
