#include "campaigns/plan_form.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "campaigns/form_tags.h"
#include "campaigns/pattern.h"

namespace wujin::campaigns {
namespace {

using ::testing::ElementsAre;

TEST(PlanForm, breaks_the_dates_after_their_dash_and_sets_long_words_from_the_left) {
  const auto values = plan_row_values({"8月第三周", "8月28日—9月3日", "泸永桥村委会", "三组、四组院坝；冬季取暖", "沈知禾"});
  EXPECT_EQ(*values.at("week_from").text(), "8月28日");
  EXPECT_EQ(*values.at("week_to").text(), "9月3日");
  EXPECT_FALSE(values.at("places_wrap").is_something());
  EXPECT_TRUE(values.at("focus_wrap").is_something());
  const auto one_day = plan_row_values({"8月第一周", "8月1日", "", "", ""});
  EXPECT_EQ(*one_day.at("week_from").text(), "8月1日");
  EXPECT_FALSE(one_day.at("week_to").is_something());
}

TEST(PlanForm, gives_every_tag_of_a_row_and_no_other) {
  std::set<std::string> known;
  for (const auto& tag : plan_tags()) {
    for (const auto& inside : tag.inside) known.insert(inside.name);
  }
  std::set<std::string> given;
  for (const auto& [name, value] : plan_row_values({})) given.insert(name);
  EXPECT_EQ(given, known);
}

TEST(Titles, are_broken_by_meaning_when_a_line_is_too_long) {
  DocumentForm form;
  form.title_lines = {"{town}{village}{year}年{month}月", "消防宣传“五进”工作情况"};
  const auto month = parse_month("2023-10").value();
  EXPECT_THAT(title_lines(form, {"宝峰镇", "三村", 2023, month}), ElementsAre("宝峰镇三村2023年10月", "消防宣传“五进”工作情况"));
  EXPECT_THAT(title_lines(form, {"宝峰镇", "五进示范文明和谐平安幸福村", 2023, month}),
              ElementsAre("宝峰镇五进示范文明和谐平安幸福村", "2023年10月", "消防宣传“五进”工作情况"));
  form.title_lines = {"{town}{village}{year}年消防宣传", "“五进”计划表"};
  EXPECT_THAT(title_lines(form, {"宝峰镇", "五进示范文明和谐平安村", 2023, {}}),
              ElementsAre("宝峰镇五进示范文明和谐平安村", "2023年消防宣传", "“五进”计划表"));
  EXPECT_EQ(one_line_title(form, {"宝峰镇", "五进示范文明和谐平安村", 2023, {}}),
            "宝峰镇五进示范文明和谐平安村2023年消防宣传“五进”计划表");
}

}  // namespace
}  // namespace wujin::campaigns
