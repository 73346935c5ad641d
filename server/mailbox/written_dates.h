#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "campaigns/weeks.h"

// Days and months as people write them in Chinese: 10月7日, 2023年10月7日, 十月七日, 10.7, 10/7, 2023-10-07, 20231007,
// 10月7日—9日, 14-20日, 7日上午. Of text made plain (mailbox/plain_text.h). Pure.
namespace wujin::mailbox {

enum class DateShape : std::uint8_t {
  whole,    // the month stands in words, or the year beside it
  figures,  // 10.7: may be something else
  day_only  // 7日: of the month spoken of
};

struct WrittenDay {
  std::optional<int> year;
  std::optional<int> month;
  int day = 0;
};

struct WrittenDates {
  WrittenDay from;
  std::optional<WrittenDay> to;
  DateShape shape = DateShape::whole;
  std::size_t at = 0;
  std::size_t length = 0;
};

// In the order they stand; none overlaps another.
std::vector<WrittenDates> written_dates(std::u32string_view text);

struct WrittenMonth {
  std::optional<int> year;
  int month = 0;
  std::size_t at = 0;
};
// Months that are no part of a day: 2023年10月, 10月份, 十月, 2023-10, 202310; of 8月至12月 both.
std::vector<WrittenMonth> written_months(std::u32string_view text);

// What is left unsaid is taken from these: the year that brings a day nearest to `near`, the month of a day alone.
struct Unsaid {
  Date near;
  std::optional<Month> month;
};
std::optional<Date> resolved(const WrittenDay& day, const Unsaid& unsaid);
// Nothing for an impossible day, or an end before its beginning.
std::optional<campaigns::DateRange> resolved(const WrittenDates& dates, const Unsaid& unsaid);
Month resolved(const WrittenMonth& month, const Unsaid& unsaid);

}  // namespace wujin::mailbox
