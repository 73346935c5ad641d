#include "mailbox/place_names.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "mailbox/incoming_cases.h"
#include "mailbox/plain_text.h"

namespace wujin::mailbox {
namespace {

std::string named_in(const std::string& text, const std::string& campaign = "baofeng-2023") {
  const auto& with = fixture::bundle(campaign);
  const auto tree = with.tree();
  std::string names;
  for (const auto& mention : PlaceNames(with.campaign, tree).in(plain(text))) {
    if (!names.empty()) names += " ";
    names += tree.find(mention.place)->name;
    if (!mention.is_full) names += "?";
  }
  return names;
}

TEST(PlaceNames, are_found_in_every_shape) {
  const std::pair<const char*, const char*> texts[] = {
      {"泸永桥村村民委员会", "泸永桥村"},
      {"泸永桥村民委员会", "泸永桥村"},
      {"泸永桥村委会", "泸永桥村"},
      {"泸永桥", "泸永桥村?"},
      {"宝峰镇泸永桥村2023年10月", "泸永桥村"},
      {"永川区宝峰镇泸永桥", "泸永桥村?"},
      {"宝峰场社区居民委员会", "宝峰场社区"},
      {"宝峰场居委会", "宝峰场社区"},
      {"泸永桥村、龙凤桥村", "泸永桥村 龙凤桥村"},
      {"宝峰镇2023年计划表", "宝峰镇"},
      {"宝峰镇消防工作站", ""},
      {"天星桥水库", ""},
      {"别的村", ""},
  };
  for (const auto& [text, names] : texts) EXPECT_EQ(named_in(text), names) << text;
}

TEST(PlaceNames, leave_an_entrys_word_alone) {
  EXPECT_EQ(named_in("反诈宣讲进集市", "antifraud-sample"), "");
  EXPECT_EQ(named_in("集市社区3月", "antifraud-sample"), "集市社区（示例）");
  EXPECT_EQ(named_in("东岭村委会", "antifraud-sample"), "东岭村（示例）");
}

}  // namespace
}  // namespace wujin::mailbox
