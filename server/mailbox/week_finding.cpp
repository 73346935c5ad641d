#include "mailbox/week_finding.h"

#include <algorithm>
#include <iterator>

namespace wujin::mailbox {
namespace {

using campaigns::DateRange;
using campaigns::ReportSection;

int overlap(const DateRange& one, const DateRange& other) {
  const Date from = std::max(one.from, other.from);
  const Date to = std::min(one.to, other.to);
  return to < from ? 0 : days_between(from, to) + 1;
}

// 截至10月20日, 10月28日前 and 11月9日是 tell of no activity.
bool is_day_of_activity(std::u32string_view text, const WrittenDates& dates) {
  const auto before = text.substr(0, dates.at);
  const auto behind = text.substr(dates.at + dates.length);
  for (const std::u32string_view word : {U"截至", U"截止", U"截至到", U"自", U"从"}) {
    if (before.ends_with(word)) return false;
  }
  for (const std::u32string_view word : {U"前", U"之前", U"以前", U"起", U"以来", U"是", U"全国", U"通知"}) {
    if (behind.starts_with(word)) return false;
  }
  return true;
}

}  // namespace

std::u32string_view first_sentence(std::u32string_view text) {
  constexpr std::size_t longest = 120;
  return text.substr(0, std::min(text.find_first_of(U"。！!"), longest));
}

WeekFinder::WeekFinder(const campaigns::Campaign& campaign, Month month, Date received_on)
    : campaign_(campaign),
      month_(month),
      received_on_(received_on),
      period_(campaigns::report_period(campaign.report_periods, month)),
      unsaid_{std::min(received_on, last_day(month)), month} {}

const ReportSection* WeekFinder::section_of(Date day) const {
  for (const auto& section : period_.sections) {
    if (section.week.days.contains(day)) return &section;
  }
  return nullptr;
}

bool WeekFinder::has_section(int number) const {
  return std::any_of(period_.sections.begin(), period_.sections.end(),
                     [&](const ReportSection& section) { return section.week.number == number; });
}

std::optional<int> WeekFinder::by_number(int number) const {
  const auto& periods = campaign_.report_periods;
  if (has_section(number)) {
    const bool is_running = campaign_.options.week_label == campaigns::WeekLabel::running && month_ != periods.first;
    if (!is_running) return number;
  }
  if (campaign_.options.week_label != campaigns::WeekLabel::running) return std::nullopt;
  int before = 0;
  for (Month month = periods.first; month < month_; month = plus_months(month, 1)) {
    before += static_cast<int>(campaigns::report_weeks(month, periods.week_rule, periods.hand_weeks).size());
  }
  const int own = number - before;
  return own > 0 && has_section(own) ? std::optional(own) : std::nullopt;
}

std::optional<int> WeekFinder::by_days(const DateRange& days) const {
  const ReportSection* best = nullptr;
  int most = 0;
  for (const auto& section : period_.sections) {
    const int common = overlap(section.week.days, days);
    if (common > most) {
      most = common;
      best = &section;
    }
  }
  const int length = days_between(days.from, days.to) + 1;
  if (best == nullptr || most * 2 < length) return std::nullopt;
  return best->week.number;
}

WeekClaim WeekFinder::claim_of(const std::optional<WeekHeading>& heading) const {
  WeekClaim claim;
  if (!heading) return claim;
  claim.words = excerpt(heading->words);
  if (heading->dates) claim.days = resolved(*heading->dates, unsaid_);
  const auto named = heading->number > 0 ? by_number(heading->number) : std::nullopt;
  const auto told = claim.days ? by_days(*claim.days) : std::nullopt;
  const bool is_of_month = !heading->month || resolved(*heading->month, unsaid_) == month_;
  if (!is_of_month) return claim;
  claim.is_beyond = heading->number > 0 && !named && !claim.days;
  if (!heading->dates) {
    claim.number = named;
  } else if (told && (heading->number == 0 || named == told || !has_section(heading->number))) {
    claim.number = told;
  }
  return claim;
}

// A number that may be no day has to be one of the month.
std::optional<Date> WeekFinder::day_of(std::u32string_view text, const WrittenDates& dates) const {
  if (!is_day_of_activity(text, dates)) return std::nullopt;
  const auto days = resolved(dates, unsaid_);
  if (!days) return std::nullopt;
  if (dates.shape == DateShape::figures && !period_.days.contains(days->from)) return std::nullopt;
  if (dates.shape == DateShape::day_only) {
    const auto behind = text.substr(dates.at + dates.length);
    constexpr std::size_t near = 6;
    const bool is_part_of_day =
        !behind.empty() && std::u32string_view(U"上下晚早").find(behind.front()) != std::u32string_view::npos;
    if (dates.at > near && !is_part_of_day) return std::nullopt;
  }
  return days->from;
}

std::vector<Date> WeekFinder::days_in(std::u32string_view text) const {
  std::vector<Date> days;
  for (const auto& dates : written_dates(text)) {
    if (const auto day = day_of(text, dates); day && std::find(days.begin(), days.end(), *day) == days.end())
      days.push_back(*day);
  }
  return days;
}

DayTold WeekFinder::day_told(const Draft& draft, const WeekClaim& claim) const {
  std::u32string sentence;
  std::u32string all;
  for (const auto& paragraph : draft.paragraphs) {
    if (sentence.empty()) sentence = std::u32string(first_sentence(paragraph.plain));
    all += paragraph.plain + U"。";
  }
  struct Spot {
    std::u32string_view text;
    int percent;
  };
  for (const auto& spot : {Spot{draft.when.plain, 97}, Spot{draft.heading.plain, 95}, Spot{sentence, 93}, Spot{all, 85}}) {
    const auto days = days_in(spot.text);
    if (days.empty()) continue;
    return pick(days, claim, spot.percent, excerpt(first_sentence(spot.text)));
  }
  return {};
}

DayTold WeekFinder::pick(const std::vector<Date>& days, const WeekClaim& claim, int percent, std::string words) const {
  DayTold told;
  told.words = std::move(words);
  std::vector<Date> fitting;
  std::copy_if(days.begin(), days.end(), std::back_inserter(fitting), [&](Date day) {
    if (day > received_on_) return false;
    const auto* section = section_of(day);
    if (section == nullptr) return false;
    const bool is_in_heading = claim.days && claim.days->contains(day);
    return !claim.number || section->week.number == *claim.number || is_in_heading;
  });
  if (fitting.empty()) {
    told.is_elsewhere = true;
    return told;
  }
  told.day = fitting.front();
  told.percent = percent;
  // Days of several weeks, and no heading to tell them apart.
  const bool is_one_week = std::all_of(fitting.begin(), fitting.end(), [&](Date day) {
    return section_of(day)->week.number == section_of(fitting.front())->week.number;
  });
  if (!is_one_week) told.percent = 60;
  return told;
}

bool WeekFinder::tells_of_another_week(const Draft& draft, int week) const {
  constexpr std::size_t near = 16;
  for (std::size_t index = 1; index < draft.paragraphs.size(); ++index) {
    const auto& text = draft.paragraphs[index].plain;
    const auto dates = written_dates(text);
    if (dates.empty() || dates.front().at > near || dates.front().shape != DateShape::whole) continue;
    const auto day = day_of(text, dates.front());
    const auto* section = day ? section_of(*day) : nullptr;
    if (day && (section == nullptr || section->week.number != week)) return true;
  }
  return false;
}

}  // namespace wujin::mailbox
