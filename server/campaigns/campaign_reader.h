#pragma once

#include "campaigns/campaign.h"
#include "campaigns/toml_reader.h"

namespace wujin::campaigns {

// campaign.toml as a Campaign. Every fault of a single value is noted here; what must fit together is judged by check_campaign.
Campaign read_campaign_table(TomlTable& root);
// issue.toml: from which model the campaign was issued, and to which town.
void read_issue(TomlTable& root, Campaign& campaign);

}  // namespace wujin::campaigns
