#include "database/memo.h"

#include <gtest/gtest.h>

namespace wujin {
namespace {

std::shared_ptr<const int> number(int value) { return std::make_shared<const int>(value); }

TEST(Memo, gives_back_what_was_kept_by_a_name_and_a_type_under_the_same_stamp) {
  Memo memo;
  memo.keep("today", "1", number(5));
  memo.keep("today", "1", std::make_shared<const std::string>("five"));
  EXPECT_EQ(*memo.find<int>("today", "1"), 5);
  EXPECT_EQ(*memo.find<std::string>("today", "1"), "five");
  EXPECT_EQ(memo.find<int>("tomorrow", "1"), nullptr);
  EXPECT_EQ(memo.find<int>("today", "2"), nullptr);
  memo.keep("today", "2", number(6));
  EXPECT_EQ(*memo.find<int>("today", "2"), 6);
  EXPECT_EQ(memo.find<int>("today", "1"), nullptr);
}

TEST(Memo, does_not_grow_without_end_nor_take_away_what_is_held_or_asked_for) {
  Memo memo;
  memo.keep("first", "1", number(1));
  const auto held = memo.find<int>("first", "1");
  memo.keep("asked for", "1", number(2));
  for (int i = 0; i < 100'000; ++i) {
    memo.keep(std::to_string(i), "1", number(i));
    memo.find<int>("asked for", "1");
  }
  EXPECT_EQ(memo.find<int>("first", "1"), nullptr);
  EXPECT_EQ(*held, 1);
  EXPECT_EQ(*memo.find<int>("99999", "1"), 99'999);
  EXPECT_EQ(*memo.find<int>("asked for", "1"), 2);
}

}  // namespace
}  // namespace wujin
