#include "reports/report.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/digest.h"
#include "base/json.h"
#include "base/text.h"
#include "campaigns/form_values.h"
#include "campaigns/weeks.h"

namespace wujin::reports {
namespace {

using activities::ActivityAnswer;

const SectionEdit* edit_of(const Draft& draft, const Id<Activity>& activity) {
  const auto& sections = draft.edits.sections;
  const auto found = std::ranges::find(sections, activity, &SectionEdit::activity);
  return found == sections.end() ? nullptr : &*found;
}

const WeekEdit* edit_of(const Draft& draft, int week) {
  const auto& weeks = draft.edits.weeks;
  const auto found = std::ranges::find(weeks, week, &WeekEdit::index);
  return found == weeks.end() ? nullptr : &*found;
}

PrintedPhoto printed(const activities::PhotoAnswer& photo, std::optional<std::string> caption) {
  PrintedPhoto out;
  out.id = photo.id;
  out.received = photo.received;
  out.caption = std::move(caption);
  out.near_duplicates = photo.near_duplicates;
  return out;
}

// The chosen ones in their order, then those left out. A picture that was deleted since it was chosen is forgotten.
std::vector<PrintedPhoto> photos_of(const ActivityAnswer& activity, const SectionEdit* edit) {
  std::vector<PrintedPhoto> photos;
  std::set<Id<Photo>> placed;
  const auto add_chosen = [&](const activities::PhotoAnswer& photo, std::optional<std::string> caption) {
    if (!placed.insert(photo.id).second) return;
    photos.push_back(printed(photo, std::move(caption)));
    photos.back().order = static_cast<int>(photos.size());
  };
  if (edit == nullptr || !edit->photos) {
    for (const auto& photo : activity.photos) add_chosen(photo, photo.caption);
    return photos;
  }
  for (const ChosenPhoto& chosen : *edit->photos) {
    const auto found = std::ranges::find(activity.photos, chosen.id, &activities::PhotoAnswer::id);
    if (found != activity.photos.end()) add_chosen(*found, chosen.caption);
  }
  for (const auto& photo : activity.photos) {
    if (!placed.insert(photo.id).second) continue;
    photos.push_back(printed(photo, photo.caption));
    photos.back().chosen = false;
  }
  return photos;
}

Section section_of(const Material& material, const ActivityAnswer& activity, int number) {
  const SectionEdit* edit = edit_of(material.draft, activity.id);
  Section section;
  section.activity = activity.id;
  section.started_at = activity.started_at;
  section.number = number;
  section.number_cn = "（" + chinese_number(number) + "）";
  section.heading = campaigns::activity_heading(material.campaign, activity.entry, activity.point.value_or(""));
  const std::string own(trimmed(activity.text));
  section.text_edited = edit != nullptr && edit->text && *edit->text != own;
  section.text_drafted = own.empty() && !(edit != nullptr && edit->text);
  section.text = edit != nullptr && edit->text ? *edit->text : own.empty() ? drafted_text(material.campaign, activity) : own;
  section.supplement = activity.supplement;
  section.photos = photos_of(activity, edit);
  return section;
}

WeekPart part_of(const Material& material, const campaigns::ReportSection& section, int index) {
  const campaigns::Campaign& campaign = material.campaign;
  WeekPart part;
  part.index = index;
  part.from = section.week.days.from;
  part.to = section.week.days.to;
  part.supplement = section.supplement;
  if (section.supplement) {
    const campaigns::PatternValues values = {{"dates", campaigns::report_dates(section.week.days)},
                                             {"month", std::to_string(static_cast<unsigned>(section.week.days.from.month()))},
                                             {"from", std::to_string(static_cast<unsigned>(section.week.days.from.day()))},
                                             {"to", std::to_string(static_cast<unsigned>(section.week.days.to.day()))}};
    part.heading = campaigns::fill_pattern(campaign.documents.supplement_heading, values);
    part.label = part.heading;
  } else {
    part.heading = campaigns::report_heading(section.week, material.month);
    part.label = campaigns::week_label(section.week, material.month, campaigns::WeekLabel::with_month, campaign.report_periods);
    if (campaign.options.empty_week == campaigns::EmptyWeek::line) part.empty_text = campaign.options.empty_week_text;
  }
  if (const WeekEdit* edit = edit_of(material.draft, index)) part.empty_text = edit->empty_text;
  return part;
}

void count(Layout& layout) {
  for (const WeekPart& week : layout.weeks) {
    for (const Section& section : week.sections) {
      ++layout.activities;
      layout.supplement = layout.supplement || section.supplement || week.supplement;
      for (const PrintedPhoto& photo : section.photos) {
        layout.photos += photo.chosen ? 1 : 0;
        layout.photos_missing += photo.chosen && !photo.received ? 1 : 0;
      }
    }
  }
}

// What is printed, as JSON, for the digest. Pictures that are not here yet are not printed.
struct PrintedPicture {
  std::string sha256;
  std::string caption;
};
BOOST_DESCRIBE_STRUCT(PrintedPicture, (), (sha256, caption))
struct PrintedSection {
  Id<Activity> activity;
  std::string heading;
  std::string text;
  std::vector<PrintedPicture> pictures;
};
BOOST_DESCRIBE_STRUCT(PrintedSection, (), (activity, heading, text, pictures))
struct PrintedWeek {
  std::string heading;
  std::string empty_text;
  std::vector<PrintedSection> sections;
};
BOOST_DESCRIBE_STRUCT(PrintedWeek, (), (heading, empty_text, sections))
struct PrintedReport {
  std::string title;
  std::string no_activity_reason;
  std::vector<PrintedWeek> weeks;
};
BOOST_DESCRIBE_STRUCT(PrintedReport, (), (title, no_activity_reason, weeks))

PrintedSection printed(const Section& section, const std::map<Id<Photo>, std::string>& digests) {
  PrintedSection out{section.activity, section.number_cn + section.heading, section.text, {}};
  for (const PrintedPhoto& photo : section.photos) {
    if (photo.chosen && photo.received) out.pictures.push_back({digests.at(photo.id), photo.caption.value_or("")});
  }
  return out;
}

}  // namespace

Layout lay_out(const Material& material) {
  std::vector<const ActivityAnswer*> activities;
  for (const ActivityAnswer& activity : material.activities) activities.push_back(&activity);
  std::ranges::sort(activities, {}, [](const ActivityAnswer* activity) { return std::pair(activity->started_at, activity->id); });

  Layout layout;
  const auto& form = material.campaign.documents.report;
  layout.title_lines = campaigns::title_lines(form, material.names);
  layout.title = campaigns::one_line_title(form, material.names);
  const auto period = campaigns::report_period(material.campaign.report_periods, material.month);
  std::set<const ActivityAnswer*> placed;
  int number = 0;
  for (const auto& section : period.sections) {
    WeekPart part = part_of(material, section, static_cast<int>(layout.weeks.size()) + 1);
    const bool is_last = &section == &period.sections.back();
    for (const ActivityAnswer* activity : activities) {
      // A new version of the campaign may have moved its weeks: what no week holds any more stands in the last.
      const bool is_here = section.week.days.contains(china_date(activity->started_at)) || is_last;
      if (is_here && placed.insert(activity).second) part.sections.push_back(section_of(material, *activity, ++number));
    }
    layout.weeks.push_back(std::move(part));
  }
  count(layout);
  return layout;
}

std::string content_digest(const Material& material, const Layout& layout) {
  std::map<Id<Photo>, std::string> digests;
  for (const ActivityAnswer& activity : material.activities) {
    for (const auto& photo : activity.photos) digests[photo.id] = photo.sha256;
  }
  PrintedReport report;
  report.title = layout.title;
  if (layout.activities == 0) report.no_activity_reason = material.draft.no_activity_reason;
  for (const WeekPart& week : layout.weeks) {
    PrintedWeek out{week.heading, week.sections.empty() ? week.empty_text : "", {}};
    for (const Section& section : week.sections) out.sections.push_back(printed(section, digests));
    report.weeks.push_back(std::move(out));
  }
  return to_hex(sha256(encode_json(report)));
}

std::string drafted_text(const campaigns::Campaign& campaign, const ActivityAnswer& activity) {
  const Date day = china_date(activity.started_at);
  std::string date = campaigns::month_and_day(day);
  if (!activity.date_only.value_or(false)) {
    constexpr std::chrono::hours noon{12};
    date += activity.started_at - start_of(day) < noon ? "上午" : "下午";
  }
  std::string partners;
  for (const std::string& partner : activity.partners.value_or(std::vector<std::string>())) {
    partners += (partners.empty() ? "" : "、") + partner;
  }
  const auto* entry = campaigns::find_choice(campaign.entries, activity.entry);
  campaigns::PatternValues values = {{"date", date},
                                     {"place", activity.place_name},
                                     {"partners", partners},
                                     {"point", activity.point.value_or("")},
                                     {"entry", entry != nullptr ? entry->name : activity.entry}};
  if (activity.people_about.value_or(0) > 0) values["people"] = std::to_string(*activity.people_about);
  if (activity.leaflets.value_or(0) > 0) values["leaflets"] = std::to_string(*activity.leaflets);
  return campaigns::fill_pattern(campaign.documents.brief, values);
}

}  // namespace wujin::reports
