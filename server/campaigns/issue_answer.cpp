#include "campaigns/issue_answer.h"

#include <algorithm>

namespace wujin::campaigns {
namespace {

std::optional<int> monthly_day(const Deadline& deadline) { return deadline.on ? std::nullopt : std::optional(deadline.day); }

TightDeadline beside(const Deadline& model, const Deadline& town) {
  return {town.id,  town.name,         town.name_en,       town.rule,       model.rule,      town.on,
          model.on, monthly_day(town), monthly_day(model), town.grace_days, model.grace_days};
}

TightQuota beside(const Quota& model, const Quota& town) {
  return {town.id, town.name, town.name_en, model.name, model.name_en, town.minimum, model.minimum};
}

}  // namespace

ModelAnswer answer_of(const ModelStanding& standing, const places::Tree& tree, const people::Actor& actor) {
  const Campaign& model = standing.model->campaign;
  ModelAnswer answer;
  answer.id = model.id;
  answer.version = model.version;
  answer.document_number = model.document_number;
  answer.title = model.title;
  answer.title_en = model.title_en;
  answer.year = model.year;
  answer.district = model.town;
  answer.district_name = tree.find(model.town)->name;
  answer.starts_on = model.starts_on;
  answer.ends_on = model.ends_on;
  for (const Deadline& deadline : model.deadlines) answer.deadlines.push_back(answer_of(model, deadline));
  for (const Quota& quota : model.quotas) answer.quotas.push_back(answer_of(quota));
  answer.towns = standing.towns;
  if (people::may(actor, people::Verb::issue_campaign, tree.place_and_ancestors(model.town))) answer.may = {"issue"};
  return answer;
}

TightnessAnswer answer_of(const IssuedCampaign& issued) {
  const Campaign &town = issued.town->campaign, &model = issued.model->campaign;
  TightnessAnswer answer;
  answer.campaign = town.id;
  answer.etag = etag_of(town);
  answer.model = model.id;
  answer.model_version = model.version;
  answer.document_number = model.document_number;
  for (const Deadline& of_model : model.deadlines)
    answer.deadlines.push_back(beside(of_model, *std::ranges::find(town.deadlines, of_model.id, &Deadline::id)));
  for (const Quota& of_model : model.quotas)
    answer.quotas.push_back(beside(of_model, *std::ranges::find(town.quotas, of_model.id, &Quota::id)));
  if (issued.may_tighten) answer.may = {"tighten"};
  return answer;
}

}  // namespace wujin::campaigns
