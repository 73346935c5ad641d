#include "documents/word_reading.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "documents/read_files.h"
#include "documents/word_files.h"

namespace wujin::documents {
namespace {

using testing::cell;
using ::testing::ElementsAre;
using testing::Entries;
using testing::FileOf;
using ::testing::IsEmpty;
using testing::outline_of;
using testing::paragraph;
using testing::read_entries;
using testing::read_word;
using testing::word_entries;
using testing::word_file;
using testing::WordFileOf;

std::string read_body(std::string_view body) { return read_word(word_file(body)); }

std::string run(std::string_view text, std::string_view properties = "") {
  return "<w:r><w:rPr>" + std::string(properties) + "</w:rPr><w:t xml:space=\"preserve\">" + std::string(text) + "</w:t></w:r>";
}

std::string p(std::string_view inside) { return "<w:p>" + std::string(inside) + "</w:p>"; }

std::string styled(std::string_view style, std::string_view text) {
  return p("<w:pPr><w:pStyle w:val=\"" + std::string(style) + "\"/></w:pPr>" + run(text));
}

std::string numbered(std::string_view list, int level, std::string_view text) {
  return p("<w:pPr><w:numPr><w:ilvl w:val=\"" + std::to_string(level) + "\"/><w:numId w:val=\"" + std::string(list) +
           "\"/></w:numPr></w:pPr>" + run(text));
}

std::string table(std::string_view rows) { return "<w:tbl>" + std::string(rows) + "</w:tbl>"; }
std::string row(std::string_view cells) { return "<w:tr>" + std::string(cells) + "</w:tr>"; }
std::string cell_with(std::string_view properties, std::string_view blocks) {
  return "<w:tc><w:tcPr>" + std::string(properties) + "</w:tcPr>" + std::string(blocks) + "</w:tc>";
}

std::string blip(std::string_view id, std::string_view crop = "", std::string_view description = "") {
  return "<w:r><w:drawing><wp:inline><wp:docPr id=\"1\" descr=\"" + std::string(description) +
         "\"/><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed=\"" + std::string(id) + "\"/>" +
         std::string(crop) + "</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>";
}

std::string text_box(std::string_view blocks) {
  return "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wp:anchor><wps:wsp><wps:txbx><w:txbxContent>" +
         std::string(blocks) +
         "</w:txbxContent></wps:txbx></wps:wsp></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
         "<w:txbxContent>" +
         std::string(blocks) + "</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>";
}

// A document with parts beside it, each related to it by its kind; `related` adds what else it points at.
Entries with_parts(std::string_view body, const std::map<std::string, std::string>& parts, std::string_view related = "") {
  auto entries = word_entries(body);
  std::string list(related);
  int number = 100;
  for (const auto& [kind, xml] : parts) {
    entries["word/" + kind + ".xml"] =
        "<w:" + kind + " " + std::string(testing::word_namespaces) + ">" + xml + "</w:" + kind + ">";
    list += testing::relationship("rId" + std::to_string(++number), kind, kind + ".xml");
  }
  entries["word/_rels/document.xml.rels"] = testing::relationships(list);
  return entries;
}

Entries with_pictures(std::string_view body) {
  auto entries = with_parts(body, {},
                            testing::relationship("rId1", "image", "media/image1.jpeg") +
                                testing::relationship("rId2", "image", "/word/media/image2.png") +
                                testing::relationship("rId3", "image", "media/image3.emf") +
                                testing::relationship("rId4", "image", "media/image4.svg") +
                                testing::relationship("rId5", "image", "http://tracker.example/x.png", "External") +
                                testing::relationship("rId6", "image", "media/gone.png") +
                                testing::relationship("rId7", "image", "../../outside.png"));
  entries["word/media/image1.jpeg"] = "the first";
  entries["word/media/image2.png"] = "the second";
  entries["word/media/image3.emf"] = "lines";
  entries["word/media/image4.svg"] = "<svg/>";
  return entries;
}

TEST(WordReading, reads_paragraphs_and_tables_in_order) {
  EXPECT_EQ(read_body(paragraph("一、进农村") + table(row(cell("甲") + cell("乙"))) + paragraph("完")),
            "一、进农村|{甲|&乙|}完|");
}

TEST(WordReading, prints_text_as_word_prints_it) {
  const struct {
    const char* what;
    std::string inside;
    std::string text;
  } cases[] = {
      {"runs are joined", run("消防") + run("宣传"), "消防宣传"},
      {"white space counts when it is said to", "<w:r><w:t> 甲 </w:t><w:t xml:space=\"preserve\"> 乙 </w:t></w:r>", "甲 乙 "},
      {"a blank alone", run("甲") + run(" ") + run("乙"), "甲 乙"},
      {"tabs, line ends and hyphens",
       "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t></w:r>", "a\tb\nc-d"},
      {"a page that ends before the text", "<w:r><w:br w:type=\"page\"/><w:t>甲</w:t></w:r>", "甲"},
      {"what was inserted", "<w:ins>" + run("新") + "</w:ins><w:moveTo>" + run("来") + "</w:moveTo>", "新来"},
      {"what was deleted",
       run("甲") + "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:moveFrom>" + run("走") + "</w:moveFrom>", "甲"},
      {"a link", "<w:hyperlink r:id=\"rId1\">" + run("网页") + "</w:hyperlink>", "网页"},
      {"smart tags and custom XML",
       "<w:smartTag><w:smartTagPr><w:attr/></w:smartTagPr>" + run("10月7日") + "</w:smartTag><w:customXml>" + run("上午") +
           "</w:customXml>",
       "10月7日上午"},
      {"a content control", "<w:sdt><w:sdtPr/><w:sdtContent>" + run("已填") + "</w:sdtContent></w:sdt>", "已填"},
      {"a content control nobody filled",
       "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" + run("单击此处输入文字") + "</w:sdtContent></w:sdt>", ""},
      {"a simple field", "<w:fldSimple w:instr=\"DATE\">" + run("2023年10月7日") + "</w:fldSimple>", "2023年10月7日"},
      {"a field", testing::field(" PAGE ", "7"), "7"},
      {"a field within a field's instruction",
       "<w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText>IF </w:instrText></w:r>" + testing::field("PAGE", "1") +
           "<w:r><w:instrText> = 1 \"a\"</w:instrText><w:fldChar w:fldCharType=\"separate\"/></w:r>" + run("结果") +
           "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>",
       "结果"},
      {"a field without a result", testing::field(" TC \"目录\" ", ""), ""},
      {"a number in a circle", testing::field(" eq \\o\\ac(○,3) ", "") + run("检查"), "3检查"},
      {"hidden text", run("看") + run("不见", "<w:vanish/>"), "看"},
      {"a box that is ticked", "<w:r><w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/></w:r>" + run("农村"), "☑农村"},
      {"a sign of an unknown font", "<w:r><w:sym w:font=\"Webdings\" w:char=\"F04A\"/></w:r>", "\xef\xbf\xbd"},
      {"how a word is read",
       "<w:r><w:ruby><w:rt>" + run("bǎo") + "</w:rt><w:rubyBase>" + run("宝") + "</w:rubyBase></w:ruby></w:r>", "宝"},
      {"a formula", "<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>", "x+1"},
      {"notes", run("甲") + "<w:r><w:footnoteReference w:id=\"1\"/><w:commentReference w:id=\"1\"/></w:r>", "甲"},
      {"references and markup", run("&lt;b&gt; &amp;"), "<b> &"},
      {"characters XML cannot hold", run("甲&#1;乙"), "甲乙"},
      {"broken UTF-8", run("甲\xff乙"), "甲\xef\xbf\xbd乙"},
  };
  for (const auto& [what, inside, text] : cases) EXPECT_EQ(read_body(p(inside)), text + "|") << what;
}

TEST(WordReading, does_not_let_a_field_cut_off_swallow_the_document) {
  EXPECT_EQ(read_body(p("<w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText>PAGE</w:instrText></w:r>") + paragraph("还在")),
            "|还在|");
}

TEST(WordReading, reads_a_result_over_several_paragraphs) {
  EXPECT_EQ(read_body(p("<w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText>TOC</w:instrText><w:fldChar "
                        "w:fldCharType=\"separate\"/></w:r>" +
                        run("第一章")) +
                      p(run("第二章")) + p("<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>" + run("正文"))),
            "第一章|第二章|正文|");
}

TEST(WordReading, joins_paragraphs_whose_end_was_deleted) {
  EXPECT_EQ(read_body(p("<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" + run("前")) + p(run("后")) + paragraph("另")), "前后|另|");
  EXPECT_EQ(read_body(p("<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" + run("末"))), "末|");
}

TEST(WordReading, looks_through_what_wraps_blocks) {
  EXPECT_EQ(
      read_body("<w:sdt><w:sdtPr><w:p/></w:sdtPr><w:sdtContent>" + paragraph("甲") + "</w:sdtContent></w:sdt><w:customXml>" +
                paragraph("乙") + "</w:customXml><w:del>" + paragraph("丙") + "</w:del>"),
      "甲|乙|");
}

TEST(WordReading, knows_headings_bold_and_centred_by_run_and_by_style) {
  const std::string styles =
      "<w:docDefaults/>"
      "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"a\"><w:name w:val=\"Normal\"/></w:style>"
      "<w:style w:type=\"paragraph\" w:styleId=\"1\"><w:name w:val=\"heading 1\"/><w:rPr><w:b/></w:rPr></w:style>"
      "<w:style w:type=\"paragraph\" w:styleId=\"b\"><w:name w:val=\"标题 2\"/></w:style>"
      "<w:style w:type=\"paragraph\" w:styleId=\"base\"><w:name w:val=\"x\"/><w:pPr><w:jc w:val=\"center\"/><w:outlineLvl "
      "w:val=\"2\"/></w:pPr></w:style>"
      "<w:style w:type=\"paragraph\" w:styleId=\"derived\"><w:name w:val=\"y\"/><w:basedOn w:val=\"base\"/></w:style>"
      "<w:style w:type=\"paragraph\" w:styleId=\"circle\"><w:basedOn w:val=\"circle2\"/></w:style>"
      "<w:style w:type=\"paragraph\" w:styleId=\"circle2\"><w:basedOn w:val=\"circle\"/></w:style>"
      "<w:style w:type=\"character\" w:styleId=\"strong\"><w:name w:val=\"Strong\"/><w:rPr><w:b/></w:rPr></w:style>"
      "<w:style w:type=\"character\" w:styleId=\"unseen\"><w:rPr><w:vanish/></w:rPr></w:style>";
  const struct {
    std::string paragraph;
    std::string outline;
  } cases[] = {
      {styled("1", "甲"), "<1>*甲|"},
      {styled("b", "甲"), "<2>甲|"},
      {styled("derived", "甲"), "<3>^甲|"},
      {styled("circle", "甲"), "甲|"},
      {styled("none", "甲"), "甲|"},
      {p("<w:pPr><w:pStyle w:val=\"1\"/><w:outlineLvl w:val=\"9\"/></w:pPr>" + run("甲", "<w:b w:val=\"0\"/>")), "甲|"},
      {p("<w:pPr><w:outlineLvl w:val=\"0\"/><w:jc w:val=\"center\"/></w:pPr>" + run("甲")), "<1>^甲|"},
      {p(run("甲", "<w:b/>") + run(" ") + run("乙", "<w:rStyle w:val=\"strong\"/>")), "*甲 乙|"},
      {p(run("甲", "<w:b/>") + run("乙")), "甲乙|"},
      {p("<w:pPr><w:pStyle w:val=\"1\"/></w:pPr>" + run("甲", "<w:rStyle w:val=\"strong\"/>")), "<1>甲|"},
      {p(run("甲") + run("乙", "<w:rStyle w:val=\"unseen\"/>")), "甲|"},
      {p(""), "|"},
  };
  for (const auto& [xml, outline] : cases) EXPECT_EQ(read_entries(with_parts(xml, {{"styles", styles}})), outline);
}

std::string level(int number, std::string_view format, std::string_view text, std::string_view more = "") {
  return "<w:lvl w:ilvl=\"" + std::to_string(number) + "\"><w:start w:val=\"1\"/><w:numFmt w:val=\"" + std::string(format) +
         "\"/><w:lvlText w:val=\"" + std::string(text) + "\"/>" + std::string(more) + "</w:lvl>";
}

std::string definition(std::string_view id, std::string_view levels) {
  return "<w:abstractNum w:abstractNumId=\"" + std::string(id) + "\">" + std::string(levels) + "</w:abstractNum>";
}

std::string list(std::string_view id, std::string_view definition, std::string_view overrides = "") {
  return "<w:num w:numId=\"" + std::string(id) + "\"><w:abstractNumId w:val=\"" + std::string(definition) + "\"/>" +
         std::string(overrides) + "</w:num>";
}

TEST(WordReading, prints_automatic_numbers) {
  const std::string numbering =
      definition(
          "0", level(0, "chineseCountingThousand", "%1、") + level(1, "chineseCounting", "（%2）") + level(2, "decimal", "%3.")) +
      definition("1", level(0, "decimal", "第%1章") + level(1, "upperLetter", "%1.%2")) +
      definition("2", level(0, "bullet", "\uF06C")) + definition("3", level(0, "decimalEnclosedCircle", "%1")) +
      definition("4", level(0, "upperRoman", "%1") + level(1, "decimal", "%1.%2", "<w:isLgl/>") +
                          level(2, "decimal", "%3", "<w:lvlRestart w:val=\"0\"/>")) +
      list("1", "0") + list("2", "1") + list("3", "2") + list("4", "3") + list("5", "4") +
      list("6", "0", "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/></w:lvlOverride>") + list("7", "none") +
      list("8", "0");
  const struct {
    const char* what;
    std::string paragraphs;
    std::string outline;
  } cases[] = {
      {"levels begin anew below",
       numbered("1", 0, "a") + numbered("1", 1, "b") + numbered("1", 1, "c") + numbered("1", 2, "d") + numbered("1", 0, "e") +
           numbered("1", 1, "f"),
       "‹一、›a|‹（一）›b|‹（二）›c|‹1.›d|‹二、›e|‹（一）›f|"},
      {"numbers of the levels above", numbered("2", 0, "a") + numbered("2", 0, "b") + numbered("2", 1, "c"),
       "‹第1章›a|‹第2章›b|‹2.A›c|"},
      {"a level above that never came", numbered("2", 1, "a") + numbered("2", 1, "b"), "‹1.A›a|‹1.B›b|"},
      {"bullets", numbered("3", 0, "a"), "‹•›a|"},
      {"signs in circles", numbered("4", 0, "a") + numbered("4", 0, "b"), "‹①›a|‹②›b|"},
      {"legal numbering", numbered("5", 0, "a") + numbered("5", 1, "b"), "‹I›a|‹1.1›b|"},
      {"a level that never begins anew",
       numbered("5", 0, "a") + numbered("5", 2, "b") + numbered("5", 0, "c") + numbered("5", 2, "d"), "‹I›a|‹1›b|‹II›c|‹2›d|"},
      {"lists of one definition count together", numbered("1", 0, "a") + numbered("8", 0, "b"), "‹一、›a|‹二、›b|"},
      {"unless one starts anew", numbered("1", 0, "a") + numbered("6", 0, "b") + numbered("6", 0, "c"),
       "‹一、›a|‹一、›b|‹二、›c|"},
      {"a list that is not there", numbered("7", 0, "a") + numbered("99", 0, "b") + numbered("0", 0, "c"), "a|b|c|"},
      {"text between", numbered("1", 0, "a") + paragraph("b") + numbered("1", 0, "c"), "‹一、›a|b|‹二、›c|"},
      {"levels beyond all", numbered("1", 99, "a") + numbered("1", -5, "b"), "a|‹二、›b|"},
  };
  for (const auto& [what, paragraphs, outline] : cases) {
    EXPECT_EQ(read_entries(with_parts(paragraphs, {{"numbering", numbering}})), outline) << what;
  }
}

TEST(WordReading, numbers_paragraphs_by_their_style) {
  const std::string numbering = definition("0", level(0, "decimal", "%1、", "<w:pStyle w:val=\"one\"/>") +
                                                    level(1, "decimal", "%1.%2", "<w:pStyle w:val=\"two\"/>")) +
                                definition("1", "<w:numStyleLink w:val=\"linked\"/>") + list("1", "0") + list("2", "1");
  const std::string by_list = "<w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>";
  const std::string styles = "<w:style w:type=\"paragraph\" w:styleId=\"one\">" + by_list +
                             "<w:style w:type=\"paragraph\" w:styleId=\"two\">" + by_list +
                             "<w:style w:type=\"numbering\" w:styleId=\"linked\">" + by_list;
  EXPECT_EQ(read_entries(with_parts(styled("one", "a") + styled("two", "b") + styled("one", "c") + numbered("2", 0, "d"),
                                    {{"numbering", numbering}, {"styles", styles}})),
            "‹1、›a|‹1.1›b|‹2、›c|‹3、›d|");
}

TEST(WordReading, knows_merged_cells_by_place_and_span) {
  const std::string down = "<w:vMerge/>";
  const std::string from = "<w:vMerge w:val=\"restart\"/>";
  const struct {
    const char* what;
    std::string rows;
    std::string outline;
  } cases[] = {
      {"sideways",
       row(cell_with("<w:gridSpan w:val=\"2\"/>", paragraph("甲")) + cell("乙")) + row(cell("1") + cell("2") + cell("3")),
       "{2x1:甲|&乙|/1|&2|&3|}"},
      {"downwards",
       row(cell_with(from, paragraph("甲")) + cell("1")) + row(cell_with(down, p("")) + cell("2")) + row(cell("乙") + cell("3")),
       "{1x2:甲|&1|/@1:2|/乙|&3|}"},
      {"both ways",
       row(cell_with("<w:gridSpan w:val=\"2\"/>" + from, paragraph("甲")) + cell("1")) +
           row(cell_with("<w:gridSpan w:val=\"2\"/>" + down, p("")) + cell("2")),
       "{2x2:甲|&1|/@2:2|}"},
      {"one after the other",
       row(cell_with(from, paragraph("甲"))) + row(cell_with(down, p(""))) + row(cell_with(from, paragraph("乙"))) +
           row(cell_with(down, p(""))),
       "{1x2:甲|//1x2:乙|/}"},
      {"as old programs do it",
       row(cell_with("<w:hMerge w:val=\"restart\"/>", paragraph("甲")) + cell_with("<w:hMerge w:val=\"continue\"/>", p("")) +
           cell("乙")),
       "{2x1:甲|&乙|}"},
      {"going on with nothing", row(cell_with(down, paragraph("甲"))), "{甲|}"},
      {"a row that begins later", row("<w:trPr><w:gridBefore w:val=\"1\"/></w:trPr>" + cell("甲")), "{@1:甲|}"},
      {"a row that was deleted", row("<w:trPr><w:del/></w:trPr>" + cell("甲")) + row(cell("乙")), "{乙|}"},
      {"rows and cells in content controls",
       "<w:sdt><w:sdtContent>" + row("<w:sdt><w:sdtContent>" + cell("甲") + "</w:sdtContent></w:sdt>") +
           "</w:sdtContent></w:sdt>",
       "{甲|}"},
      {"a table in a cell", row(cell_with("", paragraph("甲") + table(row(cell("乙"))) + p(""))), "{甲|{乙|}|}"},
      {"a span without measure", row(cell_with("<w:gridSpan w:val=\"2000000000\"/>", paragraph("甲")) + cell("乙")),
       "{1000x1:甲|&乙|}"},
  };
  for (const auto& [what, rows, outline] : cases) EXPECT_EQ(read_body(table(rows)), outline) << what;
}

TEST(WordReading, reads_text_boxes_once_after_the_paragraph_they_hang_on) {
  EXPECT_EQ(read_body(p(run("前") + text_box(paragraph("框") + paragraph("二")) + run("后")) + paragraph("完")),
            "前后|框|二|完|");
  EXPECT_EQ(read_body(p("<w:r><w:pict><v:shape><v:textbox><w:txbxContent>" + paragraph("旧框") +
                        "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>")),
            "|旧框|");
  EXPECT_EQ(read_body(table(row(cell_with("", p(text_box(paragraph("框"))))))), "{|框|}");
}

TEST(WordReading, takes_one_of_alternatives) {
  const auto either = [](std::string_view choice, std::string_view fallback) {
    return p("<w:r><mc:AlternateContent><mc:Choice Requires=\"x\">" + std::string(choice) + "</mc:Choice><mc:Fallback>" +
             std::string(fallback) + "</mc:Fallback></mc:AlternateContent></w:r>");
  };
  const std::string ink = "<w:drawing><wp:inline><w14:contentPart r:id=\"rId9\"/></wp:inline></w:drawing>";
  const std::string shown = blip("rId1").substr(5, blip("rId1").size() - 11);
  EXPECT_EQ(read_entries(with_pictures(either(shown, blip("rId2")))), "[image1.jpeg]|");
  EXPECT_EQ(read_entries(with_pictures(either(ink, shown))), "[image1.jpeg]|");
  EXPECT_EQ(read_entries(with_pictures(either("<w:t>甲</w:t>", "<w:t>乙</w:t>"))), "甲|");
}

TEST(WordReading, finds_pictures_wherever_they_hang) {
  const std::string group =
      "<w:r><w:drawing><wp:anchor><wp:docPr id=\"1\" name=\"g\"/><a:graphic><a:graphicData><wpg:wgp>"
      "<pic:pic><pic:nvPicPr><pic:cNvPr id=\"1\" descr=\"左\"/></pic:nvPicPr><pic:blipFill><a:blip "
      "r:embed=\"rId1\"/></pic:blipFill></pic:pic>"
      "<wpg:grpSp><pic:pic><pic:nvPicPr><pic:cNvPr id=\"2\" descr=\"右\"/></pic:nvPicPr><pic:blipFill><a:blip r:embed=\"rId2\"/>"
      "</pic:blipFill></pic:pic></wpg:grpSp></wpg:wgp></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>";
  const struct {
    const char* what;
    std::string body;
    std::string outline;
  } cases[] = {
      {"in a line", p(run("图") + blip("rId1", "", "院坝会")), "图[image1.jpeg 院坝会]|"},
      {"by a path from the root", p(blip("rId2")), "[image2.png]|"},
      {"twice", p(blip("rId1") + blip("rId1")), "[image1.jpeg][image1.jpeg]|"},
      {"grouped", p(group), "[image1.jpeg 左][image2.png 右]|"},
      {"cropped", p(blip("rId1", "<a:srcRect l=\"1200\" b=\"0\"/>")), "[image1.jpeg cropped]|"},
      {"cropped by nothing", p(blip("rId1", "<a:srcRect l=\"0\" r=\"-500\"/>")), "[image1.jpeg]|"},
      {"in a cell", table(row(cell_with("", p(blip("rId1"))))), "{[image1.jpeg]|}"},
      {"in a text box", p(text_box(p(blip("rId1")))), "|[image1.jpeg]|"},
      {"as the fill of a shape",
       p("<w:r><w:drawing><wp:anchor><wps:wsp><wps:spPr><a:blipFill><a:blip r:embed=\"rId1\"/></a:blipFill></wps:spPr></wps:wsp>"
         "</wp:anchor></w:drawing></w:r>"),
       "[image1.jpeg]|"},
      {"in VML",
       p("<w:r><w:pict><v:shape alt=\"会场\"><v:imagedata r:id=\"rId1\" cropright=\"6554f\"/></v:shape></w:pict></w:r>"),
       "[image1.jpeg cropped 会场]|"},
      {"deleted", p("<w:del>" + blip("rId1") + "</w:del>"), "|"},
      {"lines with dots beside them",
       p("<w:r><w:drawing><a:blip r:embed=\"rId2\"><a:extLst><asvg:svgBlip "
         "r:embed=\"rId4\"/></a:extLst></a:blip></w:drawing></w:r>"),
       "[image2.png]|"},
  };
  for (const auto& [what, body, outline] : cases) EXPECT_EQ(read_entries(with_pictures(body)), outline) << what;
}

TEST(WordReading, notes_pictures_it_cannot_show) {
  const auto faults = [](std::string_view body) { return WordFileOf(with_pictures(body)).faults(); };
  const auto unknown = WordFileOf(with_pictures(p(blip("rId3"))));
  EXPECT_EQ(unknown.outline(), "[image3.emf]|");
  EXPECT_THAT(unknown.faults(), ElementsAre(ReadingFault::unknown_picture));
  EXPECT_EQ(pictures_of(unknown.file->reading().blocks).front().media_type, "image/x-emf");
  EXPECT_THAT(faults(p(blip("rId4"))), ElementsAre(ReadingFault::unknown_picture));
  EXPECT_THAT(faults(p(blip("rId5")) + p(blip("rId5"))),
              ElementsAre(ReadingFault::outside_reference, ReadingFault::missing_picture));
  EXPECT_THAT(faults(p("<w:r><w:drawing><a:blip r:link=\"rId5\"/></w:drawing></w:r>")),
              ElementsAre(ReadingFault::outside_reference, ReadingFault::missing_picture));
  EXPECT_THAT(faults(p(blip("rId6"))), ElementsAre(ReadingFault::missing_picture));
  EXPECT_THAT(faults(p(blip("rId7"))), ElementsAre(ReadingFault::outside_reference, ReadingFault::missing_picture));
  EXPECT_THAT(faults(p(blip("rId99"))), ElementsAre(ReadingFault::missing_picture));
  EXPECT_THAT(faults(p("<w:r><w:object><v:shape><v:imagedata r:id=\"rId3\"/></v:shape><o:OLEObject/></w:object></w:r>")),
              ElementsAre(ReadingFault::embedded_object));
  EXPECT_THAT(faults(p(blip("rId1"))), IsEmpty());
}

TEST(WordReading, hands_out_pictures_one_at_a_time) {
  const WordFileOf word(with_pictures(p(blip("rId1")) + p(blip("rId2"))));
  ASSERT_TRUE(word.file);
  EXPECT_EQ(word.file->picture("word/media/image1.jpeg").value(), "the first");
  EXPECT_EQ(word.file->picture("word/media/image2.png").value(), "the second");
  EXPECT_EQ(word.file->picture("word/document.xml").error().code(), ProblemCode::not_found);
  EXPECT_EQ(word.file->picture("../../etc/passwd").error().code(), ProblemCode::not_found);
}

TEST(WordReading, refuses_a_picture_beyond_the_limit_when_it_is_asked_for) {
  WordReadingLimits limits;
  limits.picture = 5;
  const FileOf file(testing::zip_of(with_pictures(p(blip("rId1")))));
  const auto word = WordFile::open(file.path(), limits);
  ASSERT_TRUE(word);
  EXPECT_EQ(outline_of(word->reading().blocks), "[image1.jpeg]|");
  EXPECT_EQ(word->picture("word/media/image1.jpeg").error().code(), ProblemCode::document_bomb);
}

TEST(WordReading, keeps_comments_apart) {
  const WordFileOf word(
      with_parts(p("<w:commentRangeStart w:id=\"1\"/>" + run("甲") + "<w:r><w:commentReference w:id=\"1\"/></w:r>"),
                 {{"comments", "<w:comment w:id=\"1\">" + paragraph("请补照片") + paragraph("谢谢") + "</w:comment>"}}));
  EXPECT_EQ(word.outline(), "甲|");
  EXPECT_THAT(word.file->reading().comments, ElementsAre("请补照片\n谢谢"));
}

TEST(WordReading, leaves_out_headers_footers_and_notes) {
  auto entries = with_parts(paragraph("正文"), {{"footnotes", "<w:footnote>" + paragraph("注") + "</w:footnote>"}},
                            testing::relationship("rId1", "header", "header1.xml"));
  entries["word/header1.xml"] = "<w:hdr>" + paragraph("页眉") + "</w:hdr>";
  EXPECT_EQ(read_entries(entries), "正文|");
}

TEST(WordReading, reads_the_strict_format_and_any_prefix) {
  auto entries = word_entries("");
  entries["_rels/.rels"] =
      "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" "
      "Type=\"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument\" "
      "Target=\"/word/document.xml\"/></Relationships>";
  entries["word/document.xml"] =
      "<ns0:document "
      "xmlns:ns0=\"http://purl.oclc.org/ooxml/wordprocessingml/main\"><ns0:body><ns0:p><ns0:r><ns0:t>严格</ns0:t></ns0:r>"
      "</ns0:p></ns0:body></ns0:document>";
  EXPECT_EQ(read_entries(entries), "严格|");
}

TEST(WordReading, gives_all_text_and_pictures_of_a_cell) {
  const WordFileOf word(with_pictures(table(row(cell_with("", paragraph("甲") + table(row(cell("乙"))) + p(blip("rId1")))))));
  const auto& cell = std::get<ReadTable>(word.file->reading().blocks.front()).rows[0][0];
  EXPECT_EQ(text_of(cell), "甲\n乙\n");
  EXPECT_EQ(pictures_of(word.file->reading().blocks).size(), 1u);
}

}  // namespace
}  // namespace wujin::documents
