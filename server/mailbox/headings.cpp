#include "mailbox/headings.h"

#include <algorithm>

#include "mailbox/plain_text.h"

namespace wujin::mailbox {
namespace {

constexpr std::u32string_view circled = U"①②③④⑤⑥⑦⑧⑨⑩⑪⑫";
constexpr std::u32string_view bullets = U"●■◆★▲○·•※-*";
constexpr std::u32string_view behind_number = U"、.．:：,，";

bool is_one_of(char32_t letter, std::u32string_view letters) { return letters.find(letter) != std::u32string_view::npos; }

std::size_t skip_space(std::u32string_view text, std::size_t at) {
  while (at < text.size() && text[at] == U' ') ++at;
  return at;
}

LineNumber bracketed(std::u32string_view line) {
  if (line.empty() || !is_one_of(line.front(), U"(（【[")) return {};
  const auto number = number_at(line, skip_space(line, 1));
  if (!number || number->value > 99) return {};
  const auto end = skip_space(line, skip_space(line, 1) + number->length);
  if (end >= line.size() || !is_one_of(line[end], U")）】]")) return {};
  return {number->is_digits ? 4 : 2, end + 1};
}

LineNumber marked(std::u32string_view line) {
  const auto number = number_at(line, 0);
  if (!number || number->value < 1 || number->value > 60) return {};
  const auto end = skip_space(line, number->length);
  if (end >= line.size()) return {};
  if (line[end] == U')' || line[end] == U'）') return {number->is_digits ? 4 : 2, end + 1};
  if (!is_one_of(line[end], behind_number)) return {};
  // 10.7 is a day.
  if (number->is_digits && line[end] == U'.' && end + 1 < line.size() && is_digit(line[end + 1])) return {};
  return {number->is_digits ? 3 : 1, end + 1};
}

// 第一周, 第 1 周, 第一个星期; `at` moves behind it.
std::optional<int> week_number(std::u32string_view text, std::size_t& at) {
  if (at >= text.size() || text[at] != U'第') return std::nullopt;
  auto here = skip_space(text, at + 1);
  const auto number = number_at(text, here);
  if (!number || number->value < 1 || number->value > 60) return std::nullopt;
  here = skip_space(text, here + number->length);
  if (here < text.size() && text[here] == U'个') ++here;
  if (text.substr(here).starts_with(U"星期")) {
    at = here + 2;
    return number->value;
  }
  if (here >= text.size() || text[here] != U'周') return std::nullopt;
  if (text.substr(here).starts_with(U"周年")) return std::nullopt;
  at = here + 1;
  return number->value;
}

// 工作情况, and nothing else.
bool is_filler(std::u32string_view text) {
  auto letters = bare(text);
  for (const std::u32string_view word : {U"工作", U"活动", U"情况", U"宣传"}) {
    for (auto at = letters.find(word); at != std::u32string::npos; at = letters.find(word)) letters.erase(at, word.size());
  }
  return letters.empty();
}

// The days in brackets, or bare, right behind a week's name; `at` moves behind them.
std::optional<WrittenDates> dates_behind(std::u32string_view text, std::size_t& at) {
  const auto rest = text.substr(at);
  const auto dates = written_dates(rest);
  if (dates.empty()) return std::nullopt;
  const auto& first = dates.front();
  const auto between = rest.substr(0, first.at);
  const bool is_bracketed = between.find_first_of(U"(（[【") != std::u32string_view::npos;
  if (!is_bracketed && !(trimmed(between).empty() && first.to)) return std::nullopt;
  if (bare(between).size() > 6) return std::nullopt;
  auto end = at + first.at + first.length;
  if (is_bracketed) {
    const auto close = text.find_first_of(U")）]】", end);
    if (close == std::u32string_view::npos || close - end > 6) return std::nullopt;
    end = close + 1;
  }
  at = end;
  return first;
}

std::optional<WeekHeading> only_days(std::u32string_view line) {
  const auto dates = written_dates(line);
  if (dates.size() != 1 || !dates.front().to) return std::nullopt;
  std::u32string rest(line);
  rest.erase(dates.front().at, dates.front().length);
  if (!is_filler(rest)) return std::nullopt;
  WeekHeading heading;
  heading.dates = dates.front();
  heading.words = std::u32string(line);
  return heading;
}

}  // namespace

LineNumber line_number(std::u32string_view line) {
  if (line.empty()) return {};
  if (const auto number = bracketed(line); number.level > 0) return number;
  if (const auto number = marked(line); number.level > 0) return number;
  if (is_one_of(line.front(), circled) || is_one_of(line.front(), bullets)) return {5, 1};
  return {};
}

std::u32string_view without_number(std::u32string_view line) {
  line = trimmed(line);
  for (int most = 0; most < 2; ++most) {
    const auto number = line_number(line);
    if (number.level == 0) break;
    line = trimmed(line.substr(number.length));
  }
  return line;
}

std::optional<WeekHeading> week_heading(std::u32string_view whole, std::u32string_view supplement) {
  const auto line = without_number(whole);
  if (!supplement.empty() && bare(line.substr(0, supplement.size() + 2)).starts_with(supplement)) {
    if (auto heading = only_days(line.substr(line.find(supplement) == 0 ? supplement.size() : 0))) return heading;
  }
  if (auto heading = only_days(line)) return heading;
  WeekHeading heading;
  std::size_t at = 0;
  const auto months = written_months(line.substr(0, 12));
  if (!months.empty() && months.front().at == 0) {
    const auto end = line.find(U'月');
    if (end != std::u32string_view::npos) {
      heading.month = months.front();
      at = skip_space(line, end + 1);
      if (at < line.size() && line[at] == U'份') at = skip_space(line, at + 1);
    }
  } else if (line.starts_with(U"本月") || line.starts_with(U"当月")) {
    at = 2;
  }
  if (at < line.size() && is_one_of(line[at], U"的,，、")) ++at;
  const auto number = week_number(line, at);
  if (!number) return std::nullopt;
  // 第一周至第二周 is no week.
  const auto after = skip_space(line, at);
  if (after < line.size() && is_one_of(line[after], U"-—–~～至到和、") && contains(line.substr(after, 3), U"第"))
    return std::nullopt;
  heading.number = *number;
  heading.dates = dates_behind(line, at);
  heading.words = std::u32string(line.substr(0, at));
  auto rest = trimmed(line.substr(at));
  while (!rest.empty() && is_one_of(rest.front(), U"：:，,。.、；; ")) rest.remove_prefix(1);
  if (!is_filler(rest)) heading.rest = std::u32string(rest);
  return heading;
}

std::optional<WeekHeading> week_in(std::u32string_view text) {
  for (std::size_t at = text.find(U'第'); at != std::u32string_view::npos; at = text.find(U'第', at + 1)) {
    auto end = at;
    const auto number = week_number(text, end);
    if (!number) continue;
    WeekHeading heading;
    heading.number = *number;
    const auto months = written_months(text.substr(0, at));
    if (!months.empty()) heading.month = months.back();
    heading.words = std::u32string(text.substr(0, end));
    return heading;
  }
  return std::nullopt;
}

}  // namespace wujin::mailbox
