#pragma once

#include "campaigns/form_templates.h"
#include "files/vault.h"
#include "handins/making.h"
#include "summaries/open_summary.h"

namespace wujin::summaries {

// The pictures that are here, ready to be embedded.
using Pictures = std::map<Id<Photo>, documents::Picture>;

// Exactly the tags of campaigns::summary_tags().
documents::Value::Object document_values(const OpenSummary& summary, const Pictures& pictures);

// Such as 宝峰镇泸永桥村2023年消防宣传“五进”工作总结.docx
std::string document_name(const OpenSummary& summary);

handins::Making prepare(Snapshot& snapshot, campaigns::FormTemplates& forms, const files::Vault& vault,
                        const OpenSummary& summary);

}  // namespace wujin::summaries
