#include "suggestions/suggestion.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/field_check.h"
#include "base/text.h"

namespace wujin::suggestions {
namespace {

constexpr std::size_t token_length = 43;  // of 256 bits as base64url
constexpr std::string_view token_alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-";

std::string tidied_text(std::string_view text) {
  return std::string(trimmed(replaced(replaced(text, "\r\n", "\n"), "\r", "\n")));
}

// Of UTF-8: C0 but tab and LF, DEL, and C1, which is C2 80 to C2 9F.
bool has_control(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte == '\n' || byte == '\t') continue;
    if (byte < 0x20 || byte == 0x7F) return true;
    if (byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0) return true;
  }
  return false;
}

void check_text(FieldCheck& check, const std::string& field, const std::string& text, std::size_t most) {
  check.text(field, text, 1, most);
  if (has_control(text)) check.add(field, ProblemCode::not_text);
}

bool is_token(std::string_view token) {
  return token.size() == token_length && token.find_first_not_of(token_alphabet) == std::string_view::npos;
}

void check_absent(FieldCheck& check, const std::string& field, bool is_there) {
  if (is_there) check.add(field, ProblemCode::unknown_field);
}

}  // namespace

std::string etag_of(const Suggestion& suggestion) { return "\"v" + std::to_string(suggestion.version) + "\""; }

NewSuggestion tidied(NewSuggestion entered) {
  entered.text = tidied_text(entered.text);
  return entered;
}

Settlement tidied(Settlement entered) {
  if (entered.answer) entered.answer = filled_or_none(tidied_text(*entered.answer));
  return entered;
}

Result<> check(const NewSuggestion& entered) {
  FieldCheck check;
  check_text(check, "text", entered.text, longest_text);
  if (!is_token(entered.token)) check.add("token", ProblemCode::invalid, {{"expected", "43: 0-9 A-Z a-z _ -"}});
  return check.result();
}

Result<> check(const Settlement& entered) {
  FieldCheck check;
  switch (entered.state) {
    case State::open:
      check.add("state", ProblemCode::unknown_choice, {{"value", "open"}});
      break;
    case State::answered:
      check_text(check, "answer", entered.answer.value_or(""), longest_answer);
      check_absent(check, "reason", entered.reason.has_value());
      break;
    case State::set_aside:
      if (!entered.reason) check.add("reason", ProblemCode::required);
      check_absent(check, "answer", entered.answer.has_value());
      break;
  }
  return check.result();
}

bool is_same(const Suggestion& suggestion, const PlaceId& place, const NewSuggestion& entered) {
  return suggestion.place == place && suggestion.token == secrets::digest_of(entered.token) &&
         suggestion.text.value_or(entered.text) == entered.text;
}

bool is_same(const Suggestion& suggestion, const Settlement& settlement) {
  return suggestion.state == settlement.state && suggestion.answer == settlement.answer && suggestion.reason == settlement.reason;
}

Suggestion settled(Suggestion suggestion, const Settlement& settlement, std::string by, Instant now) {
  suggestion.state = settlement.state;
  suggestion.answer = settlement.answer;
  suggestion.reason = settlement.reason;
  if (settlement.reason == SetAsideReason::personal) suggestion.text.reset();
  suggestion.settled_at = now;
  suggestion.settled_by = std::move(by);
  ++suggestion.version;
  return suggestion;
}

}  // namespace wujin::suggestions
