#include "base/clock.h"

#include "base/calendar.h"
#include "base/digits.h"

namespace wujin {
namespace {

using namespace std::chrono;

Problem not_an_instant() { return Problem::at("", ProblemCode::invalid, {{"expected", "2023-10-26T09:00:00+08:00"}}); }

// Reads exactly `digits` digits at the front of `text` and takes them off.
bool take_number(std::string_view& text, std::size_t digits, int& number) {
  if (text.size() < digits) return false;
  number = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    if (text[i] < '0' || text[i] > '9') return false;
    number = number * 10 + (text[i] - '0');
  }
  text.remove_prefix(digits);
  return true;
}

bool take(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

bool take_fraction(std::string_view& text, int& milliseconds_part) {
  milliseconds_part = 0;
  if (!take(text, '.')) return true;
  int scale = 100;
  std::size_t digits = 0;
  while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
    milliseconds_part += (text.front() - '0') * scale;
    scale /= 10;
    text.remove_prefix(1);
    ++digits;
  }
  return digits > 0 && digits <= 9;
}

bool take_offset(std::string_view& text, minutes& offset) {
  if (take(text, 'Z')) {
    offset = minutes(0);
    return true;
  }
  const bool west = !text.empty() && text.front() == '-';
  if (!west && (text.empty() || text.front() != '+')) return false;
  text.remove_prefix(1);
  int hours_part = 0, minutes_part = 0;
  if (!take_number(text, 2, hours_part) || !take(text, ':') || !take_number(text, 2, minutes_part)) return false;
  if (hours_part > 14 || minutes_part > 59) return false;
  offset = minutes(hours_part * 60 + minutes_part) * (west ? -1 : 1);
  return true;
}

}  // namespace

Instant SystemClock::now() const { return floor<milliseconds>(system_clock::now()); }

ShiftedClock::ShiftedClock(Instant start) : shift_(start - floor<milliseconds>(system_clock::now())) {}

Instant ShiftedClock::now() const { return floor<milliseconds>(system_clock::now()) + shift_; }

Result<Instant> parse_instant(std::string_view text) {
  if (text.size() < 20) return not_an_instant();
  const auto date = parse_date(text.substr(0, 10));
  if (!date) return not_an_instant();
  text.remove_prefix(10);
  int hour = 0, minute = 0, second = 0, fraction = 0;
  minutes offset{};
  const bool well_formed = take(text, 'T') && take_number(text, 2, hour) && take(text, ':') && take_number(text, 2, minute) &&
                           take(text, ':') && take_number(text, 2, second) && take_fraction(text, fraction) &&
                           take_offset(text, offset) && text.empty();
  if (!well_formed || hour > 23 || minute > 59 || second > 59) return not_an_instant();
  return Instant(sys_days(*date).time_since_epoch() + hours(hour) + minutes(minute) + seconds(second) + milliseconds(fraction) -
                 offset);
}

// By hand: lists are full of moments, and formatting them took a fifth of a list's instructions.
std::string to_string(Instant instant) {
  const auto local = instant + china_offset;
  const auto day = floor<days>(local);
  const hh_mm_ss time(local - day);
  char text[] = "0000-00-00T00:00:00.000+08:00";
  write_date(text, Date(day));
  write_digits(text + 11, static_cast<unsigned>(time.hours().count()), 2);
  write_digits(text + 14, static_cast<unsigned>(time.minutes().count()), 2);
  write_digits(text + 17, static_cast<unsigned>(time.seconds().count()), 2);
  write_digits(text + 20, static_cast<unsigned>(time.subseconds().count()), 3);
  return {text, sizeof text - 1};
}

}  // namespace wujin
