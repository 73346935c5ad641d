#pragma once

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "base/text.h"

// Text as strangers type it, made comparable: code points, full-width letters and digits as plain ones, any white space one
// space. Pure.
namespace wujin::mailbox {

// Bytes that are no UTF-8 become U+FFFD.
std::u32string spaced(std::string_view text);  // white space made plain, nothing else
std::u32string plain(std::string_view text);
std::string to_utf8(std::u32string_view text);
// Only letters, digits and Chinese characters: how titles and names are compared, whatever marks stand between.
std::u32string bare(std::u32string_view text);
using wujin::trimmed;  // of UTF-8, beside the one of characters
std::u32string_view trimmed(std::u32string_view text);

bool is_digit(char32_t letter);
bool is_letter_or_digit(char32_t letter);  // Chinese characters among them
bool contains(std::u32string_view text, std::u32string_view word);
bool contains_any(std::u32string_view text, std::initializer_list<std::u32string_view> words);
// At most so many characters of it, for people to read.
std::string excerpt(std::u32string_view text, std::size_t most = 60);

// A text as it was typed beside its plain form, letter for letter.
struct Text {
  std::u32string plain;
  std::u32string shown;

  Text() = default;
  explicit Text(std::string_view text);
  bool is_empty() const { return plain.empty(); }
  Text part(std::size_t at, std::size_t length = std::u32string::npos) const;  // without white space at its ends
};

// A number where it stands, as digits or in Chinese (十二, 三百, 二〇二三).
struct WrittenNumber {
  int value = 0;
  std::size_t length = 0;
  bool is_digits = false;
};
std::optional<WrittenNumber> number_at(std::u32string_view text, std::size_t at);

}  // namespace wujin::mailbox
