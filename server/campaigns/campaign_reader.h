#pragma once

#include "campaigns/campaign.h"
#include "campaigns/toml_reader.h"

namespace wujin::campaigns {

// campaign.toml as a Campaign. Every fault of a single value is noted here; what must fit together is judged by check_campaign.
Campaign read_campaign_table(TomlTable& root);

}  // namespace wujin::campaigns
