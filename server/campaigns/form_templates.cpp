#include "campaigns/form_templates.h"

namespace wujin::campaigns {

documents::WordTemplate FormTemplates::of(const CampaignBundle& bundle, const DocumentForm& form,
                                          const documents::KnownTags& tags) {
  const Which which(bundle.campaign.id, bundle.campaign.version, form.template_);
  const std::lock_guard lock(mutex_);
  const auto found = read_.find(which);
  if (found != read_.end()) return found->second;
  auto read = documents::WordTemplate::load(bundle.template_of(form), &tags).value();
  return read_.emplace(which, std::move(read)).first->second;
}

}  // namespace wujin::campaigns
