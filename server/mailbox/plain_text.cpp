#include "mailbox/plain_text.h"

#include <algorithm>
#include <iterator>

namespace wujin::mailbox {
namespace {

constexpr char32_t replacement = 0xFFFD;

// The code point at `at`, which moves behind it.
char32_t next_letter(std::string_view text, std::size_t& at) {
  const auto lead = static_cast<unsigned char>(text[at++]);
  if (lead < 0x80) return lead;
  const int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : -1;
  if (more < 0 || at + static_cast<std::size_t>(more) > text.size()) return replacement;
  char32_t letter = lead & (0x3Fu >> more);
  for (int rest = 0; rest < more; ++rest) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if ((byte & 0xC0) != 0x80) return replacement;
    letter = letter << 6 | (byte & 0x3Fu);
    ++at;
  }
  return letter;
}

bool is_space(char32_t letter) {
  return letter == U' ' || (letter >= 0x09 && letter <= 0x0D) || letter == 0xA0 || letter == 0x3000 ||
         (letter >= 0x2000 && letter <= 0x200B) || letter == 0xFEFF;
}

char32_t folded(char32_t letter) {
  if (letter >= 0xFF01 && letter <= 0xFF5E) return letter - 0xFEE0;  // full-width ASCII
  return letter;
}

constexpr std::u32string_view chinese_digits = U"〇一二三四五六七八九";

std::optional<int> chinese_digit(char32_t letter) {
  if (letter == U'零' || letter == U'○') return 0;
  if (letter == U'两') return 2;
  const auto at = chinese_digits.find(letter);
  if (at == std::u32string_view::npos) return std::nullopt;
  return static_cast<int>(at);
}

int unit_of(char32_t letter) {
  switch (letter) {
    case U'十':
      return 10;
    case U'百':
      return 100;
    case U'千':
      return 1000;
    default:
      return 0;
  }
}

// 二〇二三 is read digit by digit, 二十三 by its units.
std::optional<WrittenNumber> chinese_number_at(std::u32string_view text, std::size_t at) {
  WrittenNumber number;
  int pending = -1;
  bool has_units = false;
  int digits = 0;
  for (std::size_t here = at; here < text.size(); ++here) {
    if (const auto digit = chinese_digit(text[here])) {
      pending = pending > 0 && !has_units ? pending * 10 + *digit : *digit;
      if (++digits > 4) return std::nullopt;
    } else if (const int unit = unit_of(text[here])) {
      has_units = true;
      number.value += (pending < 0 ? 1 : pending) * unit;
      pending = -1;
    } else {
      break;
    }
    ++number.length;
  }
  if (number.length == 0) return std::nullopt;
  if (pending > 0) number.value += pending;
  return number;
}

}  // namespace

std::u32string spaced(std::string_view text) {
  std::u32string result;
  result.reserve(text.size() / 2);
  for (std::size_t at = 0; at < text.size();) {
    const char32_t letter = next_letter(text, at);
    if (is_space(letter)) {
      if (!result.empty() && result.back() != U' ') result += U' ';
    } else {
      result += letter;
    }
  }
  if (!result.empty() && result.back() == U' ') result.pop_back();
  return result;
}

std::u32string plain(std::string_view text) {
  auto result = spaced(text);
  std::transform(result.begin(), result.end(), result.begin(), folded);
  return result;
}

Text::Text(std::string_view text) : plain(mailbox::plain(text)), shown(spaced(text)) {}

Text Text::part(std::size_t at, std::size_t length) const {
  Text result;
  if (at >= plain.size()) return result;
  auto end = length == std::u32string::npos ? plain.size() : std::min(at + length, plain.size());
  while (at < end && plain[at] == U' ') ++at;
  while (end > at && plain[end - 1] == U' ') --end;
  result.plain = plain.substr(at, end - at);
  result.shown = shown.substr(at, end - at);
  return result;
}

std::string to_utf8(std::u32string_view text) {
  std::string result;
  result.reserve(text.size() * 3);
  for (const char32_t letter : text) {
    if (letter < 0x80) {
      result += static_cast<char>(letter);
    } else if (letter < 0x800) {
      result += static_cast<char>(0xC0 | letter >> 6);
      result += static_cast<char>(0x80 | (letter & 0x3F));
    } else if (letter < 0x10000) {
      result += static_cast<char>(0xE0 | letter >> 12);
      result += static_cast<char>(0x80 | (letter >> 6 & 0x3F));
      result += static_cast<char>(0x80 | (letter & 0x3F));
    } else {
      result += static_cast<char>(0xF0 | letter >> 18);
      result += static_cast<char>(0x80 | (letter >> 12 & 0x3F));
      result += static_cast<char>(0x80 | (letter >> 6 & 0x3F));
      result += static_cast<char>(0x80 | (letter & 0x3F));
    }
  }
  return result;
}

bool is_digit(char32_t letter) { return letter >= U'0' && letter <= U'9'; }

bool is_letter_or_digit(char32_t letter) {
  if (is_digit(letter) || (letter >= U'A' && letter <= U'Z') || (letter >= U'a' && letter <= U'z')) return true;
  return letter == U'〇' || (letter >= 0x3400 && letter <= 0x9FFF) || (letter >= 0x20000 && letter <= 0x3FFFF);
}

std::u32string bare(std::u32string_view text) {
  std::u32string result;
  result.reserve(text.size());
  std::copy_if(text.begin(), text.end(), std::back_inserter(result), is_letter_or_digit);
  return result;
}

std::u32string_view trimmed(std::u32string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

bool contains(std::u32string_view text, std::u32string_view word) { return text.find(word) != std::u32string_view::npos; }

bool contains_any(std::u32string_view text, std::initializer_list<std::u32string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::u32string_view word) { return contains(text, word); });
}

std::string excerpt(std::u32string_view text, std::size_t most) {
  text = trimmed(text);
  return to_utf8(text.substr(0, most));
}

std::optional<WrittenNumber> number_at(std::u32string_view text, std::size_t at) {
  WrittenNumber number;
  number.is_digits = true;
  while (at + number.length < text.size() && is_digit(text[at + number.length])) {
    if (number.length >= 8) return std::nullopt;
    number.value = number.value * 10 + static_cast<int>(text[at + number.length] - U'0');
    ++number.length;
  }
  if (number.length > 0) return number;
  return chinese_number_at(text, at);
}

}  // namespace wujin::mailbox
