#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "mailbox/written_dates.h"

// Headings typed by hand in any shape: 一、 （一） (1) 1. 1、 ① 第一周 10月第一周（10月1日—8日） 第1周. Of text made plain. Pure.
namespace wujin::mailbox {

// A number a line begins with.
struct LineNumber {
  int level = 0;  // 1: 一、  2: （一）  3: 1. 1、  4: (1)  5: ① and bullets; 0: none
  std::size_t length = 0;
};
LineNumber line_number(std::u32string_view line);
std::u32string_view without_number(std::u32string_view line);

struct WeekHeading {
  int number = 0;  // 0: only its days are told
  std::optional<WrittenMonth> month;
  std::optional<WrittenDates> dates;
  std::u32string rest;   // what stands behind it in the same line
  std::u32string words;  // the heading itself
};
// `supplement`: the campaign's word for days handed in late (补充), which its days follow.
std::optional<WeekHeading> week_heading(std::u32string_view line, std::u32string_view supplement);

// A week named anywhere: 8月第三周.
std::optional<WeekHeading> week_in(std::u32string_view text);

}  // namespace wujin::mailbox
