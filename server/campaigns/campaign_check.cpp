#include "campaigns/campaign_check.h"

#include <algorithm>
#include <set>

#include "base/described_enum.h"
#include "campaigns/form_tags.h"
#include "campaigns/pattern.h"
#include "campaigns/weeks.h"
#include "documents/word_template.h"

namespace wujin::campaigns {
namespace {

// Finds lines again: faults between two values stand where the value that does not fit is written.
class Checker {
 public:
  Checker(const toml::table& source, FaultList& faults) : source_(source), faults_(faults) {}

  // path such as deadline[1].day
  void fault(const std::string& path, ProblemCode code, std::vector<ProblemParameter> parameters = {}) {
    faults_.add(line_of(path), path, code, std::move(parameters));
  }

  template <class Record>
  void once(const std::string& list, const std::vector<Record>& records) {
    std::set<std::string> seen;
    for (std::size_t i = 0; i < records.size(); ++i) {
      if (!records[i].id.empty() && !seen.insert(records[i].id).second) {
        fault(list + "[" + std::to_string(i) + "].id", ProblemCode::duplicate);
      }
    }
  }

  template <class Record>
  void known(const std::string& path, const std::vector<std::string>& ids, const std::vector<Record>& among) {
    for (const auto& id : ids) {
      if (id.empty() || std::ranges::count(among, id, &Record::id) > 0) continue;
      fault(path, ProblemCode::unknown_choice, {{"value", id}});
    }
  }

  void pattern(const std::string& path, const std::string& text, const std::set<std::string>& known_names) {
    for (const auto& name : placeholders(text)) {
      if (!known_names.contains(name)) fault(path, ProblemCode::unknown_choice, {{"value", "{" + name + "}"}});
    }
  }

 private:
  int line_of(std::string path) const {
    // The nearest thing that is written: a missing key is told by its table's line.
    while (!path.empty()) {
      if (const auto node = source_.at_path(path)) return static_cast<int>(node.node()->source().begin.line);
      const auto cut = path.find_last_of(".[");
      path.resize(cut == std::string::npos ? 0 : cut);
    }
    return 0;
  }

  const toml::table& source_;
  FaultList& faults_;
};

std::string at(const std::string& list, std::size_t index, const std::string& key) {
  return list + "[" + std::to_string(index) + "]." + key;
}

void check_identifiers(const Campaign& campaign, Checker& checker) {
  checker.once("phase", campaign.phases);
  checker.once("entry", campaign.entries);
  checker.once("kind", campaign.kinds);
  checker.once("form", campaign.forms);
  checker.once("audience", campaign.audiences);
  checker.once("topic", campaign.topics);
  checker.once("setting", campaign.settings);
  checker.once("sector", campaign.sectors);
  checker.once("work_item", campaign.work_items);
  checker.once("metric", campaign.metrics);
  checker.once("quota", campaign.quotas);
  checker.once("deadline", campaign.deadlines);
  checker.once("return_reason", campaign.return_reasons);
  checker.once("appraisal.item", campaign.appraisal.items);
  if (campaign.entries.empty()) checker.fault("entry", ProblemCode::required);
}

void check_references(const Campaign& campaign, Checker& checker) {
  for (std::size_t i = 0; i < campaign.work_items.size(); ++i) {
    const auto& item = campaign.work_items[i];
    checker.known(at("work_item", i, "entries"), item.entries, campaign.entries);
    checker.known(at("work_item", i, "forms"), item.forms, campaign.forms);
    checker.known(at("work_item", i, "kinds"), item.kinds, campaign.kinds);
  }
  for (std::size_t i = 0; i < campaign.quotas.size(); ++i) {
    const auto& quota = campaign.quotas[i];
    checker.known(at("quota", i, "measure"), {quota.measure}, campaign.metrics);
    checker.known(at("quota", i, "kinds"), quota.kinds, campaign.kinds);
    checker.known(at("quota", i, "forms"), quota.forms, campaign.forms);
  }
}

void check_deadlines(const Campaign& campaign, Checker& checker) {
  std::set<std::pair<Deliverable, PlaceKind>> owed;
  for (std::size_t i = 0; i < campaign.deadlines.size(); ++i) {
    const auto& deadline = campaign.deadlines[i];
    for (const auto kind : deadline.applies_to) {
      if (!owed.emplace(deadline.deliverable, kind).second)
        checker.fault(at("deadline", i, "applies_to"), ProblemCode::duplicate);
    }
    const bool monthly = !deadline.on;
    if (deadline.deliverable == Deliverable::report && !monthly) {
      checker.fault(at("deadline", i, "on"), ProblemCode::invalid, {{"expected", "day, first_month, last_month"}});
    } else if (deadline.deliverable != Deliverable::report && monthly && deadline.day > 0) {
      checker.fault(at("deadline", i, "day"), ProblemCode::invalid, {{"expected", "on"}});
    }
    if (deadline.deliverable == Deliverable::report && monthly && deadline.first_month && deadline.last_month &&
        (*deadline.first_month < campaign.report_periods.first || *deadline.last_month > campaign.report_periods.last)) {
      checker.fault(at("deadline", i, "first_month"), ProblemCode::out_of_range,
                    {{"low", to_string(campaign.report_periods.first)}, {"high", to_string(campaign.report_periods.last)}});
    }
    if (deadline.deliverable == Deliverable::summary && !campaign.documents.summary) {
      checker.fault("documents.summary", ProblemCode::required);
    }
  }
}

void check_appraisal(const Campaign& campaign, Checker& checker) {
  const auto& items = campaign.appraisal.items;
  for (std::size_t i = 0; i < items.size(); ++i) {
    for (const auto deliverable : items[i].deliverables) {
      if (std::ranges::count(campaign.deadlines, deliverable, &Deadline::deliverable) > 0) continue;
      checker.fault(at("appraisal.item", i, "deliverables"), ProblemCode::unknown_choice, {{"value", name_of(deliverable)}});
    }
  }
  if (campaign.documents.appraisal && items.empty()) checker.fault("appraisal.item", ProblemCode::required);
}

void check_weeks(const Campaign& campaign, Checker& checker) {
  const auto& periods = campaign.report_periods;
  if (periods.week_rule != WeekRule::by_hand) {
    if (!periods.hand_weeks.empty())
      checker.fault("report_periods.week", ProblemCode::invalid, {{"expected", "week_rule = by_hand"}});
    return;
  }
  std::map<Month, Date> next;  // the day each month's weeks have come to
  for (std::size_t i = 0; i < periods.hand_weeks.size(); ++i) {
    const auto& week = periods.hand_weeks[i];
    const auto [day, first] = next.emplace(week.month, first_day(week.month));
    if (week.from != day->second) {
      checker.fault(at("report_periods.week", i, "from"), ProblemCode::invalid, {{"expected", to_string(day->second)}});
    }
    if (week.to > last_day(week.month)) {
      checker.fault(at("report_periods.week", i, "to"), ProblemCode::invalid,
                    {{"expected", "<= " + to_string(last_day(week.month))}});
    }
    day->second = plus_days(week.to, 1);
  }
  for (const auto& [month, day] : next) {
    if (day <= last_day(month)) {
      checker.fault("report_periods.week", ProblemCode::invalid,
                    {{"expected", to_string(day) + "…" + to_string(last_day(month))}});
    }
  }
}

void check_reminders(const ReminderWords& words, Checker& checker) {
  const std::set<std::string> known = {"name",  "once",   "month", "year",     "date", "weekday",
                                       "date0", "places", "place", "recorded", "link", "holiday"};
  const std::pair<const char*, const std::string*> patterns[] = {
      {"before", &words.before}, {"before_none", &words.before_none}, {"plan", &words.plan},   {"summary", &words.summary},
      {"after", &words.after},   {"holiday", &words.holiday},         {"place", &words.place}, {"subject", &words.subject},
  };
  for (const auto& [name, text] : patterns) checker.pattern(std::string("reminders.") + name, *text, known);
  checker.pattern("reminders.more", words.more, {"n"});
}

void check_summary(const SummaryWords& words, Checker& checker) {
  const std::set<std::string> whose = {"place", "year", "document_number"};
  const std::pair<const char*, const std::string*> titles[] = {{"opening", &words.opening},
                                                               {"figures_title", &words.figures_title},
                                                               {"work_items_title", &words.work_items_title},
                                                               {"places_title", &words.places_title}};
  for (const auto& [name, text] : titles) checker.pattern(std::string("summary.") + name, *text, whose);
  checker.pattern("summary.work_item", words.work_item, {"description", "n", "people", "leaflets"});
  checker.pattern("summary.gap_entries", words.gap_entries, {"entries"});
  checker.pattern("summary.gap_quota", words.gap_quota, {"quota", "expected", "met"});
  std::set<std::string> sections;
  for (std::size_t i = 0; i < words.sections.size(); ++i) {
    if (!sections.insert(words.sections[i].id).second) checker.fault(at("summary.section", i, "id"), ProblemCode::duplicate);
  }
}

void check_patterns(const Campaign& campaign, Checker& checker) {
  const std::set<std::string> names = {"town", "village", "place", "year", "month"};
  const auto form = [&](const std::string& path, const DocumentForm& each) {
    for (const auto& line : each.title_lines) checker.pattern(path + ".title_lines", line, names);
    auto with_title = names;
    with_title.insert("title");
    checker.pattern(path + ".file_name", each.file_name, with_title);
  };
  const std::set<std::string> town_name = {"town"};
  checker.pattern("campaign.title", campaign.title, town_name);
  checker.pattern("campaign.title_en", campaign.title_en.value_or(""), town_name);
  checker.pattern("campaign.short_title", campaign.short_title, town_name);
  checker.pattern("campaign.station_name", campaign.station_name, town_name);
  const auto& documents = campaign.documents;
  form("documents.plan", documents.plan);
  form("documents.report", documents.report);
  if (documents.summary) form("documents.summary", *documents.summary);
  if (documents.merged) form("documents.merged", *documents.merged);
  if (documents.appraisal) form("documents.appraisal", *documents.appraisal);
  checker.pattern("documents.words.plan_village_name", documents.plan_village_name, {"place"});
  checker.pattern("documents.words.plan_community_name", documents.plan_community_name, {"place"});
  checker.pattern("documents.words.plan_town_name", documents.plan_town_name, {"place"});
  checker.pattern("documents.words.entry_heading", documents.entry_heading, {"entry"});
  checker.pattern("documents.words.point_heading", documents.point_heading, {"entry", "point"});
  checker.pattern("documents.words.picture_caption", documents.picture_caption, {"n"});
  checker.pattern("documents.words.supplement_heading", documents.supplement_heading, {"dates"});
  checker.pattern("documents.words.no_activity_heading", documents.no_activity_heading, {"year", "month"});
  checker.pattern("documents.words.ledger_file_name", documents.ledger_file_name, {"town", "year", "ledger"});
  check_reminders(campaign.reminders, checker);
  check_summary(campaign.summary, checker);
  checker.pattern("documents.words.brief", documents.brief,
                  {"date", "place", "partners", "point", "entry", "text", "people", "leaflets"});
  checker.pattern(
      "documents.words.figures", documents.figures,
      {"from", "to", "scope", "n", "entries", "people", "leaflets", "places", "points", "places_alone", "points_alone"});
  checker.pattern("documents.words.figures_entry", documents.figures_entry, {"entry", "n"});
  checker.pattern("documents.words.dated_heading", documents.dated_heading, {"heading", "date"});
  checker.pattern("documents.words.merged_closing", documents.merged_closing, {"date", "missing", "returned", "exempt"});
  for (std::size_t i = 0; i < campaign.return_reasons.size(); ++i) {
    checker.pattern(at("return_reason", i, "text"), campaign.return_reasons[i].text, {"week", "n", "date", "month"});
  }
}

void check_town(const Campaign& campaign, const std::vector<places::Place>& places, Checker& checker) {
  if (campaign.town.empty() || places.empty()) return;
  const auto town = std::ranges::find(places, campaign.town, &places::Place::id);
  if (town == places.end()) {
    checker.fault("campaign.town", ProblemCode::unknown_choice, {{"value", campaign.town.text()}});
  } else if (town->kind != PlaceKind::town && town->kind != PlaceKind::district) {
    checker.fault("campaign.town", ProblemCode::invalid, {{"expected", "town, district"}});
  }
}

}  // namespace

void check_campaign(const Campaign& campaign, const std::vector<places::Place>& places, const toml::table& source,
                    FaultList& faults) {
  Checker checker(source, faults);
  check_identifiers(campaign, checker);
  check_references(campaign, checker);
  check_deadlines(campaign, checker);
  check_appraisal(campaign, checker);
  check_weeks(campaign, checker);
  check_patterns(campaign, checker);
  check_town(campaign, places, checker);
}

void check_templates(const Campaign& campaign, const std::map<std::string, std::string>& files, const toml::table& source,
                     std::vector<LoadFault>& faults) {
  const auto check = [&](const std::string& path, const DocumentForm& form, const documents::KnownTags& tags) {
    if (form.template_.empty()) return;
    const auto found = files.find(form.template_);
    if (found == files.end()) {
      const auto node = source.at_path(path + ".template");
      const int line = node ? static_cast<int>(node.node()->source().begin.line) : 0;
      faults.push_back({"campaign.toml", line, path + ".template", ProblemCode::unknown_choice, {{"value", form.template_}}});
      return;
    }
    const auto loaded = documents::WordTemplate::load(found->second, &tags);
    if (loaded) return;
    const Problem problem = loaded.error();
    if (problem.faults().empty()) faults.push_back({form.template_, 0, "", problem.code(), problem.parameters()});
    for (const Fault& fault : problem.faults()) {
      faults.push_back({form.template_, 0, fault.field, fault.code, fault.parameters});
    }
  };
  check("documents.plan", campaign.documents.plan, plan_tags());
  check("documents.report", campaign.documents.report, report_tags());
  if (campaign.documents.summary) check("documents.summary", *campaign.documents.summary, summary_tags(campaign.entries));
  if (campaign.documents.merged) check("documents.merged", *campaign.documents.merged, merged_tags());
  if (campaign.documents.appraisal) {
    check("documents.appraisal", *campaign.documents.appraisal, appraisal_tags(campaign.appraisal.items));
  }
}

}  // namespace wujin::campaigns
