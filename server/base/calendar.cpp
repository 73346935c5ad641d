#include "base/calendar.h"

#include <array>

#include "base/digits.h"
#include "base/number.h"

namespace wujin {
namespace {

using namespace std::chrono;

bool parse_digits(std::string_view text, int& number) {
  const auto read = parse_number<int>(text);
  if (!read || *read < 0) return false;
  number = *read;
  return true;
}

}  // namespace

Date china_date(Instant instant) { return Date(floor<days>(instant + china_offset)); }

Month month_of(Date date) { return date.year() / date.month(); }

Instant start_of(Date date) { return Instant(sys_days(date).time_since_epoch()) - china_offset; }

Instant end_of(Date date) { return start_of(date) + days(1); }

Date plus_days(Date date, int count) { return Date(sys_days(date) + days(count)); }

int days_between(Date from, Date to) { return static_cast<int>((sys_days(to) - sys_days(from)).count()); }

Date monday_of(Date date) {
  const auto after_monday = weekday(sys_days(date)).iso_encoding() - 1;
  return plus_days(date, -static_cast<int>(after_monday));
}

Date first_day(Month month) { return month / day(1); }

Date last_day(Month month) { return Date(month / last); }

Month plus_months(Month month, int count) { return month + months(count); }

Result<Date> parse_date(std::string_view text) {
  int y = 0, m = 0, d = 0;
  const bool shaped = text.size() == 10 && text[4] == '-' && text[7] == '-' && parse_digits(text.substr(0, 4), y) &&
                      parse_digits(text.substr(5, 2), m) && parse_digits(text.substr(8, 2), d);
  const Date date = year(y) / m / d;
  if (!shaped || y < 1900 || !date.ok()) return Problem::at("", ProblemCode::invalid, {{"expected", "2023-10-26"}});
  return date;
}

Result<Month> parse_month(std::string_view text) {
  int y = 0, m = 0;
  const bool shaped =
      text.size() == 7 && text[4] == '-' && parse_digits(text.substr(0, 4), y) && parse_digits(text.substr(5, 2), m);
  const Month month = year(y) / m;
  if (!shaped || y < 1900 || !month.ok()) return Problem::at("", ProblemCode::invalid, {{"expected", "2023-10"}});
  return month;
}

std::string to_string(Date date) {
  std::string text(10, '\0');
  write_date(text.data(), date);
  return text;
}

std::string to_string(Month month) {
  std::string text(7, '\0');
  write_month(text.data(), month);
  return text;
}

std::string chinese_number(int number) {
  static constexpr std::array<std::string_view, 10> digits = {"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
  if (number < 1 || number > 99) return std::to_string(number);
  const auto tens = static_cast<std::size_t>(number / 10);
  std::string text;
  if (tens > 1) text += digits[tens];
  if (tens > 0) text += "十";
  text += digits[static_cast<std::size_t>(number % 10)];
  return text;
}

}  // namespace wujin
