#pragma once

#include <charconv>
#include <optional>
#include <string_view>
#include <system_error>

namespace wujin {

// The whole of `text` as a whole number; none when anything else stands in it ('+' and spaces too) or it does not fit.
template <class Number>
std::optional<Number> parse_number(std::string_view text, int base = 10) {
  Number number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace wujin
