#pragma once

#include <string>

#include "campaigns/form_templates.h"
#include "documents/value.h"
#include "documents/word_package.h"
#include "files/vault.h"
#include "plans/open_plan.h"
#include "plans/plans_actions.h"

namespace wujin::plans {

// Everything a plan's Word file is made from: gathered on the database's side, filled on a thread of its own.
struct Making {
  documents::WordTemplate form;
  documents::Value::Object values;
  documents::DocumentProperties properties;
  std::string digest;
};

// Exactly the tags of campaigns::plan_tags().
documents::Value::Object document_values(const OpenPlan& plan);
std::string title_of(const OpenPlan& plan);
// Such as 宝峰镇泸永桥村2023年消防宣传“五进”计划表.docx
std::string document_name(const OpenPlan& plan);

Making prepare(const OpenPlan& plan, campaigns::FormTemplates& forms);

// The file as bytes. Errors: template_runaway.
Result<std::string> make(const Making& making);
// The file in the vault, durable. Errors: template_runaway.
Result<MadeDocument> make_and_keep(const Making& making, files::Vault& vault);

}  // namespace wujin::plans
