#include "tallies/sheet.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wujin::tallies {
namespace {

using testing::ElementsAre;

WeekTally week(const char* place, const char* first_day, std::string cells) {
  return {place, *parse_date(first_day), std::move(cells)};
}

TEST(Sheet, numbers_each_value_once_over_all_weeks) {
  const std::vector<WeekTally> weeks = {week("a", "2023-10-16", "h village/visit/ 2 30 0\nd 3 2 0 0\ne household 2 30 0\n"),
                                        week("a", "2023-10-23", "h village/visit/ 1 0 5\nd 0 1 0 0\ne school 1 0 5\n")};
  const Sheet sheet("a", weeks);
  std::vector<std::string> values;
  for (const Cell& cell : sheet.values()) values.push_back(cell.value);
  EXPECT_THAT(values, ElementsAre("village/visit/", "3", "household", "0", "school"));
  ASSERT_EQ(sheet.weeks().size(), 2U);
  const auto& last = sheet.weeks().back();
  EXPECT_EQ(last.first_day, *parse_date("2023-10-23"));
  ASSERT_EQ(sheet.lines_of(last).size(), 3U);
  ASSERT_EQ(sheet.held_in(last).size(), 1U);
  EXPECT_EQ(sheet.held_in(last).front().value, 0U);
  EXPECT_EQ(sheet.held_in(last).front().counts(), (Counts{1, 0, 5}));
  EXPECT_EQ(last.held, (Counts{1, 0, 5}));
  EXPECT_EQ(last.days, 1U) << "Monday";
  EXPECT_EQ(sheet.weeks().front().held, (Counts{2, 30, 0}));
  EXPECT_EQ(sheet.weeks().front().days, 8U) << "Thursday";
}

TEST(Sheet, is_made_for_each_place) {
  const auto sheets = sheets_of(std::vector<WeekTally>{week("a", "2023-10-16", "h village// 1 0 0\n"),
                                                       week("a", "2023-10-23", "h village// 1 0 0\n"),
                                                       week("b", "2023-10-23", "h village// 1 0 0\n")});
  ASSERT_EQ(sheets.size(), 2U);
  EXPECT_EQ(sheets[0]->place(), "a");
  EXPECT_EQ(sheets[0]->weeks().size(), 2U);
  EXPECT_EQ(sheets[1]->place(), "b");
}

}  // namespace
}  // namespace wujin::tallies
