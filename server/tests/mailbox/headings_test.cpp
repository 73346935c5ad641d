#include "mailbox/headings.h"

#include <string>

#include <gtest/gtest.h>

#include "mailbox/plain_text.h"

namespace wujin::mailbox {
namespace {

TEST(LineNumbers, are_known_in_every_shape) {
  const std::pair<const char*, int> lines[] = {
      {"一、工作情况", 1}, {"十一．工作", 1}, {"（一）消防", 2}, {"(一) 消防", 2}, {"1.消防", 3}, {"1、消防", 3},
      {"１．消防", 3},     {"(1)消防", 4},    {"1)消防", 4},     {"①消防", 5},     {"●消防", 5},  {"10.7活动", 0},
      {"第一周", 0},       {"十月工作", 0},   {"10月7日", 0},    {"", 0},
  };
  for (const auto& [line, level] : lines) EXPECT_EQ(line_number(plain(line)).level, level) << line;
  EXPECT_EQ(to_utf8(without_number(plain("一、（一）消防"))), "消防");
}

TEST(WeekHeadings, are_known_in_every_shape) {
  struct Shape {
    const char* line;
    int number;
    bool has_days;
    const char* rest;
  };
  const Shape shapes[] = {
      {"一、10月第一周（10月1日—8日）", 1, true, ""},
      {"第1周", 1, false, ""},
      {"第 三 周：", 3, false, ""},
      {"2.第2周(8.7-8.13)", 2, true, ""},
      {"10月份第四周工作情况", 4, false, ""},
      {"本月第二周", 2, false, ""},
      {"（10月1日—10月8日）", 0, true, ""},
      {"补充：10月29日—31日", 0, true, ""},
      {"第一周：10月3日，在院坝开展宣传", 1, false, "10月3日,在院坝开展宣传"},
      {"第一个星期，走进学校", 1, false, "走进学校"},
  };
  for (const auto& shape : shapes) {
    const auto heading = week_heading(plain(shape.line), U"补充");
    ASSERT_TRUE(heading) << shape.line;
    EXPECT_EQ(heading->number, shape.number) << shape.line;
    EXPECT_EQ(heading->dates.has_value(), shape.has_days) << shape.line;
    EXPECT_EQ(to_utf8(heading->rest), shape.rest) << shape.line;
  }
}

TEST(WeekHeadings, are_none_of_these) {
  for (const char* line : {"10月7日", "消防宣传进农村", "在第一周内完成", "一周工作", "第一周至第二周", "建村第3周年",
                           "10月7日—9日，在一组开展宣传活动"}) {
    EXPECT_FALSE(week_heading(plain(line), U"补充")) << line;
  }
}

}  // namespace
}  // namespace wujin::mailbox
