#include "mailbox/summary_reading.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mailbox/incoming_cases.h"

namespace wujin::mailbox {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

documents::ReadParagraph paragraph(const std::string& text, const std::string& numbering = "") {
  documents::ReadParagraph made;
  made.text = text;
  made.numbering = numbering;
  return made;
}

Understanding understood(std::vector<documents::ReadParagraph> paragraphs) {
  Incoming incoming;
  incoming.from_address = "village@example.org";
  incoming.received_on = parse_date("2023-12-25").value();
  incoming.sources.push_back({"五家坡村2023年消防宣传“五进”工作总结.docx", {}});
  auto& blocks = incoming.sources.back().reading.blocks;
  for (auto& one : paragraphs) blocks.emplace_back(std::move(one));
  const auto& with = fixture::bundle("baofeng-2023");
  return understand(incoming, with.campaign, with.tree(), {});
}

std::vector<std::string> told(const Understanding& understanding) {
  std::vector<std::string> parts;
  for (const FoundActivity& part : understanding.activities) parts.push_back(part.heading + "|" + part.text);
  return parts;
}

TEST(SummaryReading, tells_the_parts_of_a_summary_by_its_headings_of_the_first_rank) {
  const auto found = understood(
      {paragraph("宝峰镇五家坡村2023年消防宣传“五进”工作总结"), paragraph("现将全年工作总结如下。"), paragraph("一、基本情况"),
       paragraph("共开展活动30场。"), paragraph("主要做法", "二、"), paragraph("（一）入户走访"), paragraph("逐户讲解。"),
       paragraph("三、存在问题。部分群众不重视。"), paragraph("五家坡村村民委员会"), paragraph("2023年12月25日")});
  EXPECT_EQ(found.form.value, Deliverable::summary);
  EXPECT_THAT(told(found), ElementsAre("|现将全年工作总结如下。", "基本情况|共开展活动30场。",
                                       "主要做法|（一）入户走访\n逐户讲解。", "存在问题|部分群众不重视。"));
}

TEST(SummaryReading, leaves_the_pictures_of_a_summary_to_a_person) {
  auto shown = paragraph("共开展活动30场。");
  shown.pictures.push_back({"word/media/image1.jpeg", "image/jpeg", {}, false});
  const auto found = understood({paragraph("宝峰镇五家坡村2023年消防宣传“五进”工作总结"), shown});
  EXPECT_THAT(found.unplaced, SizeIs(1));
  EXPECT_THAT(found.doubts, testing::Contains(Doubt::pictures_unplaced));
  EXPECT_THAT(found.activities.at(0).pictures, IsEmpty());
}

TEST(SummaryReading, doubts_a_summary_that_says_nothing) {
  const auto found = understood({paragraph("宝峰镇五家坡村2023年消防宣传“五进”工作总结")});
  EXPECT_THAT(found.activities, IsEmpty());
  EXPECT_THAT(found.doubts, testing::Contains(Doubt::nothing_in_it));
}

}  // namespace
}  // namespace wujin::mailbox
