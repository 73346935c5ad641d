#include "documents/icalendar.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "base/text.h"

namespace wujin::documents {
namespace {

using testing::HasSubstr;

ICalendar::Event event() {
  return {"1@wujin", *parse_instant("2023-10-26T00:30:00+08:00"), 2, *parse_date("2023-10-28"), *parse_date("2023-10-31"),
          "截止"};
}

std::string calendar_of(const ICalendar::Event& one) {
  ICalendar calendar("-//Wujin//Test//ZH", "示例");
  calendar.add(one);
  return calendar.finish();
}

TEST(ICalendar, writes_whole_days_with_an_exclusive_end_and_moments_in_utc) {
  const auto text = calendar_of(event());
  EXPECT_THAT(text, HasSubstr("DTSTART;VALUE=DATE:20231028\r\nDTEND;VALUE=DATE:20231101\r\n"));
  EXPECT_THAT(text, HasSubstr("DTSTAMP:20231025T163000Z\r\nSEQUENCE:2\r\n"));
  EXPECT_TRUE(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
  EXPECT_TRUE(text.ends_with("END:VEVENT\r\nEND:VCALENDAR\r\n"));
}

TEST(ICalendar, escapes_what_would_end_a_value_or_a_line) {
  auto one = event();
  one.summary = "a,b;c\\d\r\nBEGIN:VEVENT\x01";
  EXPECT_THAT(calendar_of(one), HasSubstr("SUMMARY:a\\,b\\;c\\\\d\\nBEGIN:VEVENT\r\n"));
}

TEST(ICalendar, folds_at_75_bytes_but_never_within_a_character) {
  for (int shift = 0; shift < 4; ++shift) {
    auto one = event();
    one.summary = std::string(static_cast<std::size_t>(shift), 'a');
    for (int i = 0; i < 100; ++i) one.summary += "镇";
    const auto text = calendar_of(one);
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
      ASSERT_EQ(line.back(), '\r');
      line.pop_back();
      EXPECT_LE(line.size(), 75U);
      EXPECT_TRUE(is_utf8_text(line));
    }
    EXPECT_THAT(replaced(text, "\r\n ", ""), HasSubstr("SUMMARY:" + one.summary + "\r\n"));
  }
}

}  // namespace
}  // namespace wujin::documents
