#include "database/memo.h"

#include <gtest/gtest.h>

namespace wujin {
namespace {

std::shared_ptr<const int> number(int value) { return std::make_shared<const int>(value); }

TEST(Memo, gives_back_what_was_kept_under_a_stamp_and_a_type) {
  Memo memo;
  memo.keep("today", number(5));
  memo.keep("today", std::make_shared<const std::string>("five"));
  EXPECT_EQ(*memo.find<int>("today"), 5);
  EXPECT_EQ(*memo.find<std::string>("today"), "five");
  EXPECT_EQ(memo.find<int>("tomorrow"), nullptr);
}

TEST(Memo, does_not_grow_without_end_nor_take_away_what_is_held) {
  Memo memo;
  memo.keep("first", number(1));
  const auto held = memo.find<int>("first");
  for (int i = 0; i < 1000; ++i) memo.keep(std::to_string(i), number(i));
  EXPECT_EQ(memo.find<int>("first"), nullptr);
  EXPECT_EQ(*held, 1);
  EXPECT_EQ(*memo.find<int>("999"), 999);
}

}  // namespace
}  // namespace wujin
