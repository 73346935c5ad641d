#include "http/list_order.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wujin::http {
namespace {

using testing::ElementsAre;

TEST(ListOrder, puts_rows_with_nothing_under_the_head_last_either_way) {
  const std::vector<std::pair<std::string, std::optional<int>>> rows = {{"a", 2}, {"b", {}}, {"c", 1}, {"d", 2}, {"e", {}}};
  const auto ordered = [&](bool descending) {
    auto all = rows;
    put_in_order(all, descending, [](const auto& row) { return row.second; });
    std::vector<std::string> names;
    for (const auto& row : all) names.push_back(row.first);
    return names;
  };
  EXPECT_THAT(ordered(false), ElementsAre("c", "a", "d", "b", "e"));
  EXPECT_THAT(ordered(true), ElementsAre("a", "d", "c", "b", "e"));
}

TEST(ListOrder, leaves_no_row_in_an_empty_list) {
  std::vector<int> none;
  put_in_order(none, false, [](int row) { return std::optional(row); });
  EXPECT_TRUE(none.empty());
}

}  // namespace
}  // namespace wujin::http
