#pragma once

#include <string>
#include <vector>

#include "campaigns/figures.h"
#include "campaigns/form_templates.h"
#include "files/vault.h"
#include "handins/making.h"
#include "reports/content.h"
#include "reports/open_report.h"

// The month of all places of a town in one document (forms.md, section 5): what each has handed in, as it was handed in.
namespace wujin::reports {

struct MergedPart {
  std::string place_name;
  Content content;
};

struct MergedReport {
  Frame frame;
  Month month;
  std::vector<MergedPart> parts;      // in the places' own order
  std::vector<std::string> missing;   // names of places that have nothing handed in; likewise below
  std::vector<std::string> returned;  // whose report went back and did not come again
  std::vector<std::string> exempt;

  const campaigns::Campaign& campaign() const { return frame.bundle->campaign; }
};

// Errors: not_found (no such campaign or month, a campaign without this form), forbidden (who may not read the whole town).
Result<MergedReport> merge_reports(Snapshot& snapshot, campaigns::Catalogue& catalogue, const people::Actor& actor,
                                   const CampaignId& campaign, Month month, Instant now);

campaigns::Figures figures_of(const MergedReport& merged);

// Exactly the tags of campaigns::merged_tags().
documents::Value::Object document_values(const MergedReport& merged, const files::Vault& vault);
handins::Making prepare(const MergedReport& merged, campaigns::FormTemplates& forms, const files::Vault& vault);

}  // namespace wujin::reports
