#include "audit/chain.h"

#include <fmt/format.h>

#include "base/digest.h"
#include "base/text.h"

namespace wujin::audit {
namespace {

// Each field with its length before it, so that no two entries ever read alike.
void append(std::string& text, std::string_view field) {
  fmt::format_to(std::back_inserter(text), "{}:", field.size());
  text += field;
}

}  // namespace

std::string link_digest(const std::string& previous_digest, std::int64_t position, const StoredEntry& stored) {
  const Entry& entry = stored.entry;
  std::string text;
  append(text, previous_digest);
  append(text, std::to_string(position));
  append(text, std::to_string(stored.number));
  append(text, std::to_string(to_milliseconds(entry.at)));
  append(text, entry.town);
  append(text, entry.account ? entry.account->to_string() : "");
  append(text, entry.verb);
  append(text, entry.kind);
  append(text, entry.record);
  append(text, entry.place);
  append(text, entry.before);
  append(text, entry.after);
  append(text, boost::describe::enum_to_string(entry.outcome, ""));
  append(text, entry.problem);
  append(text, entry.request_id);
  return to_hex(sha256(text));
}

}  // namespace wujin::audit
