#pragma once

namespace wujin {

// Writes `number` in as many digits, noughts in front, and answers where they end.
inline char* write_digits(char* at, unsigned number, int digits) {
  for (int place = digits - 1; place >= 0; --place) {
    at[place] = static_cast<char>('0' + number % 10);
    number /= 10;
  }
  return at + digits;
}

}  // namespace wujin
