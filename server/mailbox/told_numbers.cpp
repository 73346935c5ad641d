#include "mailbox/told_numbers.h"

#include <initializer_list>
#include <string>

#include "mailbox/plain_text.h"

namespace wujin::mailbox {
namespace {

using Words = std::initializer_list<std::u32string_view>;

constexpr int most = 100'000;

bool is_mark(char32_t letter) { return std::u32string_view(U"。;；,，!！?？").find(letter) != std::u32string_view::npos; }
bool is_numeral(char32_t letter) {
  return is_digit(letter) || std::u32string_view(U"一二三四五六七八九十百千两零〇").find(letter) != std::u32string_view::npos;
}

std::u32string_view clause_around(std::u32string_view text, std::size_t at) {
  std::size_t begin = at;
  while (begin > 0 && !is_mark(text[begin - 1])) --begin;
  std::size_t end = at;
  while (end < text.size() && !is_mark(text[end])) ++end;
  return text.substr(begin, end - begin);
}

std::size_t unit_behind(std::u32string_view rest, Words units) {
  for (const auto unit : units) {
    if (rest.starts_with(unit)) return unit.size();
  }
  return 0;
}

// Every number with one of the units behind it, where the clause fits.
template <class Fits>
std::optional<int> only_number(std::u32string_view text, Words units, const Fits& fits) {
  std::optional<int> found;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool begins = is_numeral(text[at]) && (at == 0 || !is_numeral(text[at - 1])) && (at == 0 || text[at - 1] != U'第');
    if (!begins) continue;
    const auto number = number_at(text, at);
    if (!number || number->value < 1 || number->value > most) continue;
    auto rest = text.substr(at + number->length);
    if (!rest.empty() && std::u32string_view(U"余多来").find(rest.front()) != std::u32string_view::npos) rest.remove_prefix(1);
    if (unit_behind(rest, units) == 0 || !fits(clause_around(text, at))) continue;
    if (found && *found != number->value) return std::nullopt;
    found = number->value;
  }
  return found;
}

}  // namespace

std::optional<int> people_told(std::u32string_view text) {
  return only_number(text, {U"人", U"名", U"位"}, [](std::u32string_view clause) {
    if (contains_any(clause, {U"志愿者", U"工作人员", U"干部", U"网格员", U"队员", U"消防员", U"讲解员", U"党员", U"出动",
                              U"专管员", U"共有", U"全村", U"户籍", U"人口", U"常住"})) {
      return false;
    }
    return contains_any(clause, {U"参加", U"参与", U"群众", U"村民", U"居民", U"师生", U"学生", U"员工", U"职工", U"老人",
                                 U"受教育", U"受益", U"覆盖", U"惠及", U"听讲", U"家长", U"人次", U"到场"});
  });
}

std::optional<int> leaflets_told(std::u32string_view text) {
  return only_number(text, {U"份", U"张", U"册", U"本"}, [](std::u32string_view clause) {
    return contains_any(clause, {U"发放", U"派发", U"分发", U"散发", U"发出", U"发宣传"}) &&
           contains_any(clause,
                        {U"资料", U"传单", U"宣传单", U"手册", U"宣传册", U"明白纸", U"倡议书", U"折页", U"宣传品", U"份"});
  });
}

}  // namespace wujin::mailbox
