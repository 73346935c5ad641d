#include "seed/drawn_photo.h"

#include <gtest/gtest.h>
#include <spdlog/sinks/null_sink.h>

#include "activities/activities_actions.h"
#include "app/application.h"
#include "base/text.h"
#include "campaigns/campaigns_actions.h"
#include "campaigns/load.h"
#include "database/engines.h"
#include "images/scene.h"
#include "people/actor.h"

namespace wujin::bench {
namespace {

const Instant now = parse_instant("2023-10-20T09:00:00+08:00").value();

// A town with one campaign in which the same two activities are recorded, each with one picture; the second looks like the first.
class RecordedTown {
 public:
  RecordedTown()
      : clock_(now), log_("test", std::make_shared<spdlog::sinks::null_sink_mt>()), house_(config(), {clock_, dice_, log_}) {
    const auto loaded = campaigns::load_campaign(WUJIN_SOURCE_DIR "/campaigns/baofeng-2023");
    const auto kept = house_.database().write_now([&](Transaction& transaction) {
      return campaigns::keep_campaign(transaction, house_.catalogue(), std::nullopt, *loaded.bundle, {}, now);
    });
    EXPECT_TRUE(kept);
    SeededRandomness same(7);
    actor_.account = Id<people::Account>::random(same);
    actor_.display_name = "村甲";
    actor_.grants = {{people::Role::village, places::PlaceId("500118112200")}};
    for (auto& id : activities_) id = Id<activities::Activity>::random(same);
    for (auto& id : photos_) id = Id<photos::Photo>::random(same);
  }

  app::House& house() { return house_; }
  const people::Actor& actor() const { return actor_; }
  Id<photos::Photo> photo(int index) const { return photos_[static_cast<std::size_t>(index)]; }
  Id<activities::Activity> activity(int index) const { return activities_[static_cast<std::size_t>(index)]; }

  Result<> submit(Transaction& transaction, int index, const files::FileFacts& facts) {
    activities::ActivityChange change;
    change.campaign = activities::CampaignId("baofeng-2023");
    change.place = places::PlaceId("500118112200");
    change.entry = "countryside";
    change.started_at = now;
    change.title = "院坝会";
    change.text = "在一组院坝讲解用电安全。";
    activities::PhotoClaim claim;
    claim.id = photo(index);
    claim.bytes = static_cast<std::int64_t>(facts.size);
    claim.sha256 = to_hex(facts.sha256);
    change.photos = {claim};
    const auto done = activities::submit_activity(transaction, house_.catalogue(), actor_, activity(index), change, {}, now);
    return done ? Result<>() : Result<>(done.error());
  }

  // Every row of a table in a stable order, a line each.
  std::vector<std::string> rows(const std::string& table) {
    return house_.database().read_now([&](Snapshot& snapshot) {
      std::string columns;
      snapshot.each("SELECT name FROM pragma_table_info('" + table + "')", {}, [&](const Row& row) {
        columns += (columns.empty() ? "quote(" : " || ', ' || quote(") + row.string(0) + ")";
      });
      std::vector<std::string> lines;
      snapshot.each("SELECT " + columns + " AS line FROM " + table + " ORDER BY line", {},
                    [&](const Row& row) { lines.push_back(row.string(0)); });
      return lines;
    });
  }

 private:
  app::Config config() const {
    app::Config config;
    config.data = folder_.path();
    return config;
  }

  test::TemporaryDirectory folder_;
  ManualClock clock_;
  SeededRandomness dice_{3};
  spdlog::logger log_;
  app::House house_;
  people::Actor actor_;
  std::array<Id<activities::Activity>, 2> activities_;
  std::array<Id<photos::Photo>, 2> photos_;
};

// As in real use: the bytes arrive, the job draws.
void record_really(RecordedTown& town, int index, const std::string& jpeg) {
  const auto facts = town.house().vault().store(jpeg);
  const auto kept = town.house().database().write_now([&](Transaction& transaction) -> Result<> {
    if (const auto submitted = town.submit(transaction, index, facts); !submitted) return submitted;
    const photos::House house{town.house().queue(), town.house().vault(), town.house().owners()};
    return photos::receive(transaction, house, town.actor().account.uuid(), town.photo(index), facts, now);
  });
  ASSERT_TRUE(kept);
  EXPECT_EQ(town.house().workers().run_due(), 1);
}

// What the seeder is told of a picture, read from where it was really drawn.
DrawnPhoto drawn_in(RecordedTown& town, int index) {
  return town.house().database().read_now([&](Snapshot& snapshot) {
    DrawnPhoto drawn;
    drawn.photo = photos::find(snapshot, town.photo(index)).value();
    from_hex(drawn.photo.sha256, drawn.facts.sha256);
    drawn.facts.size = static_cast<std::uint64_t>(drawn.photo.bytes);
    drawn.facts.crc32 = static_cast<std::uint32_t>(drawn.photo.crc32.value());
    drawn.renditions = {photos::rendition(snapshot, town.photo(index), photos::Size::small).value(),
                        photos::rendition(snapshot, town.photo(index), photos::Size::large).value()};
    drawn.fingerprint = photos::fingerprint_of(snapshot, town.photo(index))->fingerprint;
    for (const auto& near : photos::near_duplicates(snapshot, town.photo(index), 10)) {
      if (index > 0) drawn.alike.emplace_back(near.photo, near.distance);
    }
    return drawn;
  });
}

TEST(DrawnPhoto, leaves_the_rows_of_a_picture_that_was_received_and_drawn) {
  const std::array<std::string, 2> pictures = {images::draw_scene(images::Scene::yard, 5, now),
                                               images::draw_scene_again(images::Scene::yard, 5, now)};
  RecordedTown real, seeded;
  for (int i = 0; i < 2; ++i) record_really(real, i, pictures[static_cast<std::size_t>(i)]);
  ASSERT_EQ(drawn_in(real, 1).alike.size(), 1U);

  const auto vault = pretended_vault();
  const photos::House house{seeded.house().queue(), *vault, seeded.house().owners()};
  for (int i = 0; i < 2; ++i) {
    const auto drawn = drawn_in(real, i);
    const auto kept = seeded.house().database().write_now([&](Transaction& transaction) -> Result<> {
      if (const auto submitted = seeded.submit(transaction, i, drawn.facts); !submitted) return submitted;
      leave_drawn(transaction, house, drawn, now);
      drop_drawing(transaction);
      return {};
    });
    ASSERT_TRUE(kept);
  }

  for (const char* table : {"activities", "activity_photos", "photos", "photo_renditions", "photo_fingerprints",
                            "photo_likenesses", "photo_leftovers", "change_entries", "change_feed", "audit_entries",
                            "audit_heads", "week_tallies", "town_tallies", "places", "points"}) {
    EXPECT_EQ(seeded.rows(table), real.rows(table)) << table;
  }
  EXPECT_EQ(seeded.rows("jobs").size(), real.rows("jobs").size());
}

}  // namespace
}  // namespace wujin::bench
