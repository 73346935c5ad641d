#include "documents/qr.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "documents/file_name.h"

namespace wujin::documents {
namespace {

using ::testing::HasSubstr;

TEST(Qr, draws_a_square_with_its_quiet_zone) {
  const std::string svg = qr_svg("https://wujin.example/#invitation").value();
  EXPECT_THAT(svg, HasSubstr("viewBox=\"0 0 37 37\""));  // version 3 has 29 modules, and four on either side
  EXPECT_THAT(svg, HasSubstr("M4 4h7v1h-7z"));           // the top of a finder pattern
}

TEST(Qr, refuses_what_no_code_can_hold) {
  EXPECT_EQ(qr_svg("").error().code(), ProblemCode::required);
  EXPECT_TRUE(qr_svg(std::string(2331, 'x')));
  EXPECT_EQ(qr_svg(std::string(2332, 'x')).error().code(), ProblemCode::too_long);
}

TEST(FileName, keeps_only_what_every_system_takes) {
  const std::pair<const char*, const char*> cases[] = {
      {"宝峰镇泸永桥村2023年10月消防宣传“五进”工作情况", "宝峰镇泸永桥村2023年10月消防宣传“五进”工作情况.docx"},
      {"a/b\\c:d*e?f\"g<h>i|j\n", "abcdefghij.docx"},
      {" ..hidden.. ", "hidden.docx"},
      {"///", "document.docx"},
      {"院坝\u202Egpj.会\u200B\u2067\uFEFF", "院坝gpj.会.docx"},
  };
  for (const auto& [title, name] : cases) EXPECT_EQ(file_name(title, ".docx"), name);
  EXPECT_EQ(file_name("院坝会：讲电瓶车", ".jpg", 4), "院坝会：.jpg") << "characters, not bytes";
}

}  // namespace
}  // namespace wujin::documents
