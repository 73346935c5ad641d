#include "app/sample_story.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

namespace wujin::app {
namespace {

SampleMaterial material() {
  const std::string path = std::string(WUJIN_SOURCE_DIR) + "/campaigns/baofeng-2023/sample.toml";
  std::stringstream text;
  text << std::ifstream(path).rdbuf();
  return read_sample_material(text.str(), "sample.toml").value();
}

std::vector<SampleActivity> autumn(const SampleMaterial& sample) {
  return compose_activities(sample, *parse_date("2023-08-01"), *parse_date("2023-10-25"));
}

TEST(SampleStory, holds_about_a_hundred_and_fifty_activities_with_four_hundred_pictures) {
  const auto sample = material();
  const auto activities = autumn(sample);
  int pictures = 0;
  for (const auto& activity : activities) pictures += activity.pictures;
  EXPECT_GE(activities.size(), 140u);
  EXPECT_LE(activities.size(), 175u);
  EXPECT_GE(pictures, 370);
  EXPECT_LE(pictures, 470);
}

TEST(SampleStory, is_the_same_each_time) {
  const auto sample = material();
  const auto once = autumn(sample), again = autumn(sample);
  ASSERT_EQ(once.size(), again.size());
  for (std::size_t i = 0; i < once.size(); ++i) {
    EXPECT_EQ(once[i].text, again[i].text);
    EXPECT_EQ(once[i].started_at, again[i].started_at);
  }
}

TEST(SampleStory, lets_only_the_invented_place_repeat_pictures_or_miss_a_month) {
  const auto sample = material();
  std::map<std::string, std::set<std::string>> months;
  for (const auto& activity : autumn(sample)) {
    months[activity.place->id].insert(to_string(month_of(china_date(activity.started_at))));
    if (activity.repeats_a_picture) EXPECT_TRUE(activity.place->sparse);
    EXPECT_EQ(activity.text.find("{point}"), std::string::npos);
  }
  for (const auto& place : sample.places) EXPECT_EQ(months[place.id].size(), place.sparse ? 2u : 3u) << place.name_in_plan;
}

TEST(SampleStory, holds_nothing_on_a_day_no_story_is_about) {
  const auto sample = material();
  const auto activities = compose_activities(sample, *parse_date("2023-08-01"), plus_days(sample.last_told(), 60));
  ASSERT_FALSE(activities.empty());
  for (const auto& activity : activities) EXPECT_LE(china_date(activity.started_at), activity.story->to);
}

TEST(SampleStory, tells_every_story_somewhere) {
  const auto sample = material();
  std::set<const Story*> told;
  for (const auto& activity : autumn(sample)) told.insert(activity.story);
  EXPECT_EQ(told.size(), sample.stories.size());
}

TEST(SampleStory, names_the_line_of_what_it_cannot_read) {
  const Problem broken = read_sample_material("seed = 1\nplace = [", "x.toml").error();
  EXPECT_NE(sentence(broken.code(), broken.parameters(), Language::english).find("x.toml:2"), std::string::npos);
  EXPECT_FALSE(read_sample_material("[[story]]\ntitle = \"a\"\n", "x.toml"));
}

}  // namespace
}  // namespace wujin::app
