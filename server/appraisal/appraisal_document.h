#pragma once

#include "appraisal/appraisal_actions.h"
#include "campaigns/form_templates.h"
#include "handins/making.h"
#include "spreadsheets/table.h"

// An appraisal on paper and as a table.
namespace wujin::appraisal {

bool has_form(const OpenAppraisal& open);

// Exactly the tags of campaigns::appraisal_tags().
documents::Value::Object document_values(const OpenAppraisal& open);
handins::Making prepare(const OpenAppraisal& open, campaigns::FormTemplates& forms);

// The columns of the table: place, items, marks where the campaign gives them, and what stands beside.
std::vector<spreadsheets::Column> columns_of(const Appraisal& appraisal, Language language);
// A row for each place, and the note under them.
void fill(spreadsheets::Table& table, const OpenAppraisal& open, Language language);
// 考核依据, as a heading and in the name of the file.
std::string table_title(Language language);
std::string table_name(const OpenAppraisal& open, Language language);

}  // namespace wujin::appraisal
