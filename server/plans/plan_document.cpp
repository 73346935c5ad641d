#include "plans/plan_document.h"

#include "campaigns/form_tags.h"
#include "campaigns/form_values.h"
#include "campaigns/pattern.h"
#include "campaigns/plan_form.h"
#include "campaigns/weeks.h"
#include "documents/file_name.h"

namespace wujin::plans {
namespace {

using documents::Value;

campaigns::DocumentNames names_of(const OpenPlan& plan) {
  return campaigns::document_names(plan.campaign(), plan.tree, plan.place.id);
}

const campaigns::DocumentForm& form_of(const OpenPlan& plan) { return plan.campaign().documents.plan; }

std::string places_of(const OpenPlan& plan, const PlanRow& row) {
  std::string names;
  for (const PlaceId& id : row.places) {
    const places::Place* place = plan.tree.find(id);
    if (place == nullptr) continue;
    if (!names.empty()) names += "、";
    names += campaigns::plan_place_name(plan.campaign().documents, *place);
  }
  return names;
}

Value::Object row_values(const OpenPlan& plan, const PlanRow& row) {
  campaigns::PlanRowWords words;
  words.week_label = label_of(row, plan.head, plan.campaign());
  words.week_dates = campaigns::plan_dates({row.from, row.to});
  words.places = places_of(plan, row);
  words.focus = row.topic ? row.focus + "；" + *row.topic : row.focus;
  words.in_charge = row.in_charge;
  return campaigns::plan_row_values(words);
}

}  // namespace

std::string title_of(const OpenPlan& plan) { return campaigns::one_line_title(form_of(plan), names_of(plan)); }

std::string document_name(const OpenPlan& plan) {
  return documents::file_name(campaigns::file_title(form_of(plan), names_of(plan)), ".docx");
}

Value::Object document_values(const OpenPlan& plan) {
  Value::Object values = campaigns::whose_values(plan.campaign(), form_of(plan), names_of(plan));
  Value::List rows;
  for (const PlanRow& row : plan.rows) rows.emplace_back(row_values(plan, row));
  values["rows"] = std::move(rows);
  return values;
}

Making prepare(const OpenPlan& plan, campaigns::FormTemplates& forms) {
  return {forms.of(*plan.bundle, form_of(plan), campaigns::plan_tags()),
          document_values(plan),
          {title_of(plan), plan.place.name},
          document_name(plan),
          plan.digest,
          0};
}

}  // namespace wujin::plans
