#pragma once

#include <string>
#include <string_view>

#include "base/calendar.h"
#include "base/clock.h"

namespace wujin::documents {

// Writes an iCalendar (RFC 5545): lines folded at 75 bytes but never within a character, text escaped, CRLF. Events are whole
// days, which need no time zone; moments are written in UTC.
class ICalendar {
 public:
  // `name` is what a client shows the calendar as.
  ICalendar(std::string_view product, std::string_view name);

  struct Event {
    std::string uid;  // stays with the event whatever changes
    Instant stamp;    // when it last changed
    std::int64_t sequence = 0;
    Date from;
    Date to;  // inclusive
    std::string summary;
    std::string description{};  // empty: none, here and below
    std::string location{};
    std::string url{};
  };
  void add(const Event& event);

  // The whole calendar; nothing may be added afterwards.
  std::string finish();

 private:
  void line(std::string_view name, std::string_view value);
  void text(std::string_view name, std::string_view value);

  std::string out_;
};

}  // namespace wujin::documents
