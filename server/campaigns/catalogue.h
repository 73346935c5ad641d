#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "campaigns/load.h"
#include "database/database.h"

namespace wujin::campaigns {

struct StoredVersion;

// The campaigns a server runs, each version read from the database once (versions never change). Safe to share between threads.
class Catalogue {
 public:
  using Bundle = std::shared_ptr<const CampaignBundle>;

  // What records are made in. A model is none of these: whoever asks for it here is told that there is no such campaign.
  Bundle latest(Snapshot& snapshot, const CampaignId& id);  // null: there is no such campaign
  std::vector<Bundle> all(Snapshot& snapshot);              // the latest of each, newest year first

  std::vector<Bundle> models(Snapshot& snapshot);  // the latest of each, newest year first
  // Of campaigns and models alike.
  Bundle latest_of_either(Snapshot& snapshot, const CampaignId& id);
  Bundle version(Snapshot& snapshot, const CampaignId& id, int version);

 private:
  struct Read {
    std::string digest;
    Bundle bundle;
  };
  enum class Which : std::uint8_t { campaigns, models };
  std::vector<Bundle> latest_of_each(Snapshot& snapshot, Which which);
  Bundle kept(Snapshot& snapshot, const CampaignId& id, const StoredVersion& stored);

  std::mutex mutex_;
  std::map<std::pair<CampaignId, int>, Read> read_;
};

}  // namespace wujin::campaigns
