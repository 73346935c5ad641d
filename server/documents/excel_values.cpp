#include "documents/excel_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <map>

#include "documents/package_file.h"
#include "documents/part_names.h"
#include "documents/xml_scan.h"

namespace wujin::documents {
namespace {

using Kind = ExcelFormat::Kind;

// Formats known by number alone (ECMA-376 18.8.30); 27 to 36 and 50 to 58 as the Chinese programs have them.
std::string_view built_in(int number) {
  static const std::map<int, std::string_view> codes = {
      {1, "0"},        {2, "0.00"},       {3, "#,##0"},       {4, "#,##0.00"},     {9, "0%"},        {10, "0.00%"},
      {14, "y/m/d"},   {15, "d-m-y"},     {16, "d-m"},        {17, "m-y"},         {18, "h:mm"},     {19, "h:mm:ss"},
      {20, "h:mm"},    {21, "h:mm:ss"},   {22, "y/m/d h:mm"}, {27, "y年m月"},      {28, "m月d日"},   {29, "m月d日"},
      {30, "m-d-y"},   {31, "y年m月d日"}, {32, "h时mm分"},    {33, "h时mm分ss秒"}, {34, "h时mm分"},  {35, "h时mm分ss秒"},
      {36, "y年m月"},  {37, "#,##0"},     {38, "#,##0"},      {39, "#,##0.00"},    {40, "#,##0.00"}, {45, "h:mm:ss"},
      {46, "h:mm:ss"}, {47, "h:mm:ss"},   {49, "@"},          {50, "y年m月"},      {51, "m月d日"},   {52, "y年m月"},
      {53, "m月d日"},  {54, "m月d日"},    {55, "h时mm分"},    {56, "h时mm分ss秒"}, {57, "y年m月"},   {58, "m月d日"}};
  const auto found = codes.find(number);
  return found == codes.end() ? std::string_view("General") : found->second;
}

// The first section of a code without what it prints as it stands: "quoted", \escaped, _spaces, [colours and conditions].
std::string bare(std::string_view code) {
  std::string out;
  for (std::size_t at = 0; at < code.size() && code[at] != ';'; ++at) {
    const char letter = code[at];
    if (letter == '"' || letter == '[') {
      const auto end = code.find(letter == '"' ? '"' : ']', at + 1);
      if (end == std::string_view::npos) break;
      const auto inside = lower_case(code.substr(at + 1, end - at - 1));
      const bool is_elapsed = letter == '[' && !inside.empty() && inside.find_first_not_of("hms") == std::string::npos;
      if (is_elapsed) out += inside;
      at = end;
    } else if (letter == '\\' || letter == '_' || letter == '*') {
      ++at;
    } else {
      out += letter;
    }
  }
  return lower_case(out);
}

bool has(std::string_view text, char letter) { return text.find(letter) != std::string_view::npos; }

// Whole days and the rest: how Excel counts time.
struct Moment {
  std::chrono::sys_days day;
  int seconds = 0;
};

constexpr double days_end = 2'958'466;  // 10000-01-01

// Excel holds 1900 for a leap year: its day 60 never was, and the days before it are one off.
Moment moment_of(double number, bool is_1904) {
  using std::chrono::sys_days;
  auto day = static_cast<std::int64_t>(std::floor(number));
  auto seconds = static_cast<std::int64_t>(std::llround((number - std::floor(number)) * 86'400));
  if (seconds == 86'400) {
    seconds = 0;
    ++day;
  }
  const sys_days origin = is_1904    ? sys_days(std::chrono::year(1904) / 1 / 1)
                          : day < 60 ? sys_days(std::chrono::year(1899) / 12 / 31)
                                     : sys_days(std::chrono::year(1899) / 12 / 30);
  return {origin + std::chrono::days(day), static_cast<int>(seconds)};
}

std::string date_text(const Moment& moment, bool has_day) {
  const std::chrono::year_month_day date(moment.day);
  const auto month = fmt::format("{:04}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()));
  return has_day ? fmt::format("{}-{:02}", month, static_cast<unsigned>(date.day())) : month;
}

std::string time_text(const Moment& moment, bool has_seconds) {
  const auto minutes = fmt::format("{:02}:{:02}", moment.seconds / 3600, moment.seconds / 60 % 60);
  return has_seconds ? fmt::format("{}:{:02}", minutes, moment.seconds % 60) : minutes;
}

std::string general(double number) {
  if (number == 0) return "0";
  if (std::abs(number) < 1e15 && number == std::floor(number)) return fmt::format("{:.0f}", number);
  return fmt::format("{:.15g}", number);
}

std::string grouped(std::string text) {
  const auto point = std::min(text.find('.'), text.size());
  for (auto at = static_cast<std::ptrdiff_t>(point) - 3; at > (text.starts_with('-') ? 1 : 0); at -= 3) {
    text.insert(static_cast<std::size_t>(at), ",");
  }
  return text;
}

std::string fixed(double number, const ExcelFormat& format) {
  if (std::abs(number) >= 1e15) return general(number);
  auto text = fmt::format("{:.{}f}", number, format.decimals);
  return format.is_grouped ? grouped(std::move(text)) : text;
}

}  // namespace

ExcelFormat format_of_code(std::string_view code) {
  const std::string plain = bare(code);
  ExcelFormat format;
  if (plain.empty() || plain == "general") return format;
  const bool is_numeric = plain.find_first_of("0#?") != std::string::npos && !has(plain, 'y') && !has(plain, 'd');
  const bool has_date = has(plain, 'y') || has(plain, 'd') || (has(plain, 'm') && !has(plain, 'h') && !has(plain, 's'));
  const bool has_time = has(plain, 'h') || has(plain, 's');
  if (plain.find("general") == std::string::npos && (has_date || has_time)) {
    format.kind = !has_time ? Kind::date : has_date ? Kind::date_and_time : Kind::time;
    format.has_day = has(plain, 'd');
    format.has_seconds = has(plain, 's');
  } else if (is_numeric) {
    format.kind = has(plain, '%') ? Kind::percent : has(plain, 'e') ? Kind::general : Kind::number;
    if (const auto point = plain.find('.'); point != std::string::npos) {
      const auto end = std::min(plain.find_first_not_of("0#?", point + 1), plain.size());
      format.decimals = static_cast<int>(std::min<std::size_t>(end - point - 1, 15));
    }
    format.is_grouped = plain.find("#,#") != std::string::npos || plain.find("0,0") != std::string::npos;
    if (has(plain, '/')) format.kind = Kind::general;  // a fraction
  } else if (has(plain, '@')) {
    format.kind = Kind::text;
  }
  return format;
}

std::vector<ExcelFormat> read_formats(pugi::xml_node style_sheet) {
  std::map<int, std::string> codes;
  for (const auto node : child_named(style_sheet, "numFmts").children()) {
    codes.emplace(number_in(attribute_named(node, "numFmtId"), -1), attribute_named(node, "formatCode"));
  }
  std::vector<bool> bold_fonts;
  for (const auto font : child_named(style_sheet, "fonts").children()) {
    const auto bold = child_named(font, "b");
    bold_fonts.push_back(bold && attribute_named(bold, "val") != "0" && attribute_named(bold, "val") != "false");
  }
  std::vector<ExcelFormat> formats;
  for (const auto cell : child_named(style_sheet, "cellXfs").children()) {
    const int number = number_in(attribute_named(cell, "numFmtId"), 0);
    const auto custom = codes.find(number);
    auto format = format_of_code(custom == codes.end() ? built_in(number) : std::string_view(custom->second));
    const auto font = static_cast<std::size_t>(std::max(number_in(attribute_named(cell, "fontId"), 0), 0));
    format.is_bold = font < bold_fonts.size() && bold_fonts[font];
    format.is_centred = attribute_named(child_named(cell, "alignment"), "horizontal") == "center";
    formats.push_back(format);
  }
  return formats;
}

std::string shown_number(double number, const ExcelFormat& format, bool is_1904) {
  if (!std::isfinite(number)) return {};
  const bool is_moment = number >= 0 && number < days_end;
  switch (format.kind) {
    case Kind::number:
      return fixed(number, format);
    case Kind::percent:
      return fixed(number * 100, format) + "%";
    case Kind::date:
      if (is_moment) return date_text(moment_of(number, is_1904), format.has_day);
      break;
    case Kind::time:
      if (is_moment) return time_text(moment_of(number, is_1904), format.has_seconds);
      break;
    case Kind::date_and_time:
      if (is_moment) {
        const auto moment = moment_of(number, is_1904);
        return date_text(moment, true) + " " + time_text(moment, format.has_seconds);
      }
      break;
    case Kind::general:
    case Kind::text:
      break;
  }
  return general(number);
}

}  // namespace wujin::documents
