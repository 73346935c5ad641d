#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

// The civil calendar of the product: China Standard Time, UTC+8, no daylight saving (domain.md, Calendar).
namespace wujin {

using Date = std::chrono::year_month_day;
using Month = std::chrono::year_month;

inline constexpr std::chrono::hours china_offset{8};

Date china_date(Instant instant);
Month month_of(Date date);
Instant start_of(Date date);  // 00:00 in China
Instant end_of(Date date);    // 24:00 in China, the first moment of the next day

Date plus_days(Date date, int days);
int days_between(Date from, Date to);  // to − from
Date monday_of(Date date);             // the Monday of its true Monday–Sunday week
Date first_day(Month month);
Date last_day(Month month);
Month plus_months(Month month, int months);

// 2023-10-26 and 2023-10, four digits of year from 1900 to 9999.
Result<Date> parse_date(std::string_view text);
Result<Month> parse_month(std::string_view text);
std::string to_string(Date date);
std::string to_string(Month month);

// 一, 二, … 十, 十一, … 九十九: how forms number their headings. `number` in 1–99, else its digits.
std::string chinese_number(int number);

}  // namespace wujin
