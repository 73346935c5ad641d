#include "activities/activity.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "activities/sample.h"

namespace wujin::activities {
namespace {

std::vector<std::string> faults_of(const Result<>& result) {
  std::vector<std::string> list;
  if (result) return list;
  const Problem problem = result.error();
  for (const Fault& fault : problem.faults()) list.push_back(fault.field + " " + std::string(slug(fault.code)));
  return list;
}

TEST(Activity, needs_only_what_the_contract_requires) { EXPECT_TRUE(check(sample_change(), sample_campaign())); }

TEST(Activity, names_every_choice_the_campaign_does_not_know) {
  auto change = sample_change();
  change.entry = "moon";
  change.kind = "party";
  change.form = "x";
  change.sector = "x";
  change.work_item = "9";
  change.audiences = {{"farmers", "martians"}};
  change.topics = {{"x"}};
  change.settings = {{"x"}};
  EXPECT_THAT(faults_of(check(change, sample_campaign())),
              testing::UnorderedElementsAre("entry unknown_choice", "kind unknown_choice", "form unknown_choice",
                                            "sector unknown_choice", "work_item unknown_choice", "audiences[1] unknown_choice",
                                            "topics[0] unknown_choice", "settings[0] unknown_choice"));
}

struct BadInput {
  const char* fault;
  void (*spoil)(ActivityChange&);
};

TEST(Activity, refuses_what_makes_no_sense) {
  const BadInput table[] = {
      {"title required", [](ActivityChange& c) { c.title.clear(); }},
      {"title too_long", [](ActivityChange& c) { c.title = std::string(121, 'x'); }},
      {"text too_long", [](ActivityChange& c) { c.text = std::string(5001, 'x'); }},
      {"point too_long", [](ActivityChange& c) { c.point = std::string(65, 'x'); }},
      {"people_about out_of_range", [](ActivityChange& c) { c.people_about = -1; }},
      {"leaflets out_of_range", [](ActivityChange& c) { c.leaflets = 10'000'001; }},
      {"started_at out_of_range", [](ActivityChange& c) { c.started_at = *parse_instant("2022-10-26T09:00:00+08:00"); }},
      {"started_at out_of_range", [](ActivityChange& c) { c.started_at = *parse_instant("2024-01-01T00:00:00+08:00"); }},
      {"ended_at out_of_range", [](ActivityChange& c) { c.ended_at = c.started_at - std::chrono::minutes(1); }},
      {"partners[0] too_long", [](ActivityChange& c) { c.partners = {{std::string(65, 'x')}}; }},
      {"clock_offset_ms out_of_range", [](ActivityChange& c) { c.clock_offset_ms = std::int64_t{1} << 60; }},
      {"photos[0].bytes out_of_range", [](ActivityChange& c) { c.photos[0].bytes = 0; }},
      {"photos[0].bytes out_of_range", [](ActivityChange& c) { c.photos[0].bytes = 50 * 1024 * 1024 + 1; }},
      {"photos[0].sha256 invalid", [](ActivityChange& c) { c.photos[0].sha256 = std::string(64, 'A'); }},
      {"photos[0].sha256 invalid", [](ActivityChange& c) { c.photos[0].sha256 = "abc"; }},
      {"photos[0].latitude out_of_range", [](ActivityChange& c) { c.photos[0].latitude = 90.5; }},
      {"photos[0].longitude out_of_range", [](ActivityChange& c) { c.photos[0].longitude = -181; }},
      {"photos[1].id duplicate", [](ActivityChange& c) { c.photos.push_back(c.photos[0]); }},
  };
  for (const BadInput& row : table) {
    auto change = sample_change();
    row.spoil(change);
    EXPECT_THAT(faults_of(check(change, sample_campaign())), testing::ElementsAre(row.fault));
  }
  auto change = sample_change();
  const auto photo = change.photos[0];
  change.photos.clear();
  SeededRandomness randomness(3);
  for (int i = 0; i < 61; ++i) {
    change.photos.push_back(photo);
    change.photos.back().id = Id<Photo>::random(randomness);
  }
  EXPECT_THAT(faults_of(check(change, sample_campaign())), testing::ElementsAre("photos too_many"));
}

TEST(Activity, takes_the_first_and_the_last_moment_of_the_campaign) {
  for (const auto* moment : {"2023-08-01T00:00:00+08:00", "2023-12-31T23:59:59.999+08:00"}) {
    auto change = sample_change();
    change.started_at = *parse_instant(moment);
    EXPECT_TRUE(check(change, sample_campaign())) << moment;
  }
}

TEST(Activity, tidies_words_and_lists_before_it_keeps_them) {
  auto change = sample_change();
  change.title = "　院坝会 ";
  change.text = "第一行\r\n第二行\n";
  change.point = "  ";
  change.partners = {{"物业", " 物业 ", ""}};
  change.topics = std::vector<std::string>();
  change.date_only = false;
  const auto kept = tidied(change);
  EXPECT_EQ(kept.title, "院坝会");
  EXPECT_EQ(kept.text, "第一行\n第二行");
  EXPECT_FALSE(kept.point);
  EXPECT_THAT(*kept.partners, testing::ElementsAre("物业"));
  EXPECT_FALSE(kept.topics);
  EXPECT_FALSE(kept.date_only);
}

TEST(Activity, is_the_same_whatever_the_phones_clock_said) {
  const auto change = sample_change();
  Activity kept;
  static_cast<ActivityContent&>(kept) = change;
  for (const auto& photo : change.photos) kept.photos.push_back({photo.id, photo.caption});
  auto again = change;
  again.clock_offset_ms = 5;
  again.reason = "x";
  EXPECT_TRUE(is_same(kept, again));
  again.photos[0].caption = "院坝会现场";
  EXPECT_FALSE(is_same(kept, again));
  again = change;
  again.people_about = 3;
  EXPECT_FALSE(is_same(kept, again));
}

}  // namespace
}  // namespace wujin::activities
