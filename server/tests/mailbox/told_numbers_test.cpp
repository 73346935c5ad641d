#include "mailbox/told_numbers.h"

#include <optional>

#include <gtest/gtest.h>

#include "mailbox/plain_text.h"

namespace wujin::mailbox {
namespace {

struct Told {
  const char* text;
  std::optional<int> people;
  std::optional<int> leaflets;
};

TEST(ToldNumbers, are_taken_only_when_they_are_plain) {
  const Told texts[] = {
      {"参加群众约200人，发放宣传资料300余份。", 200, 300},
      {"师生三百余人参加", 300, std::nullopt},
      {"１２０名群众到场", 120, std::nullopt},
      {"受教育群众达1500余人次", 1500, std::nullopt},
      {"组织志愿者10人", std::nullopt, std::nullopt},
      {"村干部5人参加", std::nullopt, std::nullopt},
      {"上午群众30人参加，下午群众50人参加", std::nullopt, std::nullopt},
      {"走访8户", std::nullopt, std::nullopt},
      {"第3人民医院", std::nullopt, std::nullopt},
      {"发放传单200张", std::nullopt, 200},
      {"发放宣传单200份，发放手册100本", std::nullopt, std::nullopt},
      {"张贴海报20张", std::nullopt, std::nullopt},
      {"", std::nullopt, std::nullopt},
  };
  for (const auto& told : texts) {
    EXPECT_EQ(people_told(plain(told.text)), told.people) << told.text;
    EXPECT_EQ(leaflets_told(plain(told.text)), told.leaflets) << told.text;
  }
}

}  // namespace
}  // namespace wujin::mailbox
