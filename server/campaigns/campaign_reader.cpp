#include "campaigns/campaign_reader.h"

#include <algorithm>

namespace wujin::campaigns {
namespace {

// The limits are those of the wire (contract/openapi.yaml).
constexpr int name_limit = 64, hint_limit = 100, english_limit = 300, long_limit = 2000, title_limit = 200;

std::vector<Choice> read_choices(TomlTable& root, std::string_view key) {
  std::vector<Choice> list;
  root.tables(key, [&](TomlTable& table) {
    Choice choice;
    choice.id = table.identifier("id");
    choice.name = table.text("name", name_limit);
    choice.name_en = table.optional_text("name_en", 128);
    choice.short_ = table.optional_text("short", 16);
    choice.picture_hint = table.optional_text("picture_hint", hint_limit);
    choice.picture_hint_en = table.optional_text("picture_hint_en", english_limit);
    list.push_back(std::move(choice));
  });
  return list;
}

void read_identity(TomlTable table, Campaign& campaign) {
  campaign.document_number = table.text_or("document_number", name_limit, "");
  campaign.title = table.text("title", title_limit);
  campaign.title_en = table.optional_text("title_en", english_limit);
  campaign.short_title = table.text("short_title", name_limit);
  campaign.year = table.number("year", 2000, 2200);
  campaign.town = PlaceId(table.text("town", 64));
  campaign.station_name = table.text("station_name", name_limit);
  campaign.starts_on = table.date("starts_on");
  campaign.ends_on = table.date("ends_on");
  if (campaign.ends_on < campaign.starts_on) {
    table.fault("ends_on", ProblemCode::invalid, {{"expected", ">= " + to_string(campaign.starts_on)}});
  }
  table.refuse_unknown();
}

std::vector<Phase> read_phases(TomlTable& root) {
  std::vector<Phase> list;
  root.tables("phase", [&](TomlTable& table) {
    Phase phase;
    phase.id = table.identifier("id");
    phase.name = table.text("name", name_limit);
    phase.name_en = table.optional_text("name_en", 128);
    phase.starts_on = table.date("starts_on");
    phase.ends_on = table.date("ends_on");
    phase.focus = table.text_or("focus", 1000, "");
    if (phase.ends_on < phase.starts_on) {
      table.fault("ends_on", ProblemCode::invalid, {{"expected", ">= " + to_string(phase.starts_on)}});
    }
    list.push_back(std::move(phase));
  });
  return list;
}

// lead = { office_holder = "…" } or { unit = "…" }
void read_lead(TomlTable table, WorkItem& item) {
  const bool is_unit = table.has("unit");
  item.lead_kind = is_unit ? LeadKind::unit : LeadKind::office_holder;
  item.lead = table.text(is_unit ? "unit" : "office_holder", title_limit);
  table.refuse_unknown();
}

std::vector<WorkItem> read_work_items(TomlTable& root) {
  std::vector<WorkItem> list;
  root.tables("work_item", [&](TomlTable& table) {
    WorkItem item;
    item.id = table.identifier("id");
    item.number = table.text("number", 16);
    item.name = table.text("name", title_limit);
    item.name_en = table.optional_text("name_en", english_limit);
    item.description = table.text_or("description", long_limit, "");
    read_lead(table.table("lead"), item);
    item.support = table.optional_text("support", title_limit);
    item.responsible = table.text("responsible", title_limit);
    item.applies_to = table.choices<PlaceKind>("applies_to");
    item.clause = table.text_or("clause", 100, "");
    item.entries = table.texts("entries", 64);
    item.forms = table.texts("forms", 64);
    item.kinds = table.texts("kinds", 64);
    list.push_back(std::move(item));
  });
  return list;
}

std::vector<Metric> read_metrics(TomlTable& root) {
  std::vector<Metric> list;
  root.tables("metric", [&](TomlTable& table) {
    Metric metric;
    metric.id = table.identifier("id");
    metric.name = table.text("name", name_limit);
    metric.name_en = table.optional_text("name_en", 128);
    metric.unit = table.text("unit", 16);
    metric.approximate = table.flag_or("approximate", false);
    list.push_back(std::move(metric));
  });
  return list;
}

std::vector<Quota> read_quotas(TomlTable& root) {
  std::vector<Quota> list;
  root.tables("quota", [&](TomlTable& table) {
    Quota quota;
    quota.id = table.identifier("id");
    quota.name = table.text("name", title_limit);
    quota.name_en = table.optional_text("name_en", english_limit);
    quota.subject = table.choice<QuotaSubject>("subject");
    quota.measure = table.identifier("measure");
    quota.kinds = table.texts("kinds", 64);
    quota.forms = table.texts("forms", 64);
    quota.period = table.choice<QuotaPeriod>("period");
    quota.minimum = table.number("minimum", 1, 1000000);
    quota.optional = table.flag_or("optional", false);
    quota.clause = table.text_or("clause", 100, "");
    list.push_back(std::move(quota));
  });
  return list;
}

// Either `on` a date, or each month by `day` from `first_month` to `last_month`.
void read_recurrence(TomlTable& table, Deadline& deadline) {
  if (table.has("on")) {
    deadline.on = table.date("on");
    return;
  }
  if (!table.has("day")) {
    table.fault("on", ProblemCode::required);
    return;
  }
  deadline.day = table.number("day", 1, 31);
  deadline.first_month = table.month("first_month");
  deadline.last_month = table.month("last_month");
  if (*deadline.last_month < *deadline.first_month) {
    table.fault("last_month", ProblemCode::invalid, {{"expected", ">= " + to_string(*deadline.first_month)}});
  } else if ((*deadline.last_month - *deadline.first_month).count() >= 60) {
    table.fault("last_month", ProblemCode::too_many, {{"limit", "60"}});
    deadline.last_month = deadline.first_month;
  }
}

std::vector<Deadline> read_deadlines(TomlTable& root) {
  std::vector<Deadline> list;
  root.tables("deadline", [&](TomlTable& table) {
    Deadline deadline;
    deadline.id = table.identifier("id");
    deadline.deliverable = table.choice<Deliverable>("deliverable");
    deadline.name = table.text("name", 100);
    deadline.name_en = table.optional_text("name_en", title_limit);
    deadline.rule = table.text("rule", title_limit);
    read_recurrence(table, deadline);
    deadline.inclusive = table.flag_or("inclusive", true);
    deadline.grace_days = table.number_or("grace_days", 0, 366, 0);
    deadline.off_day_shift = table.choice_or("off_day_shift", OffDayShift::none);
    deadline.applies_to = table.choices<PlaceKind>("applies_to");
    deadline.clause = table.text_or("clause", 100, "");
    list.push_back(std::move(deadline));
  });
  return list;
}

ReportPeriods read_report_periods(TomlTable table) {
  ReportPeriods periods;
  periods.first = table.month("first");
  periods.last = table.month("last");
  if (periods.last < periods.first || (periods.last - periods.first).count() >= 60) {
    table.fault("last", ProblemCode::out_of_range,
                {{"low", to_string(periods.first)}, {"high", to_string(plus_months(periods.first, 59))}});
    periods.last = periods.first;
  }
  periods.supplement = table.choice_or("supplement", SupplementRule::same_month);
  periods.cut_off_day = table.number_or("cut_off_day", 1, 31, 31);
  periods.week_rule = table.choice_or("week_rule", WeekRule::joined);
  table.tables("week", [&](TomlTable& week) {
    HandWeek hand;
    hand.month = week.month("month");
    hand.from = week.date("from");
    hand.to = week.date("to");
    if (hand.to < hand.from) week.fault("to", ProblemCode::invalid, {{"expected", ">= " + to_string(hand.from)}});
    periods.hand_weeks.push_back(hand);
  });
  if (periods.week_rule == WeekRule::thursday && periods.supplement == SupplementRule::next_month) {
    table.fault("supplement", ProblemCode::invalid, {{"expected", "same_month (week_rule = thursday)"}});
  }
  table.refuse_unknown();
  return periods;
}

std::vector<ReturnReason> read_return_reasons(TomlTable& root) {
  std::vector<ReturnReason> list;
  root.tables("return_reason", [&](TomlTable& table) {
    ReturnReason reason;
    reason.id = table.identifier("id");
    reason.text = table.text("text", english_limit);
    reason.text_en = table.optional_text("text_en", english_limit);
    reason.free = table.flag_or("free", false);
    list.push_back(std::move(reason));
  });
  return list;
}

Options read_options(TomlTable table) {
  Options options;
  options.print_attachment_label = table.flag_or("print_attachment_label", options.print_attachment_label);
  options.sign_off = table.flag_or("sign_off", options.sign_off);
  options.entry_heading = table.choice_or("entry_heading", options.entry_heading);
  options.picture_grid = table.choice_or("picture_grid", options.picture_grid);
  options.due_soon_days = table.number_or("due_soon_days", 0, 60, options.due_soon_days);
  options.return_days = table.number_or("return_days", 0, 60, options.return_days);
  options.week_label = table.choice_or("week_label", options.week_label);
  options.empty_week = table.choice_or("empty_week", options.empty_week);
  options.empty_week_text = table.text_or("empty_week_text", title_limit, "");
  if (options.empty_week == EmptyWeek::line && options.empty_week_text.empty()) {
    table.fault("empty_week_text", ProblemCode::required);
  }
  options.keep_originals = table.flag_or("keep_originals", options.keep_originals);
  table.refuse_unknown();
  return options;
}

DocumentForm read_form(TomlTable table) {
  DocumentForm form;
  form.template_ = table.text("template", 200);
  form.title_lines = table.texts("title_lines", title_limit);
  if (form.title_lines.empty()) table.fault("title_lines", ProblemCode::required);
  constexpr std::size_t most_lines = 4;
  if (form.title_lines.size() > most_lines)
    table.fault("title_lines", ProblemCode::too_many, {{"limit", std::to_string(most_lines)}});
  form.attachment_label = table.text_or("attachment_label", name_limit, "");
  form.file_name = table.text("file_name", title_limit);
  table.refuse_unknown();
  return form;
}

Documents read_documents(TomlTable table) {
  Documents documents;
  documents.plan = read_form(table.table("plan"));
  documents.report = read_form(table.table("report"));
  if (table.has("summary")) documents.summary = read_form(table.table("summary"));
  if (table.has("merged")) documents.merged = read_form(table.table("merged"));
  if (table.has("appraisal")) documents.appraisal = read_form(table.table("appraisal"));
  auto words = table.table("words");
  documents.plan_village_name = words.text("plan_village_name", name_limit);
  documents.plan_community_name = words.text("plan_community_name", name_limit);
  documents.plan_town_name = words.text("plan_town_name", name_limit);
  documents.entry_heading = words.text("entry_heading", title_limit);
  documents.point_heading = words.text("point_heading", title_limit);
  documents.picture_caption = words.text("picture_caption", name_limit);
  documents.supplement_heading = words.text("supplement_heading", title_limit);
  documents.no_activity_heading = words.text("no_activity_heading", title_limit);
  documents.ledger_file_name = words.text_or("ledger_file_name", title_limit, "{town}{year}{ledger}");
  documents.brief = words.text("brief", long_limit);
  documents.figures = words.text_or("figures", long_limit, documents.figures);
  documents.figures_entry = words.text_or("figures_entry", title_limit, documents.figures_entry);
  documents.dated_heading = words.text_or("dated_heading", title_limit, documents.dated_heading);
  documents.merged_closing = words.text_or("merged_closing", long_limit, documents.merged_closing);
  words.refuse_unknown();
  table.refuse_unknown();
  return documents;
}

ReminderWords read_reminders(TomlTable& root) {
  ReminderWords words;
  if (!root.has("reminders")) return words;
  auto table = root.table("reminders");
  words.before = table.text_or("before", long_limit, words.before);
  words.before_none = table.text_or("before_none", long_limit, words.before_none);
  words.plan = table.text_or("plan", long_limit, words.plan);
  words.summary = table.text_or("summary", long_limit, words.summary);
  words.after = table.text_or("after", long_limit, words.after);
  words.holiday = table.text_or("holiday", long_limit, words.holiday);
  words.place = table.text_or("place", title_limit, words.place);
  words.more = table.text_or("more", title_limit, words.more);
  words.subject = table.text_or("subject", title_limit, words.subject);
  table.refuse_unknown();
  return words;
}

SummaryWords read_summary(TomlTable& root) {
  SummaryWords words;
  if (!root.has("summary")) return words;
  auto table = root.table("summary");
  words.opening = table.text_or("opening", long_limit, words.opening);
  words.figures_title = table.text_or("figures_title", title_limit, words.figures_title);
  words.work_items_title = table.text_or("work_items_title", title_limit, words.work_items_title);
  words.places_title = table.text_or("places_title", title_limit, words.places_title);
  words.sum_name = table.text_or("sum_name", name_limit, words.sum_name);
  words.chart_title = table.text_or("chart_title", title_limit, words.chart_title);
  words.work_item = table.text_or("work_item", long_limit, words.work_item);
  words.gap_entries = table.text_or("gap_entries", long_limit, words.gap_entries);
  words.gap_quota = table.text_or("gap_quota", long_limit, words.gap_quota);
  words.most_pictures = table.number_or("most_pictures", 0, 100, words.most_pictures);
  if (table.has("section")) words.sections.clear();
  table.tables("section", [&](TomlTable& section) {
    SummarySection read;
    read.id = section.identifier("id");
    read.heading = section.text("heading", title_limit);
    read.draws = section.choice_or("draws", read.draws);
    words.sections.push_back(std::move(read));
  });
  table.refuse_unknown();
  return words;
}

// Persons are never ranked and time in an app never scored (domain.md); quotas stand beside an appraisal, never inside (N21).
AppraisalMeasure read_measure(TomlTable& table, const Campaign& campaign) {
  static constexpr std::string_view of_persons[] = {"check_ins",     "clicks", "likes",  "logins",
                                                    "online_time",   "points", "posts",  "ranking",
                                                    "response_time", "steps",  "streak", "time_in_app"};
  AppraisalMeasure measure{};
  const auto subject = table.text_or("subject", 64, "place");
  if (subject != "place") table.fault("subject", ProblemCode::ranks_persons, {{"value", subject}});
  if (!table.has("counts")) table.fault("counts", ProblemCode::required);
  const auto counts = table.optional_text("counts", 64);
  if (!counts) return measure;
  const auto is_named = [&](const auto& one) { return one.id == *counts; };
  if (std::ranges::find(of_persons, *counts) != std::end(of_persons)) {
    table.fault("counts", ProblemCode::ranks_persons, {{"value", *counts}});
  } else if (std::ranges::any_of(campaign.quotas, is_named) || std::ranges::any_of(campaign.metrics, is_named)) {
    table.fault("counts", ProblemCode::quota_appraised, {{"value", *counts}});
  } else if (!boost::describe::enum_from_string(counts->c_str(), measure)) {
    table.fault("counts", ProblemCode::unknown_choice, {{"value", *counts}});
  }
  return measure;
}

AppraisalRules read_appraisal(TomlTable& root, const Campaign& campaign) {
  AppraisalRules rules;
  if (!root.has("appraisal")) return rules;
  auto table = root.table("appraisal");
  rules.note = table.text_or("note", title_limit, rules.note);
  rules.note_en = table.text_or("note_en", english_limit, rules.note_en);
  rules.scores = table.flag_or("scores", rules.scores);
  table.tables("item", [&](TomlTable& each) {
    AppraisalItem item;
    item.id = each.identifier("id");
    item.name = each.text("name", name_limit);
    item.name_en = each.optional_text("name_en", 128);
    item.counts = read_measure(each, campaign);
    item.deliverables = each.choices<Deliverable>("deliverables");
    item.scoring = each.choice_or("scoring", item.scoring);
    item.weight = each.number_or("weight", 1, 100, 1);
    item.enabled = each.flag_or("enabled", true);
    rules.items.push_back(std::move(item));
  });
  if (rules.items.empty()) table.fault("item", ProblemCode::required);
  table.refuse_unknown();
  return rules;
}

OfficeDays read_office_days(TomlTable& root) {
  if (!root.has("office_days")) return {};
  auto table = root.table("office_days");
  OfficeDays days{table.dates("off"), table.dates("working")};
  table.refuse_unknown();
  return days;
}

}  // namespace

void read_issue(TomlTable& root, Campaign& campaign) {
  campaign.issue = Issue{CampaignId(root.text("model", 64)), root.number("version", 1, 1000000)};
  campaign.town = PlaceId(root.text("town", 64));
  root.refuse_unknown();
}

Campaign read_campaign_table(TomlTable& root) {
  Campaign campaign;
  read_identity(root.table("campaign"), campaign);
  campaign.phases = read_phases(root);
  campaign.entries = read_choices(root, "entry");
  campaign.kinds = read_choices(root, "kind");
  campaign.forms = read_choices(root, "form");
  campaign.audiences = read_choices(root, "audience");
  campaign.topics = read_choices(root, "topic");
  campaign.settings = read_choices(root, "setting");
  campaign.sectors = read_choices(root, "sector");
  campaign.work_items = read_work_items(root);
  campaign.metrics = read_metrics(root);
  campaign.quotas = read_quotas(root);
  campaign.deadlines = read_deadlines(root);
  campaign.office_days = read_office_days(root);
  campaign.report_periods = read_report_periods(root.table("report_periods"));
  campaign.return_reasons = read_return_reasons(root);
  campaign.options = read_options(root.table("options"));
  campaign.documents = read_documents(root.table("documents"));
  campaign.reminders = read_reminders(root);
  campaign.summary = read_summary(root);
  campaign.appraisal = read_appraisal(root, campaign);
  root.refuse_unknown();
  return campaign;
}

}  // namespace wujin::campaigns
