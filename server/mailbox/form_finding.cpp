#include "mailbox/form_finding.h"

#include <algorithm>

namespace wujin::mailbox {
namespace {

using campaigns::Deliverable;
using Guess = CampaignWords::FormGuess;

bool has_month(std::u32string_view text) { return !written_months(text).empty(); }

// What a title speaks of besides place, time and form: 医保征缴.
bool is_of_another_matter(std::u32string_view title, const CampaignWords& words, const PlaceNames& places) {
  if (title.empty() || words.topic_of(title) != Topic::none) return false;
  std::u32string rest(title);
  auto mentions = places.in(rest);
  for (auto mention = mentions.rbegin(); mention != mentions.rend(); ++mention) rest.erase(mention->at, mention->length);
  for (const std::u32string_view word :
       {U"工作", U"情况", U"报告", U"汇报", U"总结", U"计划表", U"计划", U"月报", U"宣传", U"活动",
        U"开展", U"关于", U"附件", U"材料", U"月份", U"年",     U"月",   U"镇",   U"的",   U"表",
        U"报送", U"上报", U"简报", U"照片", U"图片", U"资料",   U"记录", U"安排", U"本",   U"情"}) {
    for (auto at = rest.find(word); at != std::u32string::npos; at = rest.find(word)) rest.erase(at, word.size());
  }
  std::u32string left;
  for (const char32_t letter : bare(rest)) {
    const bool is_number =
        is_digit(letter) || std::u32string_view(U"〇零一二三四五六七八九十").find(letter) != std::u32string_view::npos;
    if (!is_number) left += letter;
  }
  return left.size() >= 2;
}

// A week, a quarter, another year: no form of the campaign is of that.
bool is_of_another_time(std::u32string_view title, const CampaignWords& words) {
  if (week_in(title) || contains_any(title, {U"季度", U"半年", U"周报", U"日报"})) return true;
  if (!words.supplement().empty() && contains(title, words.supplement())) return true;
  for (std::size_t at = title.find(U'年'); at != std::u32string_view::npos; at = title.find(U'年', at + 1)) {
    constexpr std::size_t digits = 4;
    if (at < digits) continue;
    const auto year = number_at(title, at - digits);
    if (year && year->length == digits && !words.has_year(year->value)) return true;
  }
  return false;
}

bool is_notice(std::u32string_view title) { return contains_any(title, {U"通知", U"方案", U"通报", U"办法", U"意见"}); }

bool asks(std::u32string_view text) { return contains_any(text, {U"?", U"请问", U"请教"}); }
bool tells_others_to(std::u32string_view text) { return contains_any(text, {U"请各", U"请于", U"望各", U"请你村", U"请贵村"}); }

// Days are told, and all of them are still to come.
bool tells_of_days_to_come(const ReadSource& source, Date received_on) {
  bool has_any = false;
  for (const auto& part : source.outline.parts) {
    for (const auto& draft : part.drafts) {
      for (const auto& paragraph : draft.paragraphs) {
        for (const auto& dates : written_dates(paragraph.plain)) {
          const auto day = dates.shape == DateShape::whole ? resolved(dates.from, {received_on, std::nullopt}) : std::nullopt;
          if (day && *day <= received_on) return false;
          has_any = has_any || day;
        }
      }
    }
  }
  return has_any;
}

bool looks_like_report(const ReadSource& source) {
  return source.outline.has_week_headings() || source.outline.activities() > 0 || !source.outline.reason.empty();
}

// What its title says, held against what it looks like.
Guess checked(Guess guess, const ReadSource& source) {
  switch (*guess.form) {
    case Deliverable::plan:
      if (source.lines.plan_tables.empty()) guess.percent = std::min(guess.percent, 60);
      break;
    case Deliverable::report:
      if (!looks_like_report(source) && source.lines.pictures == 0) guess.percent = std::min(guess.percent, 60);
      break;
    case Deliverable::summary:
      if (source.outline.has_week_headings()) guess.percent = std::min(guess.percent, 60);
      break;
  }
  return guess;
}

Guess by_shape(const ReadSource& source, Topic topic, const Guess& elsewhere) {
  if (topic == Topic::none) return {};
  const int most = topic == Topic::certain ? 100 : 60;
  const bool is_free = !elsewhere.form;
  if (source.lines.has_plan_table && !source.outline.has_week_headings()) {
    const bool agrees = elsewhere.form == Deliverable::plan;
    return {Deliverable::plan, std::min(most, agrees ? 92 : is_free ? 84 : 55)};
  }
  if (!source.lines.plan_tables.empty() && elsewhere.form == Deliverable::plan) return {Deliverable::plan, std::min(most, 88)};
  if (looks_like_report(source)) {
    const bool agrees = elsewhere.form == Deliverable::report;
    return {Deliverable::report, std::min(most, agrees ? 92 : is_free ? 84 : 55)};
  }
  // A summary has no shape: its name alone tells it.
  if (elsewhere.form == Deliverable::summary) return {Deliverable::summary, std::min(most, 75)};
  return {};
}

// 签到表 goes with a report, and tells of what was held as much as a report does.
bool is_headed_as_list(const ReadSource& source) {
  constexpr std::size_t head = 40;
  return contains_any(source.name + source.title + source.text.substr(0, head), {U"签到", U"花名册", U"名单"});
}

}  // namespace

void find_form(ReadSource& source, const CameUnder& came, const CampaignWords& words, const PlaceNames& places) {
  const auto& subject = came.subject;
  const bool is_other = is_of_another_matter(source.title, words, places) || is_notice(source.title) ||
                        is_of_another_time(source.title.empty() ? source.name : source.title, words);
  const bool is_question =
      (source.is_letter && asks(source.text)) || tells_others_to(source.text) || tells_of_days_to_come(source, came.received_on);
  const int most = is_other || is_question || is_headed_as_list(source) ? 55 : 100;
  const auto by_title = words.form_of_title(source.title, has_month(source.title));
  if (by_title.form) {
    source.form = checked(by_title, source);
    source.form_why = Why::title;
  }
  const auto by_name = words.form_of_title(source.name, has_month(source.name));
  const auto by_subject = words.form_of_title(subject, has_month(subject));
  if (source.form.percent < sure_from && !(by_title.form && by_title.percent >= sure_from)) {
    const auto& elsewhere = by_name.form && by_name.percent >= 70 ? by_name : by_subject;
    const auto topic = std::max(
        {words.topic_of(source.text), words.topic_of(source.title), words.topic_of(source.name), words.topic_of(subject)});
    auto shaped = by_shape(source, topic, elsewhere);
    // Two names that say summary are as good as a title.
    if (shaped.form == Deliverable::summary && by_name.form == shaped.form && by_subject.form == shaped.form) shaped.percent = 85;
    if (shaped.percent > source.form.percent) {
      source.form = shaped;
      source.form_why = Why::form_shape;
    }
  }
  source.form.percent = std::min(source.form.percent, most);
}

bool is_list_of_names(const ReadSource& source) {
  const auto head = source.name + source.title + source.text.substr(0, 80);
  return source.form.percent < sure_from && contains_any(head, {U"签到", U"名单", U"花名册", U"姓名", U"清单"});
}

bool has_only_pictures(const ReadSource& source) {
  constexpr std::size_t most_words = 60;
  return source.lines.pictures > 0 && source.outline.activities() == 0 && source.outline.reason.empty() &&
         bare(source.text).size() <= most_words;
}

}  // namespace wujin::mailbox
