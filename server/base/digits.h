#pragma once

#include "base/calendar.h"

namespace wujin {

// Writes `number` in as many digits, noughts in front.
inline void write_digits(char* at, unsigned number, int digits) {
  for (int place = digits - 1; place >= 0; --place) {
    at[place] = static_cast<char>('0' + number % 10);
    number /= 10;
  }
}

// 2023-10, seven characters.
inline void write_month(char* at, Month month) {
  write_digits(at, static_cast<unsigned>(static_cast<int>(month.year())), 4);
  at[4] = '-';
  write_digits(at + 5, static_cast<unsigned>(month.month()), 2);
}

// 2023-10-26, ten characters.
inline void write_date(char* at, Date date) {
  write_month(at, date.year() / date.month());
  at[7] = '-';
  write_digits(at + 8, static_cast<unsigned>(date.day()), 2);
}

}  // namespace wujin
