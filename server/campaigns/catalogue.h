#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "campaigns/load.h"
#include "database/database.h"

namespace wujin::campaigns {

// The campaigns a server runs, read from the database once a version (versions never change). Safe to share between threads.
class Catalogue {
 public:
  using Bundle = std::shared_ptr<const CampaignBundle>;

  Bundle latest(Snapshot& snapshot, const CampaignId& id);  // null: there is no such campaign
  Bundle version(Snapshot& snapshot, const CampaignId& id, int version);
  std::vector<Bundle> all(Snapshot& snapshot);  // the latest of each, newest year first

 private:
  std::mutex mutex_;
  std::map<std::pair<CampaignId, int>, Bundle> read_;
};

}  // namespace wujin::campaigns
