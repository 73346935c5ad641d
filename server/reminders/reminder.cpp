#include "reminders/reminder.h"

#include <algorithm>

#include <fmt/format.h>

#include "campaigns/pattern.h"

namespace wujin::reminders {
namespace {

using campaigns::fill_pattern;
using campaigns::PatternValues;
using deadlines::Board;
using deadlines::Column;
using handins::Standing;
using places::PlaceKind;

// A WeCom text holds 2,048 bytes: so many names of villages and the words around them fit.
constexpr std::size_t most_names = 30;

bool is_missing(Standing standing) {
  return standing == Standing::not_due || standing == Standing::due || standing == Standing::overdue ||
         standing == Standing::withdrawn;
}

std::string joined(const std::vector<std::string>& parts, std::string_view joint) {
  std::string out;
  for (const auto& part : parts) out += (out.empty() ? "" : std::string(joint)) + part;
  return out;
}

const Column* find_column(const DueDay& day, Deliverable deliverable) {
  const auto found = std::ranges::find(day.columns, deliverable, &Column::deliverable);
  return found == day.columns.end() ? nullptr : &*found;
}

std::string link_of(const DueDay& day, const std::string& address) {
  if (address.empty()) return "";
  if (const auto month = month_of_reports(day)) return address + "/phone/reports/" + to_string(*month);
  return address + (find_column(day, Deliverable::plan) != nullptr ? "/phone/plan" : "/phone/reports");
}

PatternValues values_of(const Campaign& campaign, const DueDay& day, const std::vector<std::string>& names,
                        const Telling& telling) {
  PatternValues values;
  values["name"] = joined(names, "和");
  const auto month = month_of_reports(day);
  if (month) values["month"] = std::to_string(static_cast<unsigned>(month->month()));
  if (!month) values["once"] = values["name"];
  values["year"] = std::to_string(campaign.year);
  values["date"] = chinese_date(day.on);
  values["weekday"] = chinese_weekday(day.on);
  values["date0"] = chinese_date(china_date(telling.now));
  values["link"] = link_of(day, telling.address);
  if (!telling.holiday.empty()) {
    values["holiday"] = fill_pattern(campaign.reminders.holiday, {{"date", values["date"]}, {"holiday", telling.holiday}});
  }
  return values;
}

std::vector<std::string> names_of(const DueDay& day) {
  std::vector<std::string> names;
  for (const Column& column : day.columns) names.push_back(column.name);
  return names;
}

// Nothing rather than 0: no record does not mean that nothing was done.
std::string recorded_text(const Telling& telling, const PlaceId& place) {
  const auto found = telling.recorded.find(place);
  return found == telling.recorded.end() || found->second == 0 ? "" : std::to_string(found->second);
}

std::string listed(const Campaign& campaign, const std::vector<Owing>& owing, const Telling& telling) {
  std::vector<std::string> parts;
  for (const Owing& one : owing) {
    if (parts.size() == most_names) break;
    parts.push_back(
        fill_pattern(campaign.reminders.place, {{"place", one.name}, {"recorded", recorded_text(telling, one.place)}}));
  }
  std::string list = joined(parts, "、");
  if (owing.size() > most_names) list += fill_pattern(campaign.reminders.more, {{"n", std::to_string(owing.size())}});
  return list;
}

const std::string& before_pattern(const Campaign& campaign, const DueDay& day) {
  const auto& words = campaign.reminders;
  if (find_column(day, Deliverable::summary) != nullptr && !words.summary.empty()) return words.summary;
  const bool is_plan_alone = day.columns.size() == 1 && day.columns.front().deliverable == Deliverable::plan;
  return is_plan_alone && !words.plan.empty() ? words.plan : words.before;
}

}  // namespace

std::vector<DueDay> due_days(const Board& board) {
  std::vector<DueDay> days;
  for (const Column& column : board.columns) {
    if (!column.due_on) continue;
    auto day = std::ranges::find(days, *column.due_on, &DueDay::on);
    if (day == days.end()) day = days.insert(days.end(), DueDay{*column.due_on, column.due_at, {}});
    day->columns.push_back(column);
  }
  return days;
}

std::vector<Owing> owing_of(const Board& board, const DueDay& day) {
  std::vector<Owing> owing;
  for (const auto& row : board.rows) {
    if (!places::is_of_village_level(row.place_kind)) continue;
    Owing one{row.place, row.place_name, {}};
    for (const auto& cell : row.cells) {
      const bool is_of_day = std::ranges::any_of(
          day.columns, [&](const Column& column) { return column.deadline == cell.deadline && column.period == cell.period; });
      if (is_of_day && is_missing(cell.state)) one.names.push_back(cell.name);
    }
    if (!one.names.empty()) owing.push_back(std::move(one));
  }
  return owing;
}

Kind kind_of(const DueDay& day, const std::vector<Owing>& owing, Instant now) {
  if (owing.empty()) return Kind::all_in;
  return now < day.due_at ? Kind::before : Kind::after;
}

std::string group_text(const Campaign& campaign, const DueDay& day, const std::vector<Owing>& owing, const Telling& telling) {
  auto values = values_of(campaign, day, names_of(day), telling);
  if (owing.empty()) return fill_pattern(campaign.reminders.before_none, values);
  values["places"] = listed(campaign, owing, telling);
  return fill_pattern(before_pattern(campaign, day), values);
}

std::string place_text(const Campaign& campaign, const DueDay& day, const Owing& owing, const Telling& telling) {
  if (telling.now < day.due_at) return group_text(campaign, day, {owing}, telling);
  auto values = values_of(campaign, day, owing.names, telling);
  values["place"] = owing.name;
  values["recorded"] = recorded_text(telling, owing.place);
  return fill_pattern(campaign.reminders.after, values);
}

std::string subject_of(const Campaign& campaign, const DueDay& day, const Telling& telling) {
  return fill_pattern(campaign.reminders.subject, values_of(campaign, day, names_of(day), telling));
}

std::optional<Month> month_of_reports(const DueDay& day) {
  const Column* report = find_column(day, Deliverable::report);
  if (report == nullptr) return std::nullopt;
  const auto month = parse_month(report->period);
  return month ? std::optional(*month) : std::nullopt;
}

std::string chinese_date(Date date) {
  return fmt::format("{}月{}日", static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::string chinese_weekday(Date date) {
  constexpr const char* names[] = {"日", "一", "二", "三", "四", "五", "六"};
  return std::string("星期") + names[std::chrono::weekday(std::chrono::sys_days(date)).c_encoding()];
}

}  // namespace wujin::reminders
