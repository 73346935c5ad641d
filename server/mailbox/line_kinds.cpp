#include "mailbox/line_kinds.h"

#include <algorithm>

#include "mailbox/headings.h"
#include "mailbox/plain_text.h"
#include "mailbox/written_dates.h"

namespace wujin::mailbox {
namespace {

bool is_one_of(char32_t letter, std::u32string_view letters) { return letters.find(letter) != std::u32string_view::npos; }

}  // namespace

bool ends_sentence(std::u32string_view text) { return !text.empty() && is_one_of(text.back(), U"。;；!！?？"); }

bool is_only_a_day(std::u32string_view text) {
  const auto dates = written_dates(text);
  if (dates.size() != 1 || dates.front().to || text.size() > 24) return false;
  std::u32string rest(text);
  rest.erase(dates.front().at, dates.front().length);
  return bare(rest).empty();
}

bool names_a_sender(std::u32string_view text) {
  return text.size() <= longest_title &&
         contains_any(text, {U"联系人", U"联系电话", U"电话:", U"填报人", U"填报单位", U"填报时间", U"填报日期", U"报送人",
                             U"报送单位", U"报送时间", U"报送日期", U"审核人", U"报告人", U"撰稿", U"制表"}) &&
         !contains(text, U"。");
}

std::vector<std::size_t> dated_beginnings(std::u32string_view text) {
  std::vector<std::size_t> beginnings;
  std::optional<WrittenDay> before;
  for (const auto& dates : written_dates(text)) {
    std::size_t at = dates.at;
    while (at > 0 && text[at - 1] == U' ') --at;
    if (at > 0 && !is_one_of(text[at - 1], U"。;；!！")) continue;
    const bool is_same = before && before->day == dates.from.day && before->month == dates.from.month;
    if (is_same) continue;
    before = dates.from;
    beginnings.push_back(at);
  }
  return beginnings;
}

bool begins_with_a_day(std::u32string_view text, const PlaceNames& places) {
  const auto line = without_number(text);
  const auto dates = written_dates(line);
  if (dates.empty() || dates.front().at > 16) return false;
  if (dates.front().shape == DateShape::day_only && dates.front().at > 3) return false;
  std::u32string before(line.substr(0, dates.front().at));
  for (const auto& mention : places.in(before)) {
    if (mention.at + mention.length <= before.size()) before.replace(mention.at, mention.length, mention.length, U' ');
  }
  return bare(before).size() <= 3;
}

bool looks_ahead(std::u32string_view heading) {
  return contains_any(heading,
                      {U"下一步", U"打算", U"存在问题", U"存在的问题", U"不足", U"建议", U"下步", U"下阶段", U"下月", U"经验"});
}
bool begins_to_look_ahead(std::u32string_view text) {
  return text.starts_with(U"下一步") || text.starts_with(U"下步") || text.starts_with(U"下阶段") || text.starts_with(U"今后");
}
bool looks_over(std::u32string_view heading) {
  return contains_any(heading, {U"工作开展", U"开展情况", U"基本情况", U"总体", U"主要做法", U"组织领导", U"高度重视", U"重视",
                                U"工作情况", U"活动情况", U"提高认识", U"加强", U"活动内容", U"主要工作"});
}

bool tells_that_nothing_was_held(std::u32string_view text) {
  if (contains_any(text, {U"未开展", U"没有开展", U"未集中开展", U"未组织"})) return true;
  // 没有组织开展集中宣传, 没能安排活动.
  constexpr std::size_t near = 10;
  for (const std::u32string_view verb : {U"组织", U"开展", U"安排", U"举行", U"进行"}) {
    for (auto at = text.find(verb); at != std::u32string_view::npos; at = text.find(verb, at + 1)) {
      const auto before = text.substr(at - std::min<std::size_t>(at, 4), std::min<std::size_t>(at, 4));
      const bool is_denied = contains_any(before, {U"没有", U"没能", U"未能", U"暂未", U"尚未"});
      if (is_denied && contains_any(text.substr(at, near), {U"宣传", U"活动"})) return true;
    }
  }
  return false;
}

bool tells_of_nothing_held(std::u32string_view text) {
  return text.size() <= 40 &&
         (contains_any(text, {U"未开展", U"未集中开展", U"没有开展", U"未组织", U"无活动", U"暂未", U"没有活动"}) ||
          bare(text) == U"无");
}

}  // namespace wujin::mailbox
