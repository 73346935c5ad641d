#include "campaigns/campaigns_store.h"

#include <fmt/format.h>

#include "base/digest.h"
#include "base/text.h"

namespace wujin::campaigns {
namespace {

StoredVersion read_version(const Row& row) { return {row.number(0), row.string(1)}; }

constexpr std::string_view select_latest = R"(
SELECT version, digest FROM campaign_versions WHERE campaign = $1 ORDER BY version DESC LIMIT 1)";

}  // namespace

std::optional<StoredVersion> latest_version(Snapshot& snapshot, const CampaignId& id) {
  return snapshot.first(select_latest, {id}, read_version);
}

namespace {
constexpr std::string_view select_version = "SELECT version, digest FROM campaign_versions WHERE campaign = $1 AND version = $2";
}

std::optional<StoredVersion> find_version(Snapshot& snapshot, const CampaignId& id, int version) {
  return snapshot.first(select_version, {id, version}, read_version);
}

namespace {
constexpr std::string_view select_files = "SELECT path, bytes FROM campaign_files WHERE campaign = $1 AND version = $2";
}

std::map<std::string, std::string> files_of(Snapshot& snapshot, const CampaignId& id, int version) {
  std::map<std::string, std::string> files;
  snapshot.each(select_files, {id, version}, [&](const Row& row) {
    const auto bytes = row.bytes(1);
    files.emplace(row.string(0), std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
  });
  return files;
}

namespace {
constexpr std::string_view select_latest_versions = R"(
SELECT v.version, v.digest, v.campaign FROM campaign_versions v
WHERE v.version = (SELECT MAX(w.version) FROM campaign_versions w WHERE w.campaign = v.campaign)
ORDER BY v.year DESC, v.campaign)";
}

std::vector<std::pair<CampaignId, StoredVersion>> latest_versions(Snapshot& snapshot) {
  std::vector<std::pair<CampaignId, StoredVersion>> latest;
  snapshot.each(select_latest_versions, {},
                [&](const Row& row) { latest.emplace_back(row.key<Campaign>(2), read_version(row)); });
  return latest;
}

std::string digest_of(const CampaignBundle& bundle) {
  std::string everything;
  for (const auto& [path, bytes] : bundle.files) {
    everything += fmt::format("{}:{}{}:", path.size(), path, bytes.size());
    everything += bytes;
  }
  return to_hex(sha256(everything));
}

namespace {
constexpr std::string_view insert_campaign = R"(
INSERT INTO campaign_versions (campaign, version, digest, town, year, loaded_at) VALUES ($1, $2, $3, $4, $5, $6))";

constexpr std::string_view insert_file = "INSERT INTO campaign_files (campaign, version, path, bytes) VALUES ($1, $2, $3, $4)";
}  // namespace

void insert_version(Transaction& transaction, const CampaignBundle& bundle, int version, const std::string& digest, Instant now) {
  const auto& campaign = bundle.campaign;
  transaction.execute(insert_campaign, {campaign.id, version, digest, campaign.town, campaign.year, now});
  for (const auto& [path, bytes] : bundle.files) {
    transaction.execute(insert_file, {campaign.id, version, path, std::as_bytes(std::span(bytes))});
  }
}

}  // namespace wujin::campaigns
