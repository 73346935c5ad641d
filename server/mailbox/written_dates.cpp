#include "mailbox/written_dates.h"

#include <algorithm>
#include <cstdlib>

#include "mailbox/plain_text.h"

namespace wujin::mailbox {
namespace {

constexpr std::u32string_view dashes = U"-—–―─‐‑−~～〜至到";
// What follows a number that is no day: 10.7万元, 10.5米.
constexpr std::u32string_view units = U"万元亩米公斤吨个人份倍级版余名户场次%度章节条";

bool is_one_of(char32_t letter, std::u32string_view letters) { return letters.find(letter) != std::u32string_view::npos; }
bool is_month(int number) { return number >= 1 && number <= 12; }
bool is_day(int number) { return number >= 1 && number <= 31; }
bool is_year(int number) { return number >= 1990 && number <= 2199; }

// Reads on from a place; every take_ moves on only when it answers something.
class Cursor {
 public:
  Cursor(std::u32string_view text, std::size_t at) : text_(text), at_(at) {}
  std::size_t at() const { return at_; }
  bool at_end() const { return at_ >= text_.size(); }
  char32_t peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : U'\0'; }

  bool take(std::u32string_view letters) {
    const auto before = at_;
    skip_space();
    if (!at_end() && is_one_of(peek(), letters)) {
      ++at_;
      return true;
    }
    at_ = before;
    return false;
  }
  bool take_dash() {
    if (!take(dashes)) return false;
    while (take(dashes)) {
    }
    return true;
  }
  std::optional<int> take_number(std::size_t most_digits) {
    const auto before = at_;
    skip_space();
    const auto number = number_at(text_, at_);
    if (!number || (number->is_digits && number->length > most_digits)) {
      at_ = before;
      return std::nullopt;
    }
    at_ += number->length;
    return number->value;
  }
  std::optional<int> take_digits(std::size_t least, std::size_t most) {
    if (!is_digit(peek())) return std::nullopt;
    const auto number = number_at(text_, at_);
    if (!number || number->length < least || number->length > most) return std::nullopt;
    at_ += number->length;
    return number->value;
  }
  // （星期六）, （周六）
  void skip_weekday() {
    const auto before = at_;
    if (take(U"(") && (peek() == U'周' || peek() == U'星')) {
      for (int most = 0; most < 4 && !at_end(); ++most, ++at_) {
        if (peek() == U')') {
          ++at_;
          return;
        }
      }
    }
    at_ = before;
  }
  void skip_space() {
    while (!at_end() && peek() == U' ') ++at_;
  }

 private:
  std::u32string_view text_;
  std::size_t at_;
};

struct Parsed {
  WrittenDay day;
  DateShape shape = DateShape::whole;
  bool is_closed = true;  // 日 or its like stood behind it
};

// [2023年]10月7日, [2023年]10月7
std::optional<Parsed> in_words(Cursor& cursor) {
  Cursor ahead = cursor;
  Parsed parsed;
  auto number = ahead.take_number(4);
  if (!number) return std::nullopt;
  if (ahead.take(U"年")) {
    if (!is_year(*number)) return std::nullopt;
    parsed.day.year = *number;
    number = ahead.take_number(2);
    if (!number) return std::nullopt;
  }
  if (!is_month(*number) || !ahead.take(U"月")) return std::nullopt;
  parsed.day.month = *number;
  const auto day = ahead.take_number(2);
  if (!day || !is_day(*day)) return std::nullopt;
  parsed.day.day = *day;
  parsed.is_closed = ahead.take(U"日号");
  cursor = ahead;
  return parsed;
}

// 2023-10-07, 2023.10.7, 2023/10/7, 20231007
std::optional<Parsed> in_figures_with_year(Cursor& cursor) {
  Cursor ahead = cursor;
  Parsed parsed;
  if (const auto whole = ahead.take_digits(8, 8)) {
    parsed.day = {*whole / 10000, *whole / 100 % 100, *whole % 100};
  } else {
    const auto year = ahead.take_digits(4, 4);
    const char32_t mark = ahead.peek();
    if (!year || !ahead.take(U"-./")) return std::nullopt;
    const auto month = ahead.take_digits(1, 2);
    if (!month || ahead.peek() != mark || !ahead.take(U"-./")) return std::nullopt;
    const auto day = ahead.take_digits(1, 2);
    if (!day) return std::nullopt;
    parsed.day = {*year, *month, *day};
  }
  if (!is_year(*parsed.day.year) || !is_month(*parsed.day.month) || !is_day(parsed.day.day) || is_digit(ahead.peek())) {
    return std::nullopt;
  }
  cursor = ahead;
  return parsed;
}

// 10.7, 10/7
std::optional<Parsed> in_figures(Cursor& cursor) {
  Cursor ahead = cursor;
  const auto month = ahead.take_digits(1, 2);
  if (!month || !is_month(*month)) return std::nullopt;
  if (ahead.peek() != U'.' && ahead.peek() != U'/') return std::nullopt;
  ahead.take(U"./");
  const auto day = ahead.take_digits(1, 2);
  if (!day || !is_day(*day)) return std::nullopt;
  ahead.take(U"日号");
  if (is_one_of(ahead.peek(), units) || is_digit(ahead.peek())) return std::nullopt;
  if ((ahead.peek() == U'.' || ahead.peek() == U'/') && is_digit(ahead.peek(1))) return std::nullopt;
  cursor = ahead;
  return Parsed{{std::nullopt, *month, *day}, DateShape::figures, true};
}

// 7日; within a range also 7
std::optional<Parsed> day_alone(Cursor& cursor, bool may_be_open) {
  Cursor ahead = cursor;
  ahead.skip_space();
  const auto day = ahead.take_digits(1, 2);
  if (!day || !is_day(*day)) return std::nullopt;
  const bool is_closed = ahead.take(U"日号");
  if (!is_closed && !may_be_open) return std::nullopt;
  if (is_closed && is_one_of(ahead.peek(), U"内均常夜间游志报")) return std::nullopt;
  cursor = ahead;
  return Parsed{{std::nullopt, std::nullopt, *day}, DateShape::day_only, is_closed};
}

std::optional<Parsed> any_day(Cursor& cursor) {
  if (auto parsed = in_words(cursor)) return parsed;
  if (auto parsed = in_figures_with_year(cursor)) return parsed;
  return in_figures(cursor);
}

// What may stand behind 10月7 for it to be a day: nothing, a bracket, a part of the day.
bool ends_open_day(const Cursor& cursor) { return cursor.at_end() || is_one_of(cursor.peek(), U" ),，、;；:：。上下晚早)）"); }

// The end of a range behind its dash.
std::optional<Parsed> range_end(Cursor& cursor, const Parsed& from) {
  if (auto parsed = in_words(cursor)) return parsed;
  if (auto parsed = in_figures_with_year(cursor)) return parsed;
  if (from.shape == DateShape::figures) {
    if (auto parsed = in_figures(cursor)) return parsed;
  }
  Cursor ahead = cursor;
  auto parsed = day_alone(ahead, true);
  if (!parsed) {
    ahead.skip_space();
    const auto day = ahead.take_number(2);  // 一日至十日
    if (!day || !is_day(*day) || !ahead.take(U"日号")) return std::nullopt;
    parsed = Parsed{{std::nullopt, std::nullopt, *day}, DateShape::day_only, true};
  }
  // 10月3日到2组: a number, not a day.
  const bool is_day_behind = parsed->is_closed || from.shape == DateShape::figures || ends_open_day(ahead);
  if (!is_day_behind || (!parsed->is_closed && is_one_of(ahead.peek(), units))) return std::nullopt;
  cursor = ahead;
  return parsed;
}

std::optional<WrittenDates> dates_at(std::u32string_view text, std::size_t at) {
  Cursor cursor(text, at);
  auto from = any_day(cursor);
  if (!from) {
    from = day_alone(cursor, true);
    const char32_t before = at > 0 ? text[at - 1] : U'\0';
    if (!from || is_one_of(before, U"第每近达共月.年")) return std::nullopt;
  }
  WrittenDates dates{from->day, std::nullopt, from->shape, at, 0};
  const bool was_closed = from->is_closed;
  cursor.skip_weekday();
  Cursor ahead = cursor;
  if (ahead.take_dash()) {
    if (const auto to = range_end(ahead, *from)) {
      // 14-20日: the mark stands once, behind both.
      if (was_closed || to->is_closed || from->shape != DateShape::day_only) {
        dates.to = to->day;
        cursor = ahead;
        cursor.skip_weekday();
      }
    }
  }
  if (!dates.to && !was_closed && (from->shape == DateShape::day_only || !ends_open_day(cursor))) return std::nullopt;
  dates.length = cursor.at() - at;
  return dates;
}

// A number begins here, and is not the rest of one.
bool begins_number(std::u32string_view text, std::size_t at) {
  if (at == 0) return true;
  if (is_digit(text[at])) return !is_digit(text[at - 1]) && !(at > 1 && text[at - 1] == U'.' && is_digit(text[at - 2]));
  return !is_digit(text[at - 1]) && !is_one_of(text[at - 1], U"〇零一二三四五六七八九十百千");
}

bool may_begin_number(char32_t letter) { return is_digit(letter) || is_one_of(letter, U"〇零一二三四五六七八九十"); }

// 8-12月 names two months.
void add_first_of_two(std::u32string_view text, std::size_t at, std::vector<WrittenMonth>& months) {
  std::size_t here = at;
  while (here > 0 && (text[here - 1] == U' ' || is_one_of(text[here - 1], dashes))) --here;
  if (here == at || here == 0) return;
  std::size_t begin = here;
  while (begin > 0 && is_digit(text[begin - 1])) --begin;
  const auto number = begin < here ? number_at(text, begin) : std::nullopt;
  if (number && is_month(number->value)) months.push_back({std::nullopt, number->value, begin});
}

std::optional<WrittenMonth> month_at(std::u32string_view text, std::size_t at, std::size_t& end) {
  Cursor cursor(text, at);
  WrittenMonth month;
  month.at = at;
  if (auto whole = cursor.take_digits(6, 6)) {
    month.year = *whole / 100;
    month.month = *whole % 100;
    end = cursor.at();
    if (is_year(*month.year) && is_month(month.month)) return month;
    return std::nullopt;
  }
  auto number = cursor.take_number(4);
  if (!number) return std::nullopt;
  if (is_year(*number)) {
    month.year = *number;
    const bool in_words = cursor.take(U"年");
    if (!in_words && !cursor.take(U"-./")) return std::nullopt;
    number = cursor.take_number(2);
    if (!number || !is_month(*number)) return std::nullopt;
    if (!cursor.take(U"月") && (in_words || is_digit(cursor.peek()))) return std::nullopt;
  } else if (!is_month(*number) || !cursor.take(U"月")) {
    return std::nullopt;
  }
  month.month = *number;
  end = cursor.at();
  return month;
}

std::optional<Date> valid(int year, int month, int day) {
  const Date date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                  std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return std::nullopt;
  return date;
}

// Of three years the one that brings the middle of the month nearest.
int nearest_year(int month, Date near) {
  const int here = static_cast<int>(near.year());
  int best = here;
  int distance = 1000;
  for (const int year : {here - 1, here, here + 1}) {
    const int away = std::abs(days_between(near, *valid(year, month, 15)));
    if (away < distance) {
      distance = away;
      best = year;
    }
  }
  return best;
}

}  // namespace

std::vector<WrittenDates> written_dates(std::u32string_view text) {
  std::vector<WrittenDates> found;
  for (std::size_t at = 0; at < text.size();) {
    if (may_begin_number(text[at]) && begins_number(text, at)) {
      if (const auto dates = dates_at(text, at)) {
        found.push_back(*dates);
        at += std::max<std::size_t>(dates->length, 1);
        continue;
      }
    }
    ++at;
  }
  return found;
}

std::vector<WrittenMonth> written_months(std::u32string_view text) {
  std::vector<WrittenMonth> found;
  const auto dates = written_dates(text);
  for (std::size_t at = 0; at < text.size();) {
    const auto inside = std::find_if(dates.begin(), dates.end(), [&](const WrittenDates& one) {
      return one.shape == DateShape::whole && one.at <= at && at < one.at + one.length;
    });
    if (inside != dates.end()) {
      at = inside->at + inside->length;
      continue;
    }
    std::size_t end = at;
    if (may_begin_number(text[at]) && begins_number(text, at)) {
      if (const auto month = month_at(text, at, end)) {
        if (!month->year) add_first_of_two(text, at, found);
        found.push_back(*month);
        at = end;
        continue;
      }
    }
    ++at;
  }
  return found;
}

std::optional<Date> resolved(const WrittenDay& day, const Unsaid& unsaid) {
  if (!day.month) {
    if (!unsaid.month) return std::nullopt;
    return valid(static_cast<int>(unsaid.month->year()), static_cast<int>(static_cast<unsigned>(unsaid.month->month())), day.day);
  }
  return valid(day.year ? *day.year : nearest_year(*day.month, unsaid.near), *day.month, day.day);
}

std::optional<campaigns::DateRange> resolved(const WrittenDates& dates, const Unsaid& unsaid) {
  const auto from = resolved(dates.from, unsaid);
  if (!from) return std::nullopt;
  if (!dates.to) return campaigns::DateRange{*from, *from};
  auto end = *dates.to;
  if (!end.month) end.month = static_cast<int>(static_cast<unsigned>(from->month()));
  if (!end.year) end.year = static_cast<int>(from->year());
  auto to = resolved(end, unsaid);
  // 12月29日—1月4日
  if (to && *to < *from && !dates.to->year && dates.to->month) to = valid(*end.year + 1, *end.month, end.day);
  if (!to || *to < *from || days_between(*from, *to) > 100) return std::nullopt;
  return campaigns::DateRange{*from, *to};
}

Month resolved(const WrittenMonth& month, const Unsaid& unsaid) {
  const int year = month.year ? *month.year : nearest_year(month.month, unsaid.near);
  return std::chrono::year(year) / std::chrono::month(static_cast<unsigned>(month.month));
}

}  // namespace wujin::mailbox
