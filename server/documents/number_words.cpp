#include "documents/number_words.h"

#include <array>
#include <map>
#include <utility>

namespace wujin::documents {
namespace {

using Digits = std::array<std::string_view, 10>;
using Units = std::array<std::string_view, 4>;

constexpr Digits plain_digits = {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
constexpr Units plain_units = {"", "十", "百", "千"};
constexpr Digits legal_digits = {"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"};
constexpr Units legal_units = {"", "拾", "佰", "仟"};

std::string utf8(char32_t point) {
  std::string out;
  out += static_cast<char>(0xe0 | point >> 12);
  out += static_cast<char>(0x80 | (point >> 6 & 0x3f));
  out += static_cast<char>(0x80 | (point & 0x3f));
  return out;
}

std::string decimal(int number) { return std::to_string(number); }

std::string chinese(int number, const Digits& digits, const Units& units) {
  if (number < 0 || number > 9999) return decimal(number);
  if (number == 0) return std::string(digits[0]);
  std::string out;
  bool is_zero_due = false;
  int divisor = 1000;
  for (std::size_t place = 4; place-- > 0; divisor /= 10) {
    const auto digit = static_cast<std::size_t>(number / divisor % 10);
    if (digit == 0) {
      is_zero_due = !out.empty();
      continue;
    }
    if (is_zero_due) out += digits[0];
    is_zero_due = false;
    const bool is_bare_ten = place == 1 && digit == 1 && out.empty() && digits[1] == plain_digits[1];  // 十二, not 一十二
    if (!is_bare_ten) out += digits[digit];
    out += units[place];
  }
  return out;
}

std::string counting(int number) { return chinese(number, plain_digits, plain_units); }
std::string legal(int number) { return chinese(number, legal_digits, legal_units); }

std::string digit_by_digit(int number) {
  std::string out;
  for (const char digit : decimal(number)) {
    out += digit == '0' ? "〇" : digit >= '1' && digit <= '9' ? plain_digits[static_cast<std::size_t>(digit - '0')] : "-";
  }
  return out;
}

std::string full_width(int number) {
  std::string out;
  for (const char digit : decimal(number)) out += digit == '-' ? "－" : utf8(U'０' + static_cast<char32_t>(digit - '0'));
  return out;
}

// A sign of a row of signs that stand one after the other in Unicode.
std::string sign(int number, char32_t first, int count) {
  return number >= 1 && number <= count ? utf8(first + static_cast<char32_t>(number - 1)) : decimal(number);
}

std::string circled(int number) {
  if (number > 20 && number <= 35) return utf8(U'㉑' + static_cast<char32_t>(number - 21));
  if (number > 35 && number <= 50) return utf8(U'㊱' + static_cast<char32_t>(number - 36));
  return sign(number, U'①', 20);
}

std::string cyclic(int number, std::u32string_view signs) {
  if (number < 1) return decimal(number);
  return utf8(signs[static_cast<std::size_t>(number - 1) % signs.size()]);
}

// a … z, aa … zz: the letter repeated, as Word does.
std::string letters(int number, char first) {
  if (number < 1 || number > 26 * 20) return decimal(number);
  return std::string(static_cast<std::size_t>((number - 1) / 26 + 1), static_cast<char>(first + (number - 1) % 26));
}

std::string roman(int number, bool is_upper) {
  constexpr std::array<std::pair<int, std::string_view>, 13> signs = {{{1000, "m"},
                                                                       {900, "cm"},
                                                                       {500, "d"},
                                                                       {400, "cd"},
                                                                       {100, "c"},
                                                                       {90, "xc"},
                                                                       {50, "l"},
                                                                       {40, "xl"},
                                                                       {10, "x"},
                                                                       {9, "ix"},
                                                                       {5, "v"},
                                                                       {4, "iv"},
                                                                       {1, "i"}}};
  if (number < 1 || number > 3999) return decimal(number);
  std::string out;
  for (const auto& [value, letters] : signs) {
    for (; number >= value; number -= value) out += letters;
  }
  if (is_upper) {
    for (auto& letter : out) letter = static_cast<char>(letter - 'a' + 'A');
  }
  return out;
}

std::string zero_padded(int number) { return number >= 0 && number < 10 ? "0" + decimal(number) : decimal(number); }

using Maker = std::string (*)(int);

const std::map<std::string_view, Maker>& makers() {
  static const std::map<std::string_view, Maker> all = {
      {"chineseCounting", counting},
      {"chineseCountingThousand", counting},
      {"taiwaneseCounting", counting},
      {"taiwaneseCountingThousand", counting},
      {"japaneseCounting", counting},
      {"chineseLegalSimplified", legal},
      {"ideographLegalTraditional", legal},
      {"ideographDigital", digit_by_digit},
      {"taiwaneseDigital", digit_by_digit},
      {"japaneseDigitalTenThousand", digit_by_digit},
      {"ideographTraditional", [](int number) { return cyclic(number, U"甲乙丙丁戊己庚辛壬癸"); }},
      {"ideographZodiac", [](int number) { return cyclic(number, U"子丑寅卯辰巳午未申酉戌亥"); }},
      {"ideographEnclosedCircle", [](int number) { return sign(number, U'㊀', 10); }},
      {"decimalEnclosedCircle", circled},
      {"decimalEnclosedCircleChinese", circled},
      {"decimalEnclosedParen", [](int number) { return sign(number, U'⑴', 20); }},
      {"decimalEnclosedFullstop", [](int number) { return sign(number, U'⒈', 20); }},
      {"decimalFullWidth", full_width},
      {"decimalFullWidth2", full_width},
      {"decimalZero", zero_padded},
      {"lowerLetter", [](int number) { return letters(number, 'a'); }},
      {"upperLetter", [](int number) { return letters(number, 'A'); }},
      {"lowerRoman", [](int number) { return roman(number, false); }},
      {"upperRoman", [](int number) { return roman(number, true); }},
      {"none", [](int) { return std::string(); }},
  };
  return all;
}

}  // namespace

std::string number_as(std::string_view format, int number) {
  const auto found = makers().find(format);
  return found == makers().end() ? decimal(number) : found->second(number);
}

}  // namespace wujin::documents
