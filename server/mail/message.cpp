#include "mail/message.h"

#include <algorithm>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "base/calendar.h"
#include "base/text.h"

namespace wujin::mail {
namespace {

// So that an encoded word fits a line of 76 behind the name of its header.
constexpr std::size_t longest_word_bytes = 39;
constexpr std::size_t longest_line = 76;

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

std::string encoded_words(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    std::size_t end = std::min(text.size(), longest_word_bytes);
    while (end < text.size() && is_continuation(text[end])) --end;
    if (!out.empty()) out += "\r\n ";
    out += "=?UTF-8?B?" + to_base64(text.substr(0, end)) + "?=";
    text.remove_prefix(end);
  }
  return out;
}

std::string in_lines(const std::string& base64) {
  std::string out;
  for (std::size_t at = 0; at < base64.size(); at += longest_line) out += base64.substr(at, longest_line) + "\r\n";
  return out;
}

std::string date_of(Instant at) {
  const auto local = std::chrono::floor<std::chrono::seconds>(at + china_offset);
  constexpr const char* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const Date date = china_date(at);
  const std::chrono::weekday weekday{std::chrono::sys_days(date)};
  const std::chrono::hh_mm_ss time{local - std::chrono::floor<std::chrono::days>(local)};
  return fmt::format("{}, {} {} {} {:02}:{:02}:{:02} +0800", days[weekday.c_encoding()], static_cast<unsigned>(date.day()),
                     months[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()), time.hours().count(),
                     time.minutes().count(), time.seconds().count());
}

// An id that may stand in a header: nothing in it ends the line or the brackets.
bool is_id(std::string_view id) {
  constexpr std::size_t longest_id = 250;
  return !id.empty() && id.size() <= longest_id &&
         std::ranges::all_of(id, [](char byte) { return byte > ' ' && byte < 0x7F && byte != '<' && byte != '>'; });
}

std::string_view auto_submitted(Writer writer) {
  switch (writer) {
    case Writer::machine:
      return "Auto-Submitted: auto-generated\r\n";
    case Writer::machine_reply:
      return "Auto-Submitted: auto-replied\r\n";
    case Writer::person:
      return "";
  }
  return "";
}

}  // namespace

bool is_address(std::string_view address) {
  if (address.size() > 254 || std::ranges::count(address, '@') != 1) return false;
  const auto at = address.find('@');
  if (at == 0 || at > 64 || at + 1 == address.size()) return false;
  return std::ranges::all_of(address, [](char byte) {
    return byte > ' ' && byte < 0x7F && std::string_view("<>()[]\\,;:\"").find(byte) == std::string_view::npos;
  });
}

std::string compose(const Message& message) {
  std::string text = replaced(replaced(message.text, "\r\n", "\n"), "\n", "\r\n");
  std::string out = "Date: " + date_of(message.at) + "\r\n";
  const std::string name = encoded_words(message.from_name);
  out += fmt::format("From: {}{}<{}>\r\n", name, name.empty() ? "" : "\r\n ", message.from);
  out += fmt::format("To: <{}>\r\nSubject: {}\r\nMessage-ID: <{}>\r\n", message.to, encoded_words(message.subject), message.id);
  if (is_id(message.in_reply_to)) out += fmt::format("In-Reply-To: <{0}>\r\nReferences: <{0}>\r\n", message.in_reply_to);
  out += auto_submitted(message.writer);
  out += "MIME-Version: 1.0\r\n";
  out += "Content-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: base64\r\n\r\n";
  return out + in_lines(to_base64(text));
}

}  // namespace wujin::mail
