#include "campaigns/forms.h"

#include "campaigns/campaign_answer.h"
#include "campaigns/issue.h"
#include "places/place_store.h"

namespace wujin::campaigns {
namespace {

constexpr FormKind kinds[] = {FormKind::plan, FormKind::report, FormKind::summary, FormKind::merged, FormKind::appraisal};

const DocumentForm* present(const std::optional<DocumentForm>& form) { return form ? &*form : nullptr; }

std::vector<FormKind> without(std::vector<FormKind> forms, FormKind kind) {
  std::erase(forms, kind);
  return forms;
}

// A fault of the form stands at its tag; the file's name says nothing to who has just picked it.
Problem faults_of_form(const std::vector<LoadFault>& faults) {
  std::vector<Fault> list;
  list.reserve(faults.size());
  for (const LoadFault& fault : faults)
    list.push_back({fault.field.empty() ? "form" : fault.field, fault.code, fault.parameters});
  return Problem::of(std::move(list));
}

}  // namespace

const DocumentForm* form_of(const Campaign& campaign, FormKind kind) {
  const Documents& documents = campaign.documents;
  switch (kind) {
    case FormKind::plan:
      return &documents.plan;
    case FormKind::report:
      return &documents.report;
    case FormKind::summary:
      return present(documents.summary);
    case FormKind::merged:
      return present(documents.merged);
    case FormKind::appraisal:
      return present(documents.appraisal);
  }
  return nullptr;
}

std::vector<FormKind> forms_of(const Campaign& campaign) {
  std::vector<FormKind> forms;
  for (const FormKind kind : kinds) {
    const DocumentForm* form = form_of(campaign, kind);
    if (form != nullptr && !form->template_.empty()) forms.push_back(kind);
  }
  return forms;
}

Result<PutForm> put_form(Transaction& transaction, Catalogue& catalogue, const people::Actor& actor, const CampaignId& id,
                         FormKind kind, std::string word, const std::optional<std::string>& etag,
                         const std::vector<InUse>& in_use, Instant now) {
  const auto before = visible_campaign(transaction, catalogue, actor, id, now);
  if (!before) return before.error();
  const Campaign& campaign = (*before)->campaign;
  const DocumentForm* form = form_of(campaign, kind);
  if (form == nullptr || form->template_.empty()) return Problem(ProblemCode::not_found);
  // Before the file is read: who may not put it learns nothing of it.
  const auto path = places::read_tree(transaction, china_date(now)).place_and_ancestors(campaign.town);
  if (!people::may(actor, people::Verb::load_campaign, path)) return Problem(ProblemCode::forbidden);
  if (!etag) return Problem(ProblemCode::if_match_required);
  auto files = (*before)->files;
  std::string& present_word = files.at(form->template_);
  // A repeat of what was done finds the version it made.
  if (present_word == word) return PutForm{*before, false};
  if (*etag != "*" && *etag != etag_of(campaign)) return Problem(ProblemCode::stale);
  present_word = std::move(word);
  put_replaced_forms(files, without(replaced_forms(files), kind));
  const auto outcome = read_campaign(id, std::move(files));
  if (!outcome.bundle) return faults_of_form(outcome.faults);
  Keeping keeping;
  keeping.actor = &actor;
  keeping.verb = "put_form";
  const auto kept = keep_version(transaction, catalogue, keeping, *outcome.bundle, in_use, now);
  if (!kept) return kept.error();
  return PutForm{catalogue.version(transaction, id, kept->version), true};
}

}  // namespace wujin::campaigns
