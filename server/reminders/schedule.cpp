#include "reminders/schedule.h"

#include <algorithm>
#include <set>

#include "base/number.h"
#include "base/text.h"
#include "campaigns/due.h"
#include "reminders/reminder.h"

namespace wujin::reminders {
namespace {

constexpr std::chrono::days longest_catching_up{3};
constexpr int most_days = 60;

// "09:00" as time since midnight.
std::optional<std::chrono::minutes> time_of(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto hours = parse_number<unsigned>(text.substr(0, 2)), minutes = parse_number<unsigned>(text.substr(3));
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  return std::chrono::minutes(*hours * 60 + *minutes);
}

bool is_between(std::chrono::minutes time, std::chrono::minutes from, std::chrono::minutes until) {
  return from <= until ? from <= time && time < until : time >= from || time < until;
}

void check_days(const std::vector<int>& days, int low, const char* field, std::vector<Fault>& faults) {
  constexpr std::size_t most = 10;
  if (days.size() > most) faults.push_back({field, ProblemCode::too_many, {{"limit", std::to_string(most)}}});
  std::set<int> seen;
  for (std::size_t i = 0; i < days.size(); ++i) {
    const std::string at = std::string(field) + "[" + std::to_string(i) + "]";
    if (days[i] < low || days[i] > most_days) {
      faults.push_back({at, ProblemCode::out_of_range, {{"low", std::to_string(low)}, {"high", std::to_string(most_days)}}});
    }
    if (!seen.insert(days[i]).second) faults.push_back({at, ProblemCode::duplicate, {}});
  }
}

std::vector<std::string> fields_of(std::string_view line) {
  std::vector<std::string> fields;
  while (true) {
    const auto comma = line.find(',');
    fields.emplace_back(trimmed(line.substr(0, comma)));
    if (comma == std::string_view::npos) return fields;
    line.remove_prefix(comma + 1);
  }
}

Problem wrong_line(int line) {
  return Problem::at("csv[" + std::to_string(line) + "]", ProblemCode::invalid, {{"expected", "2023-10-01,休,国庆节"}});
}

}  // namespace

Result<> check(const Schedule& schedule) {
  std::vector<Fault> faults;
  check_days(schedule.days_before, 0, "schedule.days_before", faults);
  check_days(schedule.days_after, 1, "schedule.days_after", faults);
  const auto at = time_of(schedule.at), from = time_of(schedule.quiet_from), until = time_of(schedule.quiet_until);
  const auto wrong = [&](const char* field) { faults.push_back({field, ProblemCode::invalid, {{"expected", "09:00"}}}); };
  if (!at) wrong("schedule.at");
  if (!from) wrong("schedule.quiet_from");
  if (!until) wrong("schedule.quiet_until");
  // What would always wait for the quiet hours to end is better said so.
  if (at && from && until && is_between(*at, *from, *until))
    faults.push_back({"schedule.at", ProblemCode::within_quiet_hours, {}});
  if (!faults.empty()) return Problem::of(std::move(faults));
  return {};
}

OfficeCalendar::OfficeCalendar(const campaigns::OfficeDays& campaign, const std::vector<OfficeDay>& town) : days_(campaign) {
  for (const OfficeDay& day : town) {
    std::erase(days_.off, day.date);
    std::erase(days_.working, day.date);
    (day.off ? days_.off : days_.working).push_back(day.date);
    if (day.off && !day.name.empty()) names_[day.date] = day.name;
  }
}

bool OfficeCalendar::is_off(Date date) const { return campaigns::is_off_day(date, days_); }

std::string OfficeCalendar::holiday(Date date) const {
  if (!is_off(date)) return "";
  const auto found = names_.find(date);
  return found != names_.end() ? found->second : chinese_weekday(date);
}

Date OfficeCalendar::workday_from(Date date, int step) const {
  for (int tried = 0; tried < 31 && is_off(date); ++tried) date = plus_days(date, step);
  return date;
}

Result<std::vector<OfficeDay>> read_office_days(std::string_view csv, int year) {
  if (csv.starts_with("\xEF\xBB\xBF")) csv.remove_prefix(3);
  std::vector<OfficeDay> days;
  std::set<Date> seen;
  for (int number = 1; !csv.empty(); ++number) {
    const auto end = std::min(csv.find('\n'), csv.size());
    const std::string_view line = trimmed(csv.substr(0, end));
    csv.remove_prefix(std::min(end + 1, csv.size()));
    if (line.empty() || line.starts_with('#')) continue;
    const auto fields = fields_of(line);
    const auto date = parse_date(fields.front());
    if (!date && number == 1) continue;  // the heading
    const bool is_known = fields.size() >= 2 && (fields[1] == "休" || fields[1] == "班");
    const bool is_sound = date && is_known && static_cast<int>(date->year()) == year && seen.insert(*date).second;
    if (!is_sound || (fields.size() > 2 && count_characters(fields[2]) > 32)) return wrong_line(number);
    days.push_back({*date, fields[1] == "休", fields.size() > 2 ? fields[2] : ""});
  }
  return days;
}

bool is_quiet(const Schedule& schedule, Instant now) {
  const auto time = std::chrono::floor<std::chrono::minutes>(now - start_of(china_date(now)));
  return is_between(time, *time_of(schedule.quiet_from), *time_of(schedule.quiet_until));
}

std::optional<Instant> slot(const Schedule& schedule, Date due_on, const OfficeCalendar& calendar, Instant since, Instant now) {
  std::optional<Instant> latest;
  const auto consider = [&](Date day) {
    const Instant at = start_of(day) + *time_of(schedule.at);
    if (at < since || at > now || at <= now - longest_catching_up) return;
    if (!latest || at > *latest) latest = at;
  };
  if (now < end_of(due_on)) {
    for (const int days : schedule.days_before) consider(calendar.workday_from(plus_days(due_on, -days), -1));
  } else {
    for (const int days : schedule.days_after) consider(calendar.workday_from(plus_days(due_on, days), 1));
  }
  return latest;
}

}  // namespace wujin::reminders
