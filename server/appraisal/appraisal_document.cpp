#include "appraisal/appraisal_document.h"

#include <algorithm>

#include <fmt/format.h>

#include "campaigns/form_tags.h"
#include "campaigns/form_values.h"
#include "documents/file_name.h"

namespace wujin::appraisal {
namespace {

using documents::Value;

const campaigns::DocumentForm& form_of(const OpenAppraisal& open) { return *open.bundle->campaign.documents.appraisal; }

campaigns::DocumentNames names_of(const OpenAppraisal& open) {
  const Campaign& campaign = open.bundle->campaign;
  return campaigns::document_names(campaign, open.tree, campaign.town);
}

std::string day_of(Instant instant) { return campaigns::whole_date(china_date(instant)); }

std::string score_of(const PlaceStanding& place) {
  if (!place.score || !place.full) return "";
  return fmt::format("{:g}/{}", *place.score, *place.full);
}

// How many objections a place has, and how many of them still wait.
std::string objections_of(const OpenAppraisal& open, const PlaceId& place, Language language) {
  const auto own = [&](const Objection& objection) { return objection.place == place; };
  const auto all = std::ranges::count_if(open.objections, own);
  if (all == 0) return "";
  const auto answered =
      std::ranges::count_if(open.objections, [&](const Objection& objection) { return own(objection) && objection.answer; });
  if (language == Language::english) return fmt::format("{}, answered {}", all, answered);
  return fmt::format("{}条，已答复{}条", all, answered);
}

// With the last day of a place that ended: it says why less was owed of it.
std::string name_of(const PlaceStanding& place, Language language) {
  if (!place.ended_on) return place.place_name;
  if (language == Language::english) return place.place_name + " (until " + to_string(*place.ended_on) + ")";
  return place.place_name + "（至" + campaigns::month_and_day(*place.ended_on) + "）";
}

Value::Object row_values(const OpenAppraisal& open, const PlaceStanding& place, std::size_t number) {
  Value::Object row = {{"number", std::to_string(number)},
                       {"name", name_of(place, Language::chinese)},
                       {"activities", std::to_string(place.activities)},
                       {"weeks", std::to_string(place.weeks)},
                       {"quotas", quotas_in_words(place, Language::chinese)},
                       {"quotas_met", quotas_met(place)},
                       {"objections", objections_of(open, place.place, Language::chinese)},
                       {"score", score_of(place)}};
  for (const campaigns::AppraisalItem& item : open.bundle->campaign.appraisal.items) row[item.id] = "";
  for (const ItemStanding& item : place.items) row[item.item] = fraction(item, Language::chinese);
  return row;
}

}  // namespace

bool has_form(const OpenAppraisal& open) { return open.bundle->campaign.documents.appraisal.has_value(); }

Value::Object document_values(const OpenAppraisal& open) {
  Value::Object values = campaigns::whose_values(open.bundle->campaign, form_of(open), names_of(open));
  values["note"] = open.appraisal.note;
  values["as_of"] = day_of(open.appraisal.as_of);
  if (open.version) {
    values["frozen"] = Value::Object{{"number", std::to_string(open.version->number)},
                                     {"at", day_of(open.version->frozen_at)},
                                     {"by", open.version->frozen_by}};
  }
  Value::List rows;
  for (const PlaceEvidence& place : open.appraisal.places) rows.emplace_back(row_values(open, place.standing, rows.size() + 1));
  values["rows"] = std::move(rows);
  return values;
}

handins::Making prepare(const OpenAppraisal& open, campaigns::FormTemplates& forms) {
  const auto& form = form_of(open);
  const auto names = names_of(open);
  return {forms.of(*open.bundle, form, campaigns::appraisal_tags(open.bundle->campaign.appraisal.items)),
          document_values(open),
          {campaigns::one_line_title(form, names), names.town},
          documents::file_name(campaigns::file_title(form, names), ".docx"),
          "",
          0};
}

std::vector<spreadsheets::Column> columns_of(const Appraisal& appraisal, Language language) {
  const bool is_english = language == Language::english;
  std::vector<spreadsheets::Column> columns = {{is_english ? "Place" : "村（社区）", 18}};
  for (const Item& item : appraisal.items) columns.push_back({is_english ? item.name_en.value_or(item.name) : item.name, 14});
  if (appraisal.scores) columns.push_back({is_english ? "Marks" : "得分", 10});
  columns.push_back({is_english ? "Beside: activities" : "参考：活动场次", 12});
  columns.push_back({is_english ? "Beside: weeks with any" : "参考：有活动的周", 12});
  columns.push_back({is_english ? "Beside: quotas" : "参考：指标", 50});
  columns.push_back({is_english ? "Objections" : "异议", 18});
  return columns;
}

void fill(spreadsheets::Table& table, const OpenAppraisal& open, Language language) {
  const Appraisal& appraisal = open.appraisal;
  for (const auto& [place, owed] : appraisal.places) {
    std::vector<spreadsheets::Cell> row = {name_of(place, language)};
    for (const ItemStanding& item : place.items) row.emplace_back(fraction(item, language));
    if (appraisal.scores) row.emplace_back(score_of(place));
    row.emplace_back(place.activities);
    row.emplace_back(std::int64_t{place.weeks});
    row.emplace_back(quotas_in_words(place, language));
    row.emplace_back(objections_of(open, place.place, language));
    table.add(row);
  }
  std::vector<spreadsheets::Cell> note(columns_of(appraisal, language).size());
  note.front() = language == Language::english ? appraisal.note_en : appraisal.note;
  table.add(note);
}

std::string table_title(Language language) { return language == Language::english ? "Appraisal evidence" : "考核依据"; }

std::string table_name(const OpenAppraisal& open, Language language) {
  const auto title = campaigns::ledger_title(open.bundle->campaign, open.tree, table_title(language));
  return documents::file_name(title, spreadsheets::extension_of(spreadsheets::Format::excel));
}

}  // namespace wujin::appraisal
