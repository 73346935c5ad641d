#include "app/sample_pictures.h"

#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "images/render.h"
#include "tests/database/engines.h"

namespace wujin::app {
namespace {

struct Taken {
  const SampleActivity* activity;
  images::Fingerprint fingerprint;
};

// What reflects badly belongs to the invented place only: no real place may seem to use a picture twice.
TEST(SamplePictures, look_alike_at_the_invented_place_only) {
  std::ifstream file(WUJIN_SOURCE_DIR "/campaigns/baofeng-2023/sample.toml");
  const std::string toml{std::istreambuf_iterator<char>(file), {}};
  const auto material = read_sample_material(toml, "sample.toml").value();
  const auto told = compose_activities(material, parse_date("2023-08-01").value(), parse_date("2023-10-26").value());
  const wujin::test::TemporaryDirectory folder;
  const auto vault = files::open_disk_vault(folder.path() / "vault");
  const auto pictures = draw_sample_pictures(told, material.seed, *vault);
  std::vector<Taken> all;
  for (std::size_t i = 0; i < told.size(); ++i) {
    for (const auto& picture : pictures[i]) {
      const auto bytes = vault->read(picture.facts.sha256);
      all.push_back({&told[i], images::render(std::as_bytes(std::span(bytes))).value().fingerprint});
    }
  }
  int repeated = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t j = i + 1; j < all.size(); ++j) {
      if (images::distance(all[i].fingerprint, all[j].fingerprint) > images::near_duplicate_distance) continue;
      EXPECT_TRUE(all[i].activity->place->sparse && all[j].activity->place->sparse)
          << all[i].activity->story->title << " at " << all[i].activity->place->id << ", " << all[j].activity->story->title
          << " at " << all[j].activity->place->id;
      ++repeated;
    }
  }
  EXPECT_GE(all.size(), 350U);
  EXPECT_GE(repeated, 2);
}

}  // namespace
}  // namespace wujin::app
