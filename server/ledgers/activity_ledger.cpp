#include "ledgers/activity_ledger.h"

#include <algorithm>

#include "ledgers/column_table.h"
#include "ledgers/standing_cells.h"

namespace wujin::ledgers {
namespace {

using activities::Activity;
using activities::CountedActivity;
using activities::Organizer;
using campaigns::Choice;
using spreadsheets::Cell;

std::string name_of(const Choice& choice, Language language) {
  return language == Language::english ? choice.name_en.value_or(choice.name) : choice.name;
}

Cell text_or_nothing(std::string text) { return text.empty() ? Cell() : Cell(std::move(text)); }

Cell one(const std::vector<Choice>& choices, const std::optional<std::string>& id, const Reading& reading) {
  if (!id) return {};
  const Choice* choice = campaigns::find_choice(choices, *id);
  return choice != nullptr ? name_of(*choice, reading.language) : *id;
}

Cell several(const std::vector<Choice>& choices, const std::optional<std::vector<std::string>>& ids, const Reading& reading) {
  std::string text;
  for (const std::string& id : ids.value_or(std::vector<std::string>())) {
    if (!text.empty()) text += reading.language == Language::english ? ", " : "、";
    const Choice* choice = campaigns::find_choice(choices, id);
    text += choice != nullptr ? name_of(*choice, reading.language) : id;
  }
  return text_or_nothing(std::move(text));
}

// 09:00, of the China day.
std::string time_of(Instant instant) { return to_string(instant).substr(11, 5); }

Cell time_cell(const Activity& activity) {
  if (activity.date_only.value_or(false)) return {};
  std::string text = time_of(activity.started_at);
  if (activity.ended_at) text += "—" + time_of(*activity.ended_at);
  return text;
}

std::string place_name(const Activity& activity, const Reading& reading) {
  const places::Place* place = reading.tree.find(activity.place);
  return place != nullptr ? place->name : activity.place.text();
}

Cell place_cell(const CountedActivity& activity, const Reading& reading) { return place_name(activity, reading); }

Cell organizer_cell(const CountedActivity& activity, const Reading& reading) {
  const std::string& station = reading.campaign.station_name;
  switch (activity.organizer.value_or(Organizer::village)) {
    case Organizer::village:
      return place_name(activity, reading);
    case Organizer::station:
      return station;
    case Organizer::both:
      return station + "、" + place_name(activity, reading);
  }
  return {};
}

Cell work_item_cell(const CountedActivity& activity, const Reading& reading) {
  if (!activity.work_item) return {};
  const auto& items = reading.campaign.work_items;
  const auto item = std::ranges::find(items, *activity.work_item, &campaigns::WorkItem::id);
  return item != items.end() ? item->name : *activity.work_item;
}

Cell partners_cell(const Activity& activity) {
  std::string text;
  for (const std::string& partner : activity.partners.value_or(std::vector<std::string>())) {
    text += (text.empty() ? "" : "、") + partner;
  }
  return text_or_nothing(std::move(text));
}

using ActivityColumn = ReadColumn<CountedActivity, Reading>;

// clang-format off
const ActivityColumn activity_cells[] = {
    {{"date", "日期", "Date", 11, true}, [](const CountedActivity& a, const Reading&) -> Cell { return china_date(a.started_at); }},
    {{"time", "时间", "Time", 12, false}, [](const CountedActivity& a, const Reading&) { return time_cell(a); }},
    {{"place", "村（社区）", "Place", 16, true}, place_cell},
    {{"organizer", "组织单位", "Held by", 14, true}, organizer_cell},
    {{"entry", "进哪里", "Entry", 10, true}, [](const CountedActivity& a, const Reading& r) { return one(r.campaign.entries, a.entry, r); }},
    {{"title", "标题", "Title", 30, true}, [](const CountedActivity& a, const Reading&) -> Cell { return a.title; }},
    {{"text", "做了什么", "What was done", 50, false}, [](const CountedActivity& a, const Reading&) { return text_or_nothing(a.text); }},
    {{"point", "具体地点", "Point", 18, true}, [](const CountedActivity& a, const Reading&) { return text_or_nothing(a.point.value_or("")); }},
    {{"kind", "活动类别", "Kind", 10, true}, [](const CountedActivity& a, const Reading& r) { return one(r.campaign.kinds, a.kind, r); }},
    {{"form", "宣传形式", "Form", 14, true}, [](const CountedActivity& a, const Reading& r) { return one(r.campaign.forms, a.form, r); }},
    {{"audiences", "宣传对象", "Audiences", 20, false}, [](const CountedActivity& a, const Reading& r) { return several(r.campaign.audiences, a.audiences, r); }},
    {{"topics", "宣传重点", "Topics", 20, false}, [](const CountedActivity& a, const Reading& r) { return several(r.campaign.topics, a.topics, r); }},
    {{"settings", "场所", "Settings", 16, false}, [](const CountedActivity& a, const Reading& r) { return several(r.campaign.settings, a.settings, r); }},
    {{"sector", "行业领域", "Sector", 14, false}, [](const CountedActivity& a, const Reading& r) { return one(r.campaign.sectors, a.sector, r); }},
    {{"work_item", "对应工作", "Work item", 20, false}, work_item_cell},
    {{"people", "参加人数（约）", "People (about)", 10, true}, [](const CountedActivity& a, const Reading&) { return number_cell(a.people_about); }},
    {{"leaflets", "发放资料（份）", "Leaflets", 10, true}, [](const CountedActivity& a, const Reading&) { return number_cell(a.leaflets); }},
    {{"partners", "联合单位", "Partners", 18, false}, [](const CountedActivity& a, const Reading&) { return partners_cell(a); }},
    {{"photos", "照片（张）", "Pictures", 8, true}, [](const CountedActivity& a, const Reading&) -> Cell { return std::int64_t{a.photo_count}; }},
    {{"month", "所属月报", "Report month", 10, false}, [](const CountedActivity& a, const Reading&) -> Cell { return to_string(a.month); }},
    {{"supplement", "补报", "Supplement", 6, false}, [](const CountedActivity& a, const Reading& r) { return yes_cell(a.supplement, r.language); }},
    {{"on_behalf", "代录原因", "Recorded on behalf because", 20, false}, [](const CountedActivity& a, const Reading&) { return text_or_nothing(a.on_behalf_reason.value_or("")); }},
};
// clang-format on

}  // namespace

std::span<const LedgerColumn> activity_columns() {
  static const auto choices = choices_of(std::span<const ActivityColumn>(activity_cells));
  return choices;
}

std::vector<Cell> row_of(const CountedActivity& activity, const Reading& reading, std::span<const LedgerColumn* const> chosen) {
  return row_by(std::span<const ActivityColumn>(activity_cells), chosen, activity, reading);
}

}  // namespace wujin::ledgers
