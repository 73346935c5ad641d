#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>

#include "documents/picture_xml.h"
#include "documents/word_files.h"
#include "documents/word_template.h"

namespace wujin::documents {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::paragraph;
using testing::word_file;

constexpr double millimetre = 36000;

TEST(Fitting, keeps_proportions_within_the_box) {
  const struct {
    int width, height;
    double wide, high;  // millimetres
  } cases[] = {
      {1280, 960, 74.67, 56},   {960, 1280, 56, 74.67}, {3000, 1000, 75, 25},
      {1000, 3000, 25, 75},     {1280, 1280, 56, 56},   {100, 75, 26.46, 19.84},  // few pixels are not blown up
      {100000, 1, 75, 0.00075},
  };
  for (const auto& [width, height, wide, high] : cases) {
    const PaperSize size = fitted(width, height, {75, 56});
    EXPECT_NEAR(static_cast<double>(size.width) / millimetre, wide, 0.01) << width << "x" << height;
    EXPECT_NEAR(static_cast<double>(size.height) / millimetre, high, 0.01) << width << "x" << height;
  }
}

Picture picture(const std::string& identity, std::string bytes = "JPEG") {
  Picture made;
  made.identity = identity;
  made.width = 1280;
  made.height = 960;
  made.bytes = std::make_shared<const std::string>(std::move(bytes));
  made.description = "泸永桥村“10月7日” <图片1>";
  return made;
}

ZipEntries filled(std::string_view body, const Value::Object& values) {
  return read_zip(WordTemplate::load(word_file(body)).value().fill(values, {}).value()).value();
}

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

TEST(Pictures, are_embedded_once_and_numbered_apart) {
  const Value list = Value::List{Value::Object{{"p", picture("a")}}, Value::Object{{"p", picture("b", "JPEG2")}},
                                 Value::Object{{"p", picture("a")}}};
  const auto parts = filled(paragraph("{#list}{%p}{/list}"), {{"list", list}});
  const std::string& xml = parts.at("word/document.xml");
  EXPECT_EQ(parts.at("word/media/picture1.jpg"), "JPEG");
  EXPECT_EQ(parts.at("word/media/picture2.jpg"), "JPEG2");
  EXPECT_FALSE(parts.contains("word/media/picture3.jpg"));
  EXPECT_EQ(count(xml, "r:embed=\"rIdPicture1\""), 2u);
  EXPECT_EQ(count(parts.at("word/_rels/document.xml.rels"), "media/picture1.jpg"), 1u);
  for (const char* id : {"wp:docPr id=\"1\"", "wp:docPr id=\"2\"", "wp:docPr id=\"3\""}) EXPECT_EQ(count(xml, id), 1u);
  EXPECT_THAT(xml, HasSubstr("descr=\"泸永桥村“10月7日” &lt;图片1&gt;\""));
  EXPECT_THAT(parts.at("[Content_Types].xml"), HasSubstr("Extension=\"jpg\" ContentType=\"image/jpeg\""));
}

TEST(Pictures, take_the_box_of_the_tag_before_their_own) {
  auto own = picture("a");
  own.box = PictureBox{110, 82};
  EXPECT_THAT(filled(paragraph("{%p}"), {{"p", own}}).at("word/document.xml"), HasSubstr("cy=\"2952000\""));
  EXPECT_THAT(filled(paragraph("{%p 40x30}"), {{"p", own}}).at("word/document.xml"), HasSubstr("cx=\"1440000\" cy=\"1080000\""));
}

TEST(Pictures, are_never_cut_by_lines_of_exact_height) {
  const std::string body =
      "<w:p><w:pPr><w:keepNext/><w:spacing w:before=\"60\" w:line=\"579\" w:lineRule=\"exact\"/><w:ind "
      "w:firstLineChars=\"200\"/></w:pPr>"
      "<w:r><w:t>{%%p}</w:t></w:r></w:p>";
  EXPECT_THAT(
      filled(body, {{"p", picture("a")}}).at("word/document.xml"),
      HasSubstr("<w:pPr><w:keepNext/><w:snapToGrid w:val=\"0\"/><w:spacing w:before=\"60\" w:line=\"240\" w:lineRule=\"auto\"/>"
                "<w:ind w:firstLineChars=\"0\" w:left=\"0\" w:right=\"0\" w:firstLine=\"0\"/><w:jc w:val=\"center\"/></w:pPr>"));
}

TEST(Pictures, that_are_absent_leave_nothing) {
  const auto parts = filled(paragraph("{#p}x{/p}{%p}"), {});
  EXPECT_THAT(parts.at("word/document.xml"), Not(HasSubstr("<w:drawing>")));
}

TEST(Pictures, are_stored_not_deflated_and_read_from_files) {
  char folder[] = "/tmp/wujin-pictures-XXXXXX";
  ASSERT_NE(mkdtemp(folder), nullptr);
  const std::filesystem::path path = std::filesystem::path(folder) / "a.jpg";
  std::ofstream(path, std::ios::binary) << std::string(100000, 'J');
  auto from_file = picture("a");
  from_file.bytes = path;
  const auto form = WordTemplate::load(word_file(paragraph("{%p}"))).value();
  EXPECT_GT(form.fill({{"p", from_file}}, {}).value().size(), 100000u);
  std::filesystem::remove_all(folder);
  EXPECT_THROW((void)form.fill({{"p", from_file}}, {}), std::exception);
}

TEST(Pictures, go_beside_those_a_filled_form_already_holds) {
  const auto form = WordTemplate::load(word_file(paragraph("{%p}{again}"))).value();
  const std::string once = form.fill({{"p", picture("a")}, {"again", "{%p}"}}, {}).value();
  const auto parts = read_zip(WordTemplate::load(once).value().fill({{"p", picture("b", "JPEG2")}}, {}).value()).value();
  EXPECT_EQ(parts.at("word/media/picture1.jpg"), "JPEG");
  EXPECT_EQ(parts.at("word/media/picture2.jpg"), "JPEG2");
  const std::string& xml = parts.at("word/document.xml");
  for (const char* id : {"wp:docPr id=\"1\"", "wp:docPr id=\"2\"", "rIdPicture1\"", "rIdPicture2\""})
    EXPECT_EQ(count(xml, id), 1u) << id;
}

}  // namespace
}  // namespace wujin::documents
