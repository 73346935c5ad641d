#pragma once

#include <string>

#include "campaigns/form_templates.h"
#include "documents/value.h"
#include "handins/making.h"
#include "plans/open_plan.h"

namespace wujin::plans {

using handins::make;
using handins::make_and_keep;
using handins::Making;

// Exactly the tags of campaigns::plan_tags().
documents::Value::Object document_values(const OpenPlan& plan);
std::string title_of(const OpenPlan& plan);
// Such as 宝峰镇泸永桥村2023年消防宣传“五进”计划表.docx
std::string document_name(const OpenPlan& plan);

Making prepare(const OpenPlan& plan, campaigns::FormTemplates& forms);

}  // namespace wujin::plans
