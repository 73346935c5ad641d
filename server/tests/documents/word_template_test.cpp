#include "documents/word_template.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "documents/word_files.h"

namespace wujin::documents {
namespace {

using testing::cell;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::paragraph;
using testing::texts;
using testing::with;
using testing::word_file;
using Object = Value::Object;
using List = Value::List;

std::string filled_part(std::string_view file, const Object& values, const std::string& part = "word/document.xml") {
  const auto form = WordTemplate::load(file);
  if (!form) return "template refused: " + std::string(slug(form.error().code()));
  const auto bytes = form->fill(values, {"题目", "宝峰镇"});
  if (!bytes) return "filling refused: " + std::string(slug(bytes.error().code()));
  return read_zip(*bytes).value().at(part);
}

std::string filled(std::string_view body, const Object& values) { return texts(filled_part(word_file(body), values)); }

TEST(WordTemplate, prints_texts_where_their_tags_stand) {
  EXPECT_EQ(filled(paragraph("甲{ name }乙{none}丙"), {{"name", "泸永桥村"}}), "甲泸永桥村乙丙|");
}

TEST(WordTemplate, joins_a_tag_that_an_editor_split_over_runs) {
  const std::string body =
      "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>甲{na</w:t></w:r><w:proofErr "
      "w:type=\"spellStart\"/><w:r><w:t>m</w:t><w:t>e</w:t></w:r>"
      "<w:r><w:t>}乙{n</w:t></w:r><w:r><w:tab/><w:t>ame}</w:t></w:r></w:p>";
  const std::string xml = filled_part(word_file(body), {{"name", "村"}});
  EXPECT_EQ(texts(xml), "甲村乙村~|");
  EXPECT_THAT(xml, HasSubstr("<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">村</w:t></w:r>"));
}

TEST(WordTemplate, escapes_what_people_type) {
  const std::string typed = "<b>&\"quote\"</b> \xF0\x9F\x94\xA5　全角\r\n第二行\n第三行\t后\x01\xFF";
  EXPECT_EQ(filled(paragraph("{text}"), {{"text", typed}}),
            "&lt;b&gt;&amp;&quot;quote&quot;&lt;/b&gt; \xF0\x9F\x94\xA5　全角/第二行/第三行~后\xEF\xBF\xBD|");
}

TEST(WordTemplate, never_reads_tags_in_values) {
  EXPECT_EQ(filled(paragraph("{a}"), {{"a", "{b}{#c}"}, {"b", "no"}}), "{b}{#c}|");
}

TEST(WordTemplate, keeps_five_thousand_characters) {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "消";
  EXPECT_EQ(filled(paragraph("{text}"), {{"text", text}}), text + "|");
}

TEST(WordTemplate, repeats_within_a_paragraph) {
  const Value rows = List{Object{{"a", "1"}}, Object{{"a", "2"}}};
  EXPECT_EQ(filled(paragraph("[{#rows}{a}、{/rows}]"), {{"rows", rows}}), "[1、2、]|");
  EXPECT_EQ(filled(paragraph("[{#rows}{a}、{/}]"), {}), "[]|");
}

TEST(WordTemplate, repeats_paragraphs_and_drops_those_that_hold_only_tags) {
  const Value rows = List{Object{{"a", "1"}}, Object{{"a", "2"}}};
  const std::string body =
      paragraph("前") + paragraph(" {#rows} ") + paragraph("{a}") + paragraph("线") + paragraph("{/rows}") + paragraph("后");
  EXPECT_EQ(filled(body, {{"rows", rows}}), "前|1|线|2|线|后|");
  EXPECT_EQ(filled(body, {}), "前|后|");
}

TEST(WordTemplate, repeats_running_text_between_paragraphs_that_hold_more) {
  const Value rows = List{Object{{"a", "1"}}, Object{{"a", "2"}}};
  const std::string body = paragraph("前{#rows}甲{a}") + paragraph("乙{/rows}后");
  EXPECT_EQ(filled(body, {{"rows", rows}}), "前甲1|乙甲2|乙后|");
  EXPECT_EQ(filled(body, {}), "前后|");
}

TEST(WordTemplate, repeats_a_table_row_whose_cells_hold_the_ends) {
  const Value rows = List{Object{{"a", "1"}, {"b", "x"}}, Object{{"a", "2"}, {"b", "y"}}};
  const std::string body =
      "<w:tbl><w:tr>" + cell("头") + cell("头") + "</w:tr><w:tr>" + cell("{#rows}{a}") + cell("{b}{/rows}") + "</w:tr></w:tbl>";
  EXPECT_EQ(filled(body, {{"rows", rows}}), "头|头|1|x|2|y|");
}

TEST(WordTemplate, repeats_several_rows_and_rows_within_them) {
  const Value days = List{Object{{"d", "1"}}, Object{{"d", "2"}}};
  const Value weeks = List{Object{{"w", "一"}, {"days", days}}, Object{{"w", "二"}}};
  const std::string body = "<w:tbl><w:tr>" + cell("{#weeks}{w}") + cell("") + "</w:tr><w:tr>" + cell("{#days}{w}{d}") +
                           cell("{/days}{/weeks}") + "</w:tr></w:tbl>";
  EXPECT_EQ(filled(body, {{"weeks", weeks}}), "一||一1||一2||二||");
}

TEST(WordTemplate, nests_two_loops_around_one_row) {
  const Value inner = List{"1", "2"};
  const Value outer = List{Object{{"inner", inner}}, Object{{"inner", inner}}};
  const std::string body =
      "<w:tbl><w:tr>" + cell("{#outer}") + cell("{#inner}{.}") + cell("{/inner}") + cell("{/outer}") + "</w:tr></w:tbl>";
  EXPECT_EQ(filled(body, {{"outer", outer}}), "|1||||2||||1||||2|||");
}

TEST(WordTemplate, nests_loops_whose_tags_share_a_paragraph) {
  const Value inner = List{"1", "2"};
  const Value outer = List{Object{{"inner", inner}}, Object{{"inner", List{"3"}}}};
  EXPECT_EQ(filled(paragraph("{#outer}{#inner}") + paragraph("{.}") + paragraph("{/inner}{/outer}"), {{"outer", outer}}),
            "1|2|3|");
}

TEST(WordTemplate, takes_a_table_without_rows_out_and_leaves_no_cell_without_a_paragraph) {
  const std::string table = "<w:tbl><w:tr>" + cell("{#none}") + cell("{/none}") + "</w:tr></w:tbl>";
  EXPECT_THAT(filled_part(word_file(paragraph("前") + table + paragraph("后")), {}), Not(HasSubstr("w:tbl")));
  const std::string empty =
      "<w:tbl><w:tr><w:tc>" + paragraph("{#none}") + paragraph("x") + paragraph("{/none}") + "</w:tc></w:tr></w:tbl>";
  EXPECT_THAT(filled_part(word_file(empty), {}), HasSubstr("<w:tc><w:p></w:p></w:tc>"));
}

TEST(WordTemplate, looks_for_a_name_in_the_outer_loops_too) {
  const Value rows = List{Object{{"a", "1"}}, Object{{"a", "2"}, {"town", "他镇"}}};
  EXPECT_EQ(filled(paragraph("{#rows}{town}{a} {/rows}"), {{"town", "宝峰镇"}, {"rows", rows}}), "宝峰镇1 他镇2 |");
}

TEST(WordTemplate, knows_yes_no_and_empty) {
  const std::string body = paragraph("{#x}有{/x}{^x}无{/x}");
  const std::pair<Value, std::string> cases[] = {{Value(true), "有|"},        {Value(false), "无|"}, {Value(""), "无|"},
                                                 {Value("字"), "有|"},        {List{}, "无|"},       {List{"1", "2"}, "有有|"},
                                                 {Object{{"a", "b"}}, "有|"}, {Value(), "无|"}};
  for (const auto& [value, expected] : cases) EXPECT_EQ(filled(body, {{"x", value}}), expected);
}

TEST(WordTemplate, fills_headers_footers_and_text_boxes) {
  auto entries =
      testing::word_entries("<w:p><w:r><w:pict><w:txbxContent>" + paragraph("{a}") + "</w:txbxContent></w:pict></w:r></w:p>");
  entries["word/header1.xml"] = "<w:hdr " + std::string(testing::word_namespaces) + ">" + paragraph("页眉{a}") + "</w:hdr>";
  entries = with(entries, "[Content_Types].xml", "</Types>",
                 "<Override PartName=\"/word/header1.xml\" "
                 "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml\"/></Types>");
  EXPECT_EQ(texts(filled_part(testing::zip_of(entries), {{"a", "值"}})), "值||");
  EXPECT_EQ(texts(filled_part(testing::zip_of(entries), {{"a", "值"}}, "word/header1.xml")), "页眉值|");
}

TEST(WordTemplate, tells_title_and_author_and_names_no_program) {
  auto entries = testing::word_entries(paragraph("x"));
  entries["docProps/app.xml"] = "<Properties><Application>WPS Office</Application></Properties>";
  entries = with(entries, "_rels/.rels", "</Relationships>",
                 "<Relationship Id=\"rId9\" "
                 "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties\" "
                 "Target=\"docProps/app.xml\"/></Relationships>");
  const auto bytes = WordTemplate::load(testing::zip_of(entries))->fill({}, {"A&B", "泸永桥村"}).value();
  const auto parts = read_zip(bytes).value();
  EXPECT_FALSE(parts.contains("docProps/app.xml"));
  EXPECT_THAT(parts.at("docProps/core.xml"), HasSubstr("<dc:title>A&amp;B</dc:title><dc:creator>泸永桥村</dc:creator>"));
  EXPECT_THAT(bytes, Not(HasSubstr("WPS")));
}

TEST(WordTemplate, leaves_the_editors_comments_out_of_what_it_fills) {
  auto entries = testing::word_entries(
      "<w:p><w:commentRangeStart w:id=\"0\"/><w:r><w:t>甲</w:t></w:r><w:commentRangeEnd w:id=\"0\"/>"
      "<w:r><w:commentReference w:id=\"0\"/></w:r></w:p>");
  entries["word/comments.xml"] = "<w:comments " + std::string(testing::word_namespaces) + "/>";
  entries["word/_rels/document.xml.rels"] =
      "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" "
      "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments\" "
      "Target=\"comments.xml\"/></Relationships>";
  const auto parts = read_zip(WordTemplate::load(testing::zip_of(entries))->fill({}, {}).value()).value();
  EXPECT_FALSE(parts.contains("word/comments.xml"));
  EXPECT_THAT(parts.at("word/document.xml"), Not(HasSubstr("omment")));
  EXPECT_THAT(parts.at("word/_rels/document.xml.rels"), Not(HasSubstr("omment")));
}

TEST(WordTemplate, writes_the_same_bytes_for_the_same_values) {
  const auto form = WordTemplate::load(word_file(paragraph("{a}"))).value();
  EXPECT_EQ(form.fill({{"a", "1"}}, {"t", "a"}).value(), form.fill({{"a", "1"}}, {"t", "a"}).value());
}

TEST(WordTemplate, stops_loops_that_multiply_without_end) {
  List many;
  for (int i = 0; i < 300; ++i) many.emplace_back(Object{{"a", "1"}});
  const Object values = {{"p", many}, {"q", many}, {"r", many}, {"s", many}};
  EXPECT_EQ(filled_part(word_file(paragraph("{#p}{#q}{#r}{#s}{a}{/s}{/r}{/q}{/p}")), values),
            "filling refused: template_runaway");
  EXPECT_EQ(filled_part(word_file(paragraph("{#p}{#q}{#r}{#s}{/s}{/r}{/q}{/p}")), values), "filling refused: template_runaway");
}

// ── faults ──

std::vector<std::string> faults_of(std::string_view body, const KnownTags* known = nullptr) {
  const auto form = WordTemplate::load(word_file(body), known);
  std::vector<std::string> told;
  if (form) return told;
  const Problem problem = form.error();
  for (const Fault& fault : problem.faults()) {
    std::string line = fault.field + " " + std::string(slug(fault.code));
    for (const auto& [key, value] : fault.parameters) {
      if (key == "tag" || key == "expected") line += " " + value;
    }
    told.push_back(line);
  }
  if (told.empty()) told.emplace_back(slug(problem.code()));
  return told;
}

TEST(WordTemplateFaults, are_told_with_tag_and_paragraph_all_at_once) {
  const std::string body =
      paragraph("好") + paragraph("{#a}未关") + paragraph("{/b}") + paragraph("坏{c") + paragraph("}") + paragraph("｛name｝");
  EXPECT_THAT(faults_of(body),
              ElementsAre("document[4] tag_brace_open {c", "document[5] tag_brace_close }", "document[6] tag_full_width ｛name｝",
                          "document[3] tag_unopened {/b}", "document[2] tag_unclosed {#a}"));
}

TEST(WordTemplateFaults, name_the_paragraphs_text) {
  const Problem problem = WordTemplate::load(word_file(paragraph("一、工作情况{#a}"))).error();
  EXPECT_EQ(sentence(problem.faults().at(0).code, problem.faults().at(0).parameters, Language::chinese),
            "第1段“一、工作情况{#a}”：{#a}没有结束标记。");
}

TEST(WordTemplateFaults, table) {
  const std::string row = "<w:tbl><w:tr>" + cell("{/a}") + "</w:tr></w:tbl>";
  const struct {
    std::string body;
    std::vector<std::string> told;
  } cases[] = {
      {paragraph("{#a}{#b}{/a}{/b}"), {"document[1] tag_unclosed {#b}", "document[1] tag_unopened {/b}"}},
      {paragraph("{#a}{#a}{/a}{/a}"), {"document[1] tag_nested {#a}"}},
      {paragraph("{}"), {"document[1] tag_unsupported {}"}},
      {paragraph("{@raw}"), {"document[1] tag_unsupported {@raw}"}},
      {paragraph("{two words}"), {"document[1] tag_unsupported {two words}"}},
      {paragraph("{%photo 75by56}"), {"document[1] tag_unsupported {%photo 75by56}"}},
      {paragraph("{%photo 1x99999}"), {"document[1] tag_unsupported {%photo 1x99999}"}},
      {paragraph("{.}"), {"document[1] tag_unknown {.}"}},
      {paragraph("字{%%photo}"), {"document[1] tag_misplaced {%%photo}"}},
      {paragraph("{%%photo}{name}"), {"document[1] tag_misplaced {%%photo}"}},
      {paragraph("{#a}") + row, {"document[1] tag_across {#a}"}},
      {"<w:p><w:hyperlink><w:r><w:t>{#a}</w:t></w:r></w:hyperlink><w:r><w:t>{/a}</w:t></w:r></w:p>",
       {"document[1] tag_across {#a}"}},
      {paragraph("{{a}}"), {"document[1] tag_brace_open {{a}}", "document[1] tag_brace_close }"}},
  };
  for (const auto& [body, told] : cases) EXPECT_EQ(faults_of(body), told) << body;
}

TEST(WordTemplateFaults, refuse_loops_nested_deeper_than_any_form) {
  std::string open;
  std::string close;
  for (char name = 'a'; name < 'n'; ++name) {
    open += std::string("{#") + name + "}";
    close = std::string("{/") + name + "}" + close;
  }
  EXPECT_THAT(faults_of(paragraph(open + close)), ElementsAre("document[1] tag_nested {#m}"));
}

TEST(WordTemplateFaults, tell_tags_a_form_does_not_know) {
  using Kind = KnownTag::Kind;
  const KnownTags known = {{"title", Kind::text, {}},
                           {"label", Kind::condition, {}},
                           {"rows", Kind::list, {{"week", Kind::text, {}}, {"photo", Kind::picture, {}}}}};
  EXPECT_THAT(
      faults_of(paragraph("{#rows}{week}{title}{%photo}{/rows}{#label}{/label}{^rows}{title}{/rows}{#title}{.}{/title}"), &known),
      ElementsAre());
  EXPECT_THAT(faults_of(paragraph("{titel}{rows}{week}{%title}{label}{#rows}{photo}{/rows}{^rows}{%photo}{/rows}"), &known),
              ElementsAre("document[1] tag_unknown {titel}", "document[1] tag_wrong_kind {rows} {#rows}…{/rows}",
                          "document[1] tag_unknown {week}", "document[1] tag_wrong_kind {%title} {title}",
                          "document[1] tag_wrong_kind {label} {#label}…{/label}", "document[1] tag_wrong_kind {photo} {%photo}",
                          "document[1] tag_unknown {%photo}"));
}

}  // namespace
}  // namespace wujin::documents
