#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "campaigns/campaign.h"
#include "campaigns/weeks.h"
#include "mailbox/outline.h"
#include "mailbox/written_dates.h"

// Which week of a month's form a heading and a day are of. Pure.
namespace wujin::mailbox {

// What a week's heading claims, in weeks of the form.
struct WeekClaim {
  std::optional<int> number;                 // nothing: its name and its days disagree, or the form has none such
  std::optional<campaigns::DateRange> days;  // as written
  bool is_beyond = false;                    // 第五周 of a month whose form has four
  std::string words;
};

// A day an activity tells.
struct DayTold {
  std::optional<Date> day;
  int percent = 0;
  bool is_elsewhere = false;  // days are told, none of them fits
  std::string words;
};

class WeekFinder {
 public:
  WeekFinder(const campaigns::Campaign& campaign, Month month, Date received_on);

  const std::vector<campaigns::ReportSection>& sections() const { return period_.sections; }
  const campaigns::ReportSection* section_of(Date day) const;
  bool is_of_last_week(Date day) const { return section_of(day) == &period_.sections.back(); }
  // The form's week a number names; weeks counted on through the campaign where it labels them so.
  std::optional<int> by_number(int number) const;

  WeekClaim claim_of(const std::optional<WeekHeading>& heading) const;
  // The days a text tells something was held on, each once.
  std::vector<Date> days_in(std::u32string_view text) const;
  DayTold day_told(const Draft& draft, const WeekClaim& claim) const;
  // A later paragraph begins with a day of another week: an activity of its own, most likely.
  bool tells_of_another_week(const Draft& draft, int week) const;

 private:
  bool has_section(int number) const;
  std::optional<int> by_days(const campaigns::DateRange& days) const;
  std::optional<Date> day_of(std::u32string_view text, const WrittenDates& dates) const;
  DayTold pick(const std::vector<Date>& days, const WeekClaim& claim, int percent, std::string words) const;

  const campaigns::Campaign& campaign_;
  Month month_;
  Date received_on_;
  campaigns::ReportPeriod period_;
  Unsaid unsaid_;
};

std::u32string_view first_sentence(std::u32string_view text);

}  // namespace wujin::mailbox
