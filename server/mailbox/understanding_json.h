#pragma once

#include "base/json.h"
#include "mailbox/understanding.h"

// An understanding as it is kept and as it travels: each finding {value?, percent, why, words?}.
namespace wujin::mailbox {

template <class T>
void encode_value(std::string& out, const Finding<T>& finding) {
  out += '{';
  if (finding.value) {
    out += "\"value\":";
    wujin::encode_value(out, *finding.value);
    out += ',';
  }
  out += "\"percent\":" + std::to_string(finding.percent) + ",\"why\":";
  wujin::encode_value(out, finding.why);
  if (!finding.words.empty()) {
    out += ",\"words\":";
    wujin::encode_value(out, finding.words);
  }
  out += '}';
}

template <class T>
void decode_value(const boost::json::value& value, Finding<T>& out, JsonReader& reader) {
  if (!value.is_object()) return reader.wrong_type("object");
  const auto& object = value.get_object();
  const auto read = [&](const char* key, auto& member) {
    const auto* found = object.if_contains(key);
    if (found != nullptr) reader.within(key, [&] { wujin::decode_value(*found, member, reader); });
  };
  read("value", out.value);
  read("percent", out.percent);
  read("why", out.why);
  read("words", out.words);
}

BOOST_DESCRIBE_STRUCT(FoundActivity, (), (week, held_on, entry, heading, text, people_about, leaflets, pictures))
BOOST_DESCRIBE_STRUCT(FoundRow, (), (from, to, places, week_label, focus, in_charge))
BOOST_DESCRIBE_STRUCT(Understanding, (), (place, form, month, activities, rows, no_activity_reason, unplaced, doubts))

}  // namespace wujin::mailbox
