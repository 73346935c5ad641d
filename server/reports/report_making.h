#pragma once

#include <string>

#include "campaigns/form_templates.h"
#include "documents/word_template.h"
#include "files/vault.h"
#include "reports/open_report.h"
#include "reports/reports_actions.h"

// A report's Word file is made away from the database, on a thread of its own, and only then frozen by hand_in_report.
namespace wujin::reports {

// Everything the file is made from.
struct Making {
  documents::WordTemplate form;
  documents::Value::Object values;
  documents::DocumentProperties properties;
  std::string file_name;
  std::string digest;
  int undrawn = 0;  // chosen pictures that are here, but whose large rendition is still being drawn
};

Making prepare(Snapshot& snapshot, campaigns::FormTemplates& forms, const files::Vault& vault, const OpenReport& report);

// The file as bytes. Errors: template_runaway.
Result<std::string> make(const Making& making);
// The file in the vault, durable. Errors: template_runaway.
Result<MadeDocument> make_and_keep(const Making& making, files::Vault& vault);

}  // namespace wujin::reports
