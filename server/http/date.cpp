#include "http/date.h"

#include <ctime>

#include <fmt/format.h>

namespace wujin::http {

std::string http_date(Instant instant) {
  static constexpr const char* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::time_t seconds = std::chrono::floor<std::chrono::seconds>(instant).time_since_epoch().count();
  std::tm time{};
  gmtime_r(&seconds, &time);
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", days[time.tm_wday], time.tm_mday, months[time.tm_mon],
                     time.tm_year + 1900, time.tm_hour, time.tm_min, time.tm_sec);
}

}  // namespace wujin::http
