#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "campaigns/load.h"
#include "database/database.h"
#include "database/migrate.h"

// Versions of campaigns: immutable, numbered from 1, whole with their templates. Rooms read them through the Catalogue.
namespace wujin::campaigns {

std::span<const Migration> migrations();

struct StoredVersion {
  int version = 0;
  std::string digest;
};
std::optional<StoredVersion> latest_version(Snapshot& snapshot, const CampaignId& id);
std::optional<StoredVersion> find_version(Snapshot& snapshot, const CampaignId& id, int version);
std::map<std::string, std::string> files_of(Snapshot& snapshot, const CampaignId& id, int version);
// Of each campaign, the newest year first.
std::vector<std::pair<CampaignId, StoredVersion>> latest_versions(Snapshot& snapshot);

// Of the files, names and bytes: the same content has the same digest.
std::string digest_of(const CampaignBundle& bundle);

void insert_version(Transaction& transaction, const CampaignBundle& bundle, int version, const std::string& digest, Instant now);

}  // namespace wujin::campaigns
