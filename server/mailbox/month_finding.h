#pragma once

#include <vector>

#include "campaigns/campaign.h"
#include "mailbox/read_source.h"

// Which month a report is of. Pure.
namespace wujin::mailbox {

struct FoundMonth {
  Finding<Month> month;  // at least a guess by the day it came
  std::vector<Doubt> doubts;
};

FoundMonth find_month(const Incoming& incoming, const std::vector<ReadSource>& sources, const ReadSource* main,
                      const campaigns::Campaign& campaign);

}  // namespace wujin::mailbox
