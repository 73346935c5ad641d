#pragma once

#include <map>
#include <string>
#include <vector>

#include "campaigns/campaign.h"
#include "campaigns/toml_reader.h"
#include "places/place.h"

namespace wujin::campaigns {

// What must fit together in a campaign: identifiers given once and naming something that exists, weeks by hand that cover their
// month, deadlines that do not compete, patterns that hold only placeholders somebody fills. Faults name the line of
// campaign.toml.
void check_campaign(const Campaign& campaign, const std::vector<places::Place>& places, const toml::table& source,
                    FaultList& faults);

// The forms' templates: there, real Word files, with tags that the form knows.
void check_templates(const Campaign& campaign, const std::map<std::string, std::string>& files, const toml::table& source,
                     std::vector<LoadFault>& faults);

}  // namespace wujin::campaigns
