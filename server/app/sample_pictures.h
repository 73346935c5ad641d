#pragma once

#include <vector>

#include "app/sample_story.h"
#include "base/id.h"
#include "files/vault.h"
#include "photos/photo.h"

namespace wujin::app {

// A picture of the sample, drawn and in the vault.
struct SamplePicture {
  Id<photos::Photo> id;
  Instant taken_at;
  files::FileFacts facts;
};

// The pictures of every activity, in their order, drawn on two threads. The same material, the same pictures.
std::vector<std::vector<SamplePicture>> draw_sample_pictures(const std::vector<SampleActivity>& activities, std::uint64_t seed,
                                                             files::Vault& vault);

}  // namespace wujin::app
