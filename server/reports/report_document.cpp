#include "reports/report_document.h"

#include <algorithm>

#include "base/text.h"
#include "documents/file_name.h"

namespace wujin::reports {
namespace {

using activities::ActivityAnswer;
using documents::Value;

Value::List paragraphs_of(std::string_view text) {
  Value::List paragraphs;
  while (!text.empty()) {
    const auto end = std::min(text.find_first_of("\r\n"), text.size());
    const auto line = trimmed(text.substr(0, end));
    if (!line.empty()) paragraphs.emplace_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return paragraphs;
}

std::string day_of(Instant instant) {
  const Date day = china_date(instant);
  return std::to_string(static_cast<unsigned>(day.month())) + "月" + std::to_string(static_cast<unsigned>(day.day())) + "日";
}

struct Shown {
  documents::Picture picture;
  std::string caption;
};

// Numbers restart in each activity, as the form has them.
std::vector<Shown> shown_pictures(const Material& material, const Section& section, const std::string& title,
                                  const Pictures& pictures) {
  std::vector<Shown> shown;
  for (const PrintedPhoto& photo : section.photos) {
    const auto found = pictures.find(photo.id);
    if (!photo.chosen || found == pictures.end()) continue;
    const std::string number =
        campaigns::fill_pattern(material.campaign.documents.picture_caption, {{"n", std::to_string(shown.size() + 1)}});
    Shown one{found->second, photo.caption ? number + "　" + *photo.caption : number};
    const std::string& place = material.names.village.empty() ? material.names.town : material.names.village;
    one.picture.description = place + day_of(section.started_at) + title + number;
    shown.push_back(std::move(one));
  }
  return shown;
}

Value::Object captioned(const Shown& shown) { return {{"picture", shown.picture}, {"caption", shown.caption}}; }

// One row of the grid; places past the last picture stay empty.
Value::Object row_of(const std::vector<Shown>& shown, std::size_t first, std::initializer_list<const char*> columns) {
  Value::Object row;
  for (const char* column : columns) {
    if (first == shown.size()) break;
    row[column] = shown[first].picture;
    row[std::string(column) + "_caption"] = shown[first].caption;
    ++first;
  }
  return row;
}

void add_pictures(Value::Object& values, const std::vector<Shown>& shown, campaigns::PictureGrid grid) {
  Value::List every;
  for (const Shown& one : shown) every.emplace_back(captioned(one));
  values["pictures"] = std::move(every);
  if (shown.size() == 1) values["single_picture"] = captioned(shown.front());
  if (shown.size() < 2) return;
  Value::List rows;
  if (grid == campaigns::PictureGrid::three_columns) {
    for (std::size_t i = 0; i < shown.size(); i += 3) rows.emplace_back(row_of(shown, i, {"left", "middle", "right"}));
    values["triples"] = std::move(rows);
    values["has_triples"] = true;
    return;
  }
  for (std::size_t i = 0; i + 1 < shown.size(); i += 2) rows.emplace_back(row_of(shown, i, {"left", "right"}));
  values["pairs"] = std::move(rows);
  values["has_pairs"] = true;
  if (shown.size() % 2 == 1) values["last_picture"] = captioned(shown.back());
}

std::string topics_of(const Material& material, const ActivityAnswer& activity) {
  std::string names;
  for (const std::string& id : activity.topics.value_or(std::vector<std::string>())) {
    const auto* topic = campaigns::find_choice(material.campaign.topics, id);
    names += (names.empty() ? "" : "、") + (topic != nullptr ? topic->name : id);
  }
  return names.empty() ? activity.title : names;
}

Value::Object activity_values(const Material& material, const Section& section, const Pictures& pictures) {
  const auto& activity = *std::ranges::find(material.activities, section.activity, &ActivityAnswer::id);
  const auto* entry = campaigns::find_choice(material.campaign.entries, activity.entry);
  Value::Object values = {{"heading", section.number_cn + section.heading},
                          {"number", section.number_cn},
                          {"entry", entry != nullptr ? entry->name : activity.entry},
                          {"title", activity.title},
                          {"date", day_of(activity.started_at)},
                          {"point", activity.point.value_or("")},
                          {"topic", topics_of(material, activity)},
                          {"people", activity.people_about ? std::to_string(*activity.people_about) : ""},
                          {"leaflets", activity.leaflets ? std::to_string(*activity.leaflets) : ""},
                          {"paragraphs", paragraphs_of(section.text)}};
  add_pictures(values, shown_pictures(material, section, activity.title, pictures), material.campaign.options.picture_grid);
  return values;
}

Value::List weeks_of(const Material& material, const Layout& layout, const Pictures& pictures) {
  const bool omits_empty = material.campaign.options.empty_week == campaigns::EmptyWeek::omit;
  Value::List weeks;
  for (const WeekPart& part : layout.weeks) {
    // Days left over from the month before are named only when something was held on them.
    const bool is_left_out = part.sections.empty() && (omits_empty || part.supplement);
    if (is_left_out) continue;
    Value::List activities;
    for (const Section& section : part.sections) activities.emplace_back(activity_values(material, section, pictures));
    Value::Object week = {{"heading", part.heading}};
    if (activities.empty()) week["empty_text"] = part.empty_text;
    week["activities"] = std::move(activities);
    weeks.emplace_back(std::move(week));
  }
  return weeks;
}

}  // namespace

Value::Object document_values(const Material& material, const Layout& layout, const Pictures& pictures) {
  const campaigns::Campaign& campaign = material.campaign;
  Value::List lines(layout.title_lines.begin(), layout.title_lines.end());
  const std::string place = material.names.village.empty() ? material.names.town : material.names.village;
  Value::Object values = {{"title", layout.title},
                          {"title_lines", std::move(lines)},
                          {"town", material.names.town},
                          {"place", place},
                          {"reporting_unit", place},
                          {"year", std::to_string(static_cast<int>(material.month.year()))},
                          {"month", std::to_string(static_cast<unsigned>(material.month.month()))}};
  if (campaign.options.print_attachment_label) values["attachment_label"] = campaign.documents.report.attachment_label;
  if (layout.activities > 0) {
    values["weeks"] = weeks_of(material, layout, pictures);
  } else if (!material.draft.no_activity_reason.empty()) {
    values["no_activity"] = Value::Object{{"heading", campaign.documents.no_activity_heading},
                                          {"paragraphs", paragraphs_of(material.draft.no_activity_reason)}};
  } else {
    values["weeks"] = weeks_of(material, layout, pictures);
  }
  return values;
}

documents::DocumentProperties document_properties(const Material& material, const Layout& layout) {
  return {layout.title, material.names.village.empty() ? material.names.town : material.names.village};
}

std::string document_name(const Material& material) {
  return documents::file_name(campaigns::file_title(material.campaign.documents.report, material.names), ".docx");
}

}  // namespace wujin::reports
