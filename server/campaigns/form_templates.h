#pragma once

#include <map>
#include <mutex>
#include <string>
#include <tuple>

#include "campaigns/load.h"
#include "documents/known_tags.h"
#include "documents/word_template.h"

namespace wujin::campaigns {

// The Word forms of the campaigns a server runs, each read once a version. Safe to share between threads.
class FormTemplates {
 public:
  // A form that was checked when its version was loaded; a fault in it now is a broken world and throws.
  documents::WordTemplate of(const CampaignBundle& bundle, const DocumentForm& form, const documents::KnownTags& tags);

 private:
  using Which = std::tuple<CampaignId, int, std::string>;  // campaign, version, file
  std::mutex mutex_;
  std::map<Which, documents::WordTemplate> read_;
};

}  // namespace wujin::campaigns
