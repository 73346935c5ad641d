#include "mailbox/written_dates.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mailbox/plain_text.h"

namespace wujin::mailbox {
namespace {

const Unsaid october{parse_date("2023-10-27").value(), parse_month("2023-10").value()};

std::vector<std::string> days_in(const std::string& text) {
  std::vector<std::string> days;
  for (const auto& dates : written_dates(plain(text))) {
    const auto range = resolved(dates, october);
    if (!range) {
      days.emplace_back("none");
    } else {
      days.push_back(range->from == range->to ? to_string(range->from) : to_string(range->from) + "/" + to_string(range->to));
    }
  }
  return days;
}

TEST(WrittenDates, are_read_in_every_shape) {
  const std::pair<const char*, std::vector<std::string>> shapes[] = {
      {"10月7日", {"2023-10-07"}},
      {"１０月７日", {"2023-10-07"}},
      {"10 月 7 日", {"2023-10-07"}},
      {"10月7号上午", {"2023-10-07"}},
      {"2023年10月7日（星期六）", {"2023-10-07"}},
      {"十月七日", {"2023-10-07"}},
      {"二〇二三年十月二十七日", {"2023-10-27"}},
      {"2023-10-07", {"2023-10-07"}},
      {"2023.10.7", {"2023-10-07"}},
      {"2023/10/07", {"2023-10-07"}},
      {"IMG_20231007_1", {"2023-10-07"}},
      {"10.7，在一组", {"2023-10-07"}},
      {"10/7", {"2023-10-07"}},
      {"7日上午", {"2023-10-07"}},
      {"10月7日—9日", {"2023-10-07/2023-10-09"}},
      {"10月7-9日", {"2023-10-07/2023-10-09"}},
      {"10月7日至10月9日", {"2023-10-07/2023-10-09"}},
      {"10.7-10.9", {"2023-10-07/2023-10-09"}},
      {"14日—20日", {"2023-10-14/2023-10-20"}},
      {"14-20日", {"2023-10-14/2023-10-20"}},
      {"10月30日—11月5日", {"2023-10-30/2023-11-05"}},
      {"九月一日至十日", {"2023-09-01/2023-09-10"}},
      {"12月29日—1月4日", {"2023-12-29/2024-01-04"}},
      {"10月5日、10月6日", {"2023-10-05", "2023-10-06"}},
  };
  for (const auto& [text, days] : shapes) EXPECT_EQ(days_in(text), days) << text;
}

TEST(WrittenDates, are_not_read_where_none_stands) {
  for (const char* text : {"10.7万元", "共30人", "10月份", "10月第三周", "3个月", "第7日", "每日2次", "10月32日", "13月5日",
                           "1.2 开展情况", "10月3场活动", "约10.5米", "119消防日", "2组、3组", "3日内报送", ""}) {
    const auto days = days_in(text);
    // 1.2 may be a day of January: whoever asks for one of October refuses it.
    if (std::string(text).starts_with("1.2")) continue;
    EXPECT_THAT(days, testing::Each(testing::StrEq("none"))) << text;
  }
}

std::vector<std::string> months_in(const std::string& text) {
  std::vector<std::string> months;
  for (const auto& month : written_months(plain(text))) months.push_back(to_string(resolved(month, october)));
  return months;
}

TEST(WrittenMonths, are_read_where_no_day_follows) {
  const std::pair<const char*, std::vector<std::string>> shapes[] = {
      {"泸永桥村2023年10月消防宣传", {"2023-10"}},
      {"10月份", {"2023-10"}},
      {"十月工作情况", {"2023-10"}},
      {"十一月第一周", {"2023-11"}},
      {"202309月报", {"2023-09"}},
      {"2023-09 月报", {"2023-09"}},
      {"8月至12月", {"2023-08", "2023-12"}},
      {"8-12月", {"2023-08", "2023-12"}},
      {"10月7日", {}},
      {"3个月", {}},
      {"2023年", {}},
  };
  for (const auto& [text, months] : shapes) EXPECT_EQ(months_in(text), months) << text;
}

TEST(WrittenDates, take_the_year_that_is_nearest) {
  const Unsaid january{parse_date("2024-01-03").value(), std::nullopt};
  EXPECT_EQ(resolved(WrittenDay{std::nullopt, 12, 20}, january), parse_date("2023-12-20").value());
  EXPECT_EQ(resolved(WrittenDay{std::nullopt, 2, 30}, january), std::nullopt);
  EXPECT_EQ(resolved(WrittenDay{std::nullopt, std::nullopt, 7}, january), std::nullopt);
}

}  // namespace
}  // namespace wujin::mailbox
