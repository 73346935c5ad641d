#include "campaigns/catalogue.h"

#include <stdexcept>

#include "campaigns/campaigns_store.h"

namespace wujin::campaigns {
namespace {

Catalogue::Bundle read_bundle(Snapshot& snapshot, const CampaignId& id, int version) {
  const auto outcome = read_campaign(id, files_of(snapshot, id, version));
  // It was checked when it was kept: what does not read now was damaged, or kept by a newer program.
  if (!outcome.bundle) {
    throw std::runtime_error("campaign " + id.text() +
                             " no longer reads: " + describe(outcome.faults.front(), Language::english));
  }
  auto bundle = std::make_shared<CampaignBundle>(*outcome.bundle);
  bundle->campaign.version = version;
  return bundle;
}

}  // namespace

Catalogue::Bundle Catalogue::latest(Snapshot& snapshot, const CampaignId& id) {
  auto bundle = latest_of_either(snapshot, id);
  return bundle && bundle->campaign.is_model ? nullptr : bundle;
}

Catalogue::Bundle Catalogue::latest_of_either(Snapshot& snapshot, const CampaignId& id) {
  const auto stored = latest_version(snapshot, id);
  return stored ? kept(snapshot, id, *stored) : nullptr;
}

Catalogue::Bundle Catalogue::version(Snapshot& snapshot, const CampaignId& id, int version) {
  const auto stored = find_version(snapshot, id, version);
  return stored ? kept(snapshot, id, *stored) : nullptr;
}

std::vector<Catalogue::Bundle> Catalogue::all(Snapshot& snapshot) { return latest_of_each(snapshot, Which::campaigns); }

std::vector<Catalogue::Bundle> Catalogue::models(Snapshot& snapshot) { return latest_of_each(snapshot, Which::models); }

std::vector<Catalogue::Bundle> Catalogue::latest_of_each(Snapshot& snapshot, Which which) {
  std::vector<Bundle> bundles;
  for (const auto& [id, stored] : latest_versions(snapshot)) {
    auto bundle = kept(snapshot, id, stored);
    if (bundle->campaign.is_model == (which == Which::models)) bundles.push_back(std::move(bundle));
  }
  return bundles;
}

Catalogue::Bundle Catalogue::kept(Snapshot& snapshot, const CampaignId& id, const StoredVersion& stored) {
  const std::pair key(id, stored.version);
  {
    const std::lock_guard lock(mutex_);
    const auto found = read_.find(key);
    // A version whose loading was rolled back may have been read: its number is then given again to another content.
    if (found != read_.end() && found->second.digest == stored.digest) return found->second.bundle;
  }
  auto bundle = read_bundle(snapshot, id, stored.version);
  const std::lock_guard lock(mutex_);
  read_[key] = {stored.digest, bundle};
  return bundle;
}

}  // namespace wujin::campaigns
