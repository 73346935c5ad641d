#pragma once

#include "campaigns/form_templates.h"
#include "files/vault.h"
#include "handins/making.h"
#include "reports/open_report.h"

namespace wujin::reports {

using handins::make;
using handins::make_and_keep;
using handins::Making;

// With the pictures chosen, as far as they are drawn.
Making prepare(Snapshot& snapshot, campaigns::FormTemplates& forms, const files::Vault& vault, const OpenReport& report);

}  // namespace wujin::reports
