#include "mailbox/month_finding.h"

#include <algorithm>
#include <map>
#include <set>

#include "campaigns/weeks.h"

namespace wujin::mailbox {
namespace {

class MonthFinder {
 public:
  MonthFinder(const Incoming& incoming, const campaigns::Campaign& campaign)
      : campaign_(campaign), received_on_(incoming.received_on), unsaid_{incoming.received_on, std::nullopt} {}

  void add_months(std::u32string_view text, int percent, Why why) {
    std::set<Month> months;
    for (const auto& month : written_months(text)) months.insert(resolved(month, unsaid_));
    for (const auto month : months) found_.push_back({month, percent, why, excerpt(text)});
  }

  // A text that names several months names none.
  void add_only_month(std::u32string_view text, int percent, Why why) {
    std::set<Month> months;
    for (const auto& month : written_months(text)) months.insert(resolved(month, unsaid_));
    if (months.size() == 1) found_.push_back({*months.begin(), percent, why, excerpt(text)});
  }

  void add_outline(const Outline& outline) {
    std::map<Month, int> by_day;
    for (const auto& part : outline.parts) {
      if (part.week) add_week(*part.week);
      for (const auto& draft : part.drafts) {
        if (const auto day = first_day_told(draft)) {
          if (const auto month = campaigns::report_month_of(campaign_.report_periods, *day)) {
            ++by_day[*month];
          } else {
            ++by_day[month_of(*day)];
          }
        }
      }
    }
    add_most(by_day);
    for (const auto& line : outline.closing) {
      for (const auto& dates : written_dates(line.plain)) {
        if (const auto day = resolved(dates.from, unsaid_)) closed_on_ = std::max(closed_on_.value_or(*day), *day);
      }
    }
  }

  bool is_empty() const { return found_.empty(); }

  FoundMonth weigh() {
    FoundMonth result;
    if (found_.empty()) {
      constexpr unsigned early = 7;  // what comes in a month's first days is of the one before
      const auto month = month_of(received_on_);
      const bool is_early = static_cast<unsigned>(received_on_.day()) <= early;
      result.month = {is_early ? plus_months(month, -1) : month, 45, Why::received_date, to_string(received_on_)};
      result.doubts.push_back(Doubt::month_unknown);
      return result;
    }
    std::stable_sort(found_.begin(), found_.end(),
                     [](const auto& one, const auto& other) { return one.percent > other.percent; });
    const auto& best = found_.front();
    result.month = {best.value, best.percent, best.why, best.words};
    const bool is_disputed = std::any_of(found_.begin(), found_.end(), [&](const auto& one) { return one.value != best.value; });
    const bool is_ahead = best.value > month_of(received_on_);
    const bool is_closed_before = closed_on_ && month_of(*closed_on_) < best.value;
    if (is_disputed || is_ahead || is_closed_before) {
      result.month.percent = 50;
      result.doubts.push_back(Doubt::months_disagree);
    } else if (!campaign_.has_month(best.value)) {
      result.doubts.push_back(Doubt::month_outside);
    } else if (!result.month.is_sure()) {
      result.doubts.push_back(Doubt::month_unknown);
    }
    return result;
  }

 private:
  void add_week(const WeekHeading& week) {
    if (week.month) found_.push_back({resolved(*week.month, unsaid_), 92, Why::heading, excerpt(week.words)});
    if (!week.dates || !week.dates->from.month) return;
    const auto days = resolved(*week.dates, unsaid_);
    if (!days) return;
    // A week may reach over the month's end: of either.
    const Date middle = plus_days(days->from, days_between(days->from, days->to) / 2);
    const auto month = campaigns::report_month_of(campaign_.report_periods, middle);
    const bool is_across = month_of(days->from) != month_of(days->to);
    if (!is_across) found_.push_back({month.value_or(month_of(middle)), 90, Why::heading, excerpt(week.words)});
  }

  std::optional<Date> first_day_told(const Draft& draft) const {
    for (const auto* text : {&draft.when, &draft.heading}) {
      if (const auto day = first_day(text->plain)) return day;
    }
    for (const auto& paragraph : draft.paragraphs) {
      if (const auto day = first_day(paragraph.plain)) return day;
    }
    return std::nullopt;
  }

  std::optional<Date> first_day(std::u32string_view text) const {
    for (const auto& dates : written_dates(text)) {
      if (dates.shape != DateShape::whole) continue;
      if (const auto day = resolved(dates.from, unsaid_)) return day;
    }
    return std::nullopt;
  }

  // Single days of another month are told of later, activity by activity.
  void add_most(const std::map<Month, int>& by_day) {
    int all = 0;
    int most = 0;
    for (const auto& [month, count] : by_day) {
      all += count;
      most = std::max(most, count);
    }
    for (const auto& [month, count] : by_day) {
      if (count == most && (most * 2 > all || most * 2 == all)) {
        found_.push_back({month, all > 1 ? 88 : 84, Why::date, to_string(month)});
      }
    }
  }

  const campaigns::Campaign& campaign_;
  Date received_on_;
  Unsaid unsaid_;
  std::vector<Evidence<Month>> found_;
  std::optional<Date> closed_on_;
};

}  // namespace

FoundMonth find_month(const Incoming& incoming, const std::vector<ReadSource>& sources, const ReadSource* main,
                      const campaigns::Campaign& campaign) {
  MonthFinder finder(incoming, campaign);
  finder.add_months(plain(incoming.subject), 85, Why::subject);
  for (const auto& source : sources) {
    const bool is_main = &source == main;
    if (source.is_letter && !is_main) {
      finder.add_only_month(source.text, 80, Why::text);
      continue;
    }
    if (!is_main) continue;
    finder.add_months(source.title, 95, Why::title);
    finder.add_months(source.name, 88, Why::file_name);
    finder.add_outline(source.outline);
    if (!finder.is_empty()) continue;
    std::u32string intro;
    for (const auto& line : source.outline.intro) intro += line.plain + U"\n";
    for (const auto& line : source.outline.reason) intro += line.plain + U"\n";
    finder.add_only_month(intro.empty() ? std::u32string_view(source.text) : std::u32string_view(intro), 82, Why::text);
  }
  if (main == nullptr && finder.is_empty()) {
    std::u32string names;
    for (const auto& picture : incoming.pictures) names += plain(picture) + U"\n";
    finder.add_only_month(names, 70, Why::file_name);
  }
  return finder.weigh();
}

}  // namespace wujin::mailbox
