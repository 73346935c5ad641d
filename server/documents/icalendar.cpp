#include "documents/icalendar.h"

#include <algorithm>

#include <fmt/format.h>

namespace wujin::documents {
namespace {

constexpr std::size_t longest_line = 75;  // bytes, the line end not counted

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

std::string escaped_text(std::string_view text) {
  std::string out;
  for (const char byte : text) {
    if (byte == '\r') continue;
    if (byte == '\n') {
      out += "\\n";
      continue;
    }
    if (static_cast<unsigned char>(byte) < ' ' && byte != '\t') continue;  // no other control character may stand in a text
    if (byte == '\\' || byte == ';' || byte == ',') out += '\\';
    out += byte;
  }
  return out;
}

std::string basic(Date date) {
  return fmt::format("{:04}{:02}{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

std::string basic_utc(Instant at) {
  const auto days = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::seconds>(at - days)};
  return fmt::format("{}T{:02}{:02}{:02}Z", basic(Date(days)), time.hours().count(), time.minutes().count(),
                     time.seconds().count());
}

}  // namespace

ICalendar::ICalendar(std::string_view product, std::string_view name) {
  line("BEGIN", "VCALENDAR");
  line("VERSION", "2.0");
  text("PRODID", product);
  line("CALSCALE", "GREGORIAN");
  line("METHOD", "PUBLISH");
  text("NAME", name);
  text("X-WR-CALNAME", name);
  line("REFRESH-INTERVAL;VALUE=DURATION", "PT6H");
  line("X-PUBLISHED-TTL", "PT6H");
}

void ICalendar::add(const Event& event) {
  line("BEGIN", "VEVENT");
  text("UID", event.uid);
  line("DTSTAMP", basic_utc(event.stamp));
  line("SEQUENCE", std::to_string(event.sequence));
  line("DTSTART;VALUE=DATE", basic(event.from));
  line("DTEND;VALUE=DATE", basic(plus_days(event.to, 1)));  // exclusive
  text("SUMMARY", event.summary);
  if (!event.description.empty()) text("DESCRIPTION", event.description);
  if (!event.location.empty()) text("LOCATION", event.location);
  if (!event.url.empty()) line("URL", event.url);
  line("TRANSP", "TRANSPARENT");  // a deadline keeps nobody busy
  line("END", "VEVENT");
}

std::string ICalendar::finish() {
  line("END", "VCALENDAR");
  return std::move(out_);
}

void ICalendar::text(std::string_view name, std::string_view value) { line(name, escaped_text(value)); }

void ICalendar::line(std::string_view name, std::string_view value) {
  const std::string whole = std::string(name) + ":" + std::string(value);
  std::string_view left = whole;
  std::size_t room = longest_line;
  while (left.size() > room) {
    std::size_t end = room;
    while (is_continuation(left[end])) --end;
    out_.append(left.substr(0, end)).append("\r\n ");
    left.remove_prefix(end);
    room = longest_line - 1;  // the space that marks a fold
  }
  out_.append(left).append("\r\n");
}

}  // namespace wujin::documents
