#include "reports/report_document.h"

#include <algorithm>

#include "campaigns/form_values.h"
#include "documents/file_name.h"

namespace wujin::reports {
namespace {

using activities::ActivityAnswer;
using campaigns::CaptionedPicture;
using campaigns::paragraphs_of;
using documents::Value;

std::string day_of(Instant instant) { return campaigns::month_and_day(china_date(instant)); }

// Numbers restart in each activity, as the form has them.
std::vector<CaptionedPicture> shown_pictures(const Material& material, const Section& section, const std::string& title,
                                             const Pictures& pictures) {
  std::vector<CaptionedPicture> shown;
  for (const PrintedPhoto& photo : section.photos) {
    const auto found = pictures.find(photo.id);
    if (!photo.chosen || found == pictures.end()) continue;
    const std::size_t number = shown.size() + 1;
    CaptionedPicture one{found->second, campaigns::picture_caption(material.campaign, number, photo.caption)};
    one.picture.description = campaigns::place_of(material.names) + day_of(section.started_at) + title +
                              campaigns::picture_caption(material.campaign, number, {});
    shown.push_back(std::move(one));
  }
  return shown;
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
  campaigns::add_pictures(values, shown_pictures(material, section, activity.title, pictures),
                          material.campaign.options.picture_grid);
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
  Value::Object values = campaigns::whose_values(campaign, campaign.documents.report, material.names);
  if (layout.activities == 0 && !material.draft.no_activity_reason.empty()) {
    values["no_activity"] = Value::Object{{"heading", campaign.documents.no_activity_heading},
                                          {"paragraphs", paragraphs_of(material.draft.no_activity_reason)}};
  } else {
    values["weeks"] = weeks_of(material, layout, pictures);
  }
  return values;
}

documents::DocumentProperties document_properties(const Material& material, const Layout& layout) {
  return {layout.title, campaigns::place_of(material.names)};
}

std::string document_name(const Material& material) {
  return documents::file_name(campaigns::file_title(material.campaign.documents.report, material.names), ".docx");
}

}  // namespace wujin::reports
