#include "reports/merged_report.h"

#include <set>

#include "campaigns/campaigns_actions.h"
#include "campaigns/due.h"
#include "campaigns/form_tags.h"
#include "campaigns/form_values.h"
#include "campaigns/pattern.h"
#include "campaigns/weeks.h"
#include "documents/file_name.h"
#include "handins/handins_store.h"
#include "people/may.h"
#include "reports/contents_store.h"

namespace wujin::reports {
namespace {

using documents::Value;

// What a version said; one from before contents were kept, as the report stands now.
Result<Content> content_of_version(Snapshot& snapshot, const Frame& frame, const people::Actor& actor,
                                   const handins::Subject& subject, int number) {
  if (auto kept = find_content(snapshot, subject, number)) return std::move(*kept);
  const auto month = parse_month(subject.period).value();
  const auto report = open_report(snapshot, frame, actor, {subject.campaign, subject.place, month});
  if (!report) return report.error();
  return content_of(report->material, report->layout, renditions_of(snapshot, report->layout));
}

// Whether a place ended before its report of the month was due.
bool is_lapsed(const campaigns::Campaign& campaign, const places::Place& place, Month month) {
  const auto due = campaigns::due_of(campaign, campaigns::Deliverable::report, place, month);
  return due && due->lapsed;
}

Result<> add_place(Snapshot& snapshot, MergedReport& merged, const people::Actor& actor, const places::Place& place) {
  const campaigns::Campaign& campaign = merged.campaign();
  const handins::Subject subject{campaign.id, campaign.town, place.id, campaigns::Deliverable::report, to_string(merged.month)};
  const auto versions = handins::versions_of(snapshot, subject);
  const auto state = versions.empty() ? handins::VersionState::withdrawn : versions.back().state;
  switch (state) {
    case handins::VersionState::returned:
      merged.returned.push_back(place.name);
      return {};
    case handins::VersionState::withdrawn:
      if (is_lapsed(campaign, place, merged.month)) return {};
      (handins::exemption_of(snapshot, subject) ? merged.exempt : merged.missing).push_back(place.name);
      return {};
    case handins::VersionState::submitted:
    case handins::VersionState::accepted:
      break;
  }
  auto content = content_of_version(snapshot, merged.frame, actor, subject, versions.back().number);
  if (!content) return content.error();
  merged.parts.push_back({place.name, std::move(*content)});
  return {};
}

// A picture whose file went with a deleted record is left out, and the numbers of the others close up.
std::vector<campaigns::CaptionedPicture> pictures_of(const campaigns::Campaign& campaign, const std::string& place,
                                                     const ContentSection& section, const files::Vault& vault) {
  std::vector<campaigns::CaptionedPicture> shown;
  for (const ContentPicture& picture : section.pictures) {
    auto drawn = handins::picture_of(vault, picture.sha256, picture.width, picture.height);
    if (!drawn) continue;
    const std::size_t number = shown.size() + 1;
    drawn->description = place + campaigns::month_and_day(china_date(section.started_at)) + section.title +
                         campaigns::picture_caption(campaign, number, {});
    shown.push_back({std::move(*drawn), campaigns::picture_caption(campaign, number, picture.caption)});
  }
  return shown;
}

Value::Object activity_values(const campaigns::Campaign& campaign, const std::string& place, const ContentSection& section,
                              int number, const files::Vault& vault) {
  const std::string date = campaigns::month_and_day(china_date(section.started_at));
  const std::string numbered = "（" + chinese_number(number) + "）";
  const auto* entry = campaigns::find_choice(campaign.entries, section.entry);
  const campaigns::PatternValues dated = {{"heading", section.heading}, {"date", date}};
  Value::Object values = {{"heading", numbered + campaigns::fill_pattern(campaign.documents.dated_heading, dated)},
                          {"number", numbered},
                          {"entry", entry != nullptr ? entry->name : section.entry},
                          {"date", date},
                          {"point", section.point.value_or("")},
                          {"people", section.people_about ? std::to_string(*section.people_about) : ""},
                          {"leaflets", section.leaflets ? std::to_string(*section.leaflets) : ""},
                          {"paragraphs", campaigns::paragraphs_of(section.text)}};
  campaigns::add_pictures(values, pictures_of(campaign, place, section, vault), campaign.options.picture_grid);
  return values;
}

Value::Object place_values(const campaigns::Campaign& campaign, const MergedPart& part, int number, const files::Vault& vault) {
  Value::List activities;
  for (const ContentSection& section : part.content.sections) {
    activities.emplace_back(activity_values(campaign, part.place_name, section, static_cast<int>(activities.size()) + 1, vault));
  }
  return {{"heading", chinese_number(number) + "、" + part.place_name},
          {"paragraphs", campaigns::paragraphs_of(part.content.no_activity_reason)},
          {"activities", std::move(activities)}};
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : "、") + name;
  return text;
}

std::string closing_of(const MergedReport& merged) {
  if (merged.missing.empty() && merged.returned.empty() && merged.exempt.empty()) return "";
  return campaigns::fill_pattern(merged.campaign().documents.merged_closing,
                                 {{"date", campaigns::month_and_day(china_date(merged.frame.now))},
                                  {"missing", joined(merged.missing)},
                                  {"returned", joined(merged.returned)},
                                  {"exempt", joined(merged.exempt)}});
}

campaigns::DocumentNames names_of(const MergedReport& merged) {
  return campaigns::document_names(merged.campaign(), merged.frame.tree, merged.campaign().town, merged.month);
}

}  // namespace

Result<MergedReport> merge_reports(Snapshot& snapshot, campaigns::Catalogue& catalogue, const people::Actor& actor,
                                   const CampaignId& campaign, Month month, Instant now) {
  const auto visible = campaigns::visible_campaign(snapshot, catalogue, actor, campaign, now);
  if (!visible) return visible.error();
  auto frame = open_frame(snapshot, catalogue, campaign, now);
  if (!frame) return frame.error();
  MergedReport merged{std::move(*frame), month, {}, {}, {}, {}};
  if (!merged.campaign().documents.merged || !merged.campaign().has_month(month)) return Problem(ProblemCode::not_found);
  const auto town = merged.frame.tree.place_and_ancestors(merged.campaign().town);
  if (!people::may(actor, people::Verb::read_place, town)) return Problem(ProblemCode::forbidden);
  for (const places::Place* place : reporting_places(merged.frame, actor)) {
    if (const auto added = add_place(snapshot, merged, actor, *place); !added) return added.error();
  }
  return merged;
}

campaigns::Figures figures_of(const MergedReport& merged) {
  const auto days = campaigns::report_period(merged.campaign().report_periods, merged.month).days;
  campaigns::Figures figures;
  figures.from = days.from;
  figures.to = days.to;
  figures.scope = names_of(merged).town;
  std::set<std::pair<std::string, std::string>> points;
  for (const MergedPart& part : merged.parts) {
    figures.places += part.content.sections.empty() ? 0 : 1;
    for (const ContentSection& section : part.content.sections) {
      ++figures.activities;
      ++figures.by_entry[section.entry];
      figures.people += section.people_about.value_or(0);
      figures.leaflets += section.leaflets.value_or(0);
      if (section.point) points.emplace(part.place_name, *section.point);
    }
  }
  figures.points = static_cast<std::int64_t>(points.size());
  return figures;
}

Value::Object document_values(const MergedReport& merged, const files::Vault& vault) {
  const campaigns::Campaign& campaign = merged.campaign();
  Value::Object values = campaigns::whose_values(campaign, *campaign.documents.merged, names_of(merged));
  if (!merged.parts.empty()) {
    values["opening"] = campaigns::paragraphs_of(campaigns::figures_sentence(campaign, figures_of(merged)));
  }
  Value::List places;
  for (const MergedPart& part : merged.parts) {
    places.emplace_back(place_values(campaign, part, static_cast<int>(places.size()) + 1, vault));
  }
  values["places"] = std::move(places);
  values["closing"] = campaigns::paragraphs_of(closing_of(merged));
  return values;
}

handins::Making prepare(const MergedReport& merged, campaigns::FormTemplates& forms, const files::Vault& vault) {
  const campaigns::DocumentForm& form = *merged.campaign().documents.merged;
  const auto names = names_of(merged);
  return {forms.of(*merged.frame.bundle, form, campaigns::merged_tags()),
          document_values(merged, vault),
          {campaigns::one_line_title(form, names), names.town},
          documents::file_name(campaigns::file_title(form, names), ".docx"),
          "",
          0};
}

}  // namespace wujin::reports
