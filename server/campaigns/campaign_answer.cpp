#include "campaigns/campaign_answer.h"

#include <fmt/format.h>

#include "campaigns/due.h"
#include "campaigns/weeks.h"

namespace wujin::campaigns {
namespace {

std::optional<std::string> unless_empty(const std::string& text) { return text.empty() ? std::nullopt : std::optional(text); }

WorkItemAnswer answer_of(const WorkItem& item) {
  return {item.id,      item.number,  item.name,        item.name_en,    item.description,
          item.lead,    item.support, item.responsible, item.applies_to, unless_empty(item.clause),
          item.entries, item.forms,   item.kinds};
}

ReportPeriodAnswer answer_of(const ReportPeriods& rule, Month month) {
  const auto period = report_period(rule, month);
  ReportPeriodAnswer answer;
  answer.month = month;
  answer.title = fmt::format("{}年{}月", static_cast<int>(month.year()), static_cast<unsigned>(month.month()));
  answer.from = period.days.from;
  answer.to = period.days.to;
  for (const auto& section : period.sections) {
    if (section.supplement) continue;
    const auto label = week_label(section.week, month, WeekLabel::with_month, rule);
    answer.weeks.push_back({section.week.number, label, section.week.days.from, section.week.days.to});
  }
  return answer;
}

OptionsAnswer answer_of(const Options& options, const ReportPeriods& periods) {
  const std::string empty_week = options.empty_week == EmptyWeek::line ? options.empty_week_text : "";
  return {options.print_attachment_label, options.sign_off,    options.entry_heading, options.picture_grid,
          options.due_soon_days,          options.return_days, options.week_label,    empty_week,
          options.keep_originals,         periods.supplement};
}

}  // namespace

QuotaAnswer answer_of(const Quota& quota) {
  return {quota.id,      quota.name,     quota.name_en,
          quota.subject, quota.measure,  quota.period,
          quota.minimum, quota.optional, unless_empty(quota.clause)};
}

DeadlineAnswer answer_of(const Campaign& campaign, const Deadline& deadline) {
  DeadlineAnswer answer{deadline.id,
                        deadline.deliverable,
                        deadline.name,
                        deadline.name_en,
                        deadline.rule,
                        deadline.inclusive,
                        deadline.grace_days,
                        unless_empty(deadline.clause),
                        {}};
  for (const auto& due : dues(campaign, deadline)) answer.dues.push_back({due.period, due.due_on, due.due_at});
  return answer;
}

std::string etag_of(const Campaign& campaign) { return "\"" + std::to_string(campaign.version) + "\""; }

CampaignAnswer answer_of(const CampaignBundle& bundle, const places::Tree& tree, bool sample) {
  const auto& campaign = bundle.campaign;
  CampaignAnswer answer;
  answer.id = campaign.id;
  answer.version = campaign.version;
  answer.etag = etag_of(campaign);
  answer.document_number = campaign.document_number;
  answer.title = campaign.title;
  answer.title_en = campaign.title_en;
  answer.short_title = campaign.short_title;
  answer.year = campaign.year;
  answer.town = campaign.town;
  const auto* town = tree.find(campaign.town);
  answer.town_name = town ? town->name : campaign.town.text();
  answer.station_name = campaign.station_name;
  answer.issue = campaign.issue;
  answer.starts_on = campaign.starts_on;
  answer.ends_on = campaign.ends_on;
  answer.sample = sample;
  for (const auto& phase : campaign.phases) {
    answer.phases.push_back({phase.id, phase.name, phase.name_en, phase.starts_on, phase.ends_on, phase.focus});
  }
  answer.entries = campaign.entries;
  answer.kinds = campaign.kinds;
  answer.forms = campaign.forms;
  answer.audiences = campaign.audiences;
  answer.topics = campaign.topics;
  answer.settings = campaign.settings;
  answer.sectors = campaign.sectors;
  for (const auto& item : campaign.work_items) answer.work_items.push_back(answer_of(item));
  for (const auto& quota : campaign.quotas) answer.quotas.push_back(answer_of(quota));
  for (const auto& deadline : campaign.deadlines) answer.deadlines.push_back(answer_of(campaign, deadline));
  const auto& periods = campaign.report_periods;
  for (Month month = periods.first; month <= periods.last; month = plus_months(month, 1)) {
    answer.report_periods.push_back(answer_of(periods, month));
  }
  for (const auto& reason : campaign.return_reasons) {
    answer.return_reasons.push_back({reason.id, reason.text, reason.text_en, reason.free});
  }
  answer.options = answer_of(campaign.options, periods);
  answer.brief = campaign.documents.brief;
  answer.merged_report = campaign.documents.merged.has_value();
  answer.has_map = !bundle.map.shapes.empty();
  answer.appraises = campaign.appraisal.is_wanted();
  return answer;
}

}  // namespace wujin::campaigns
