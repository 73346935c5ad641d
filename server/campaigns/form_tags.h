#pragma once

#include "campaigns/campaign.h"
#include "documents/known_tags.h"

// The tags a campaign's Word forms may use; docs/templates.zh-CN.md explains each to whoever edits a form. The rooms that fill a
// form give exactly these.
namespace wujin::campaigns {

documents::KnownTags plan_tags();
documents::KnownTags report_tags();
documents::KnownTags merged_tags();
// Its figures have a column for each entry, named by the entry's id.
documents::KnownTags summary_tags(const std::vector<Choice>& entries);
// Its rows have a column for each item, named by the item's id.
documents::KnownTags appraisal_tags(const std::vector<AppraisalItem>& items);

}  // namespace wujin::campaigns
