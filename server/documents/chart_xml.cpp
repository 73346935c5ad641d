#include "documents/chart_xml.h"

#include <array>

#include <fmt/format.h>

#include "documents/xml.h"
#include "documents/zip_writer.h"

namespace wujin::documents {
namespace {

constexpr std::string_view sheet = "Sheet1";

// A column's letter: series stand in B, C, D … after the categories in A.
char letter_of(std::size_t column) { return static_cast<char>('A' + column); }

std::string range_of(std::size_t column, std::size_t first, std::size_t last) {
  const char letter = letter_of(column);
  return fmt::format("{}!${}${}:${}${}", sheet, letter, first, letter, last);
}

// By value, for a form has no theme to take them from.
constexpr std::array<std::string_view, 6> colours = {"4472C4", "ED7D31", "70AD47", "FFC000", "5B9BD5", "A5A5A5"};

std::string fill_of(std::size_t series) {
  return fmt::format("<a:solidFill><a:srgbClr val=\"{}\"/></a:solidFill>", colours[series % colours.size()]);
}

void append_point(std::string& out, std::size_t index, const std::string& value) {
  out += fmt::format("<c:pt idx=\"{}\"><c:v>{}</c:v></c:pt>", index, escaped(value));
}

void append_texts(std::string& out, const std::string& range, const std::vector<std::string>& texts) {
  out += fmt::format("<c:strRef><c:f>{}</c:f><c:strCache><c:ptCount val=\"{}\"/>", range, texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) append_point(out, i, texts[i]);
  out += "</c:strCache></c:strRef>";
}

void append_numbers(std::string& out, const std::string& range, const std::vector<double>& numbers) {
  out += fmt::format("<c:numRef><c:f>{}</c:f><c:numCache><c:formatCode>General</c:formatCode><c:ptCount val=\"{}\"/>", range,
                     numbers.size());
  for (std::size_t i = 0; i < numbers.size(); ++i) append_point(out, i, fmt::format("{}", numbers[i]));
  out += "</c:numCache></c:numRef>";
}

void append_series(std::string& out, const Chart& chart, std::size_t index) {
  const ChartSeries& series = chart.series[index];
  const std::size_t last = chart.categories.size() + 1;
  out += fmt::format("<c:ser><c:idx val=\"{0}\"/><c:order val=\"{0}\"/><c:tx>", index);
  append_texts(out, fmt::format("{}!${}$1", sheet, letter_of(index + 1)), {series.name});
  out += "</c:tx><c:spPr>" + fill_of(index) + "</c:spPr><c:invertIfNegative val=\"0\"/><c:cat>";
  append_texts(out, range_of(0, 2, last), chart.categories);
  out += "</c:cat><c:val>";
  append_numbers(out, range_of(index + 1, 2, last), series.values);
  out += "</c:val></c:ser>";
}

std::string title_of(const std::string& title) {
  if (title.empty()) return "<c:autoTitleDeleted val=\"1\"/>";
  return "<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr sz=\"1200\" b=\"0\"/></a:pPr><a:r><a:rPr lang=\"zh-CN\" "
         "sz=\"1200\" b=\"0\"/><a:t>" +
         escaped(title) + "</a:t></a:r></a:p></c:rich></c:tx><c:overlay val=\"0\"/></c:title><c:autoTitleDeleted val=\"0\"/>";
}

constexpr std::string_view axes =
    "<c:catAx><c:axId val=\"1\"/><c:scaling><c:orientation val=\"minMax\"/></c:scaling><c:delete val=\"0\"/><c:axPos val=\"b\"/>"
    "<c:numFmt formatCode=\"General\" sourceLinked=\"0\"/><c:majorTickMark val=\"none\"/><c:minorTickMark val=\"none\"/>"
    "<c:tickLblPos val=\"nextTo\"/><c:crossAx val=\"2\"/><c:crosses val=\"autoZero\"/></c:catAx>"
    "<c:valAx><c:axId val=\"2\"/><c:scaling><c:orientation val=\"minMax\"/><c:min val=\"0\"/></c:scaling><c:delete val=\"0\"/>"
    "<c:axPos val=\"l\"/><c:majorGridlines><c:spPr><a:ln w=\"6350\"><a:solidFill><a:srgbClr val=\"D9D9D9\"/></a:solidFill></a:ln>"
    "</c:spPr></c:majorGridlines><c:numFmt formatCode=\"0\" sourceLinked=\"0\"/><c:majorTickMark val=\"none\"/>"
    "<c:minorTickMark val=\"none\"/><c:tickLblPos val=\"nextTo\"/><c:crossAx val=\"1\"/><c:crosses val=\"autoZero\"/></c:valAx>";

void append_text_cell(std::string& out, const std::string& cell, const std::string& text) {
  out += fmt::format("<c r=\"{}\" t=\"inlineStr\"><is><t>{}</t></is></c>", cell, escaped(text));
}

std::string sheet_xml(const Chart& chart) {
  std::string out(xml_declaration);
  out += "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData><row r=\"1\">";
  for (std::size_t i = 0; i < chart.series.size(); ++i) {
    append_text_cell(out, fmt::format("{}1", letter_of(i + 1)), chart.series[i].name);
  }
  out += "</row>";
  for (std::size_t row = 0; row < chart.categories.size(); ++row) {
    out += fmt::format("<row r=\"{}\">", row + 2);
    append_text_cell(out, fmt::format("A{}", row + 2), chart.categories[row]);
    for (std::size_t i = 0; i < chart.series.size(); ++i) {
      out += fmt::format("<c r=\"{}{}\"><v>{}</v></c>", letter_of(i + 1), row + 2, chart.series[i].values[row]);
    }
    out += "</row>";
  }
  return out + "</sheetData></worksheet>";
}

}  // namespace

void append_chart_run(std::string& out, const Chart& chart, PaperSize size, std::string_view relationship, int number) {
  out += fmt::format(
      "<w:r><w:drawing><wp:inline xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\""
      " distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{}\" cy=\"{}\"/>"
      "<wp:effectExtent l=\"0\" t=\"0\" r=\"0\" b=\"0\"/><wp:docPr id=\"{}\" name=\"chart {}\" "
      "descr=\"{}\"/><wp:cNvGraphicFramePr/>"
      "<a:graphic xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\">"
      "<a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/chart\">"
      "<c:chart xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\""
      " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" r:id=\"{}\"/>"
      "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>",
      size.width, size.height, number, number, escaped(chart.title), relationship);
}

std::string chart_part(const Chart& chart, std::string_view workbook) {
  std::string out(xml_declaration);
  out +=
      "<c:chartSpace xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\""
      " xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\""
      " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><c:roundedCorners val=\"0\"/><c:chart>";
  out += title_of(chart.title);
  out += "<c:plotArea><c:layout/><c:barChart><c:barDir val=\"col\"/><c:grouping val=\"stacked\"/><c:varyColors val=\"0\"/>";
  for (std::size_t i = 0; i < chart.series.size(); ++i) append_series(out, chart, i);
  out += "<c:gapWidth val=\"80\"/><c:overlap val=\"100\"/><c:axId val=\"1\"/><c:axId val=\"2\"/></c:barChart>";
  out += axes;
  out +=
      "</c:plotArea><c:legend><c:legendPos val=\"b\"/><c:overlay val=\"0\"/></c:legend><c:plotVisOnly val=\"1\"/>"
      "<c:dispBlanksAs val=\"gap\"/></c:chart><c:externalData r:id=\"";
  out += workbook;
  out += "\"><c:autoUpdate val=\"0\"/></c:externalData></c:chartSpace>";
  return out;
}

std::string chart_relationships(std::string_view workbook, std::string_view file) {
  return fmt::format(
      "{}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"{}\" "
      "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/package\" Target=\"{}\"/></Relationships>",
      xml_declaration, workbook, file);
}

std::string chart_workbook(const Chart& chart) {
  const std::string head(xml_declaration);
  std::string bytes;
  ZipWriter zip([&](std::string_view piece) { bytes += piece; });
  zip.add_deflated(
      "[Content_Types].xml",
      head +
          "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" "
          "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override "
          "PartName=\"/xl/workbook.xml\" "
          "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/><Override "
          "PartName=\"/xl/worksheets/sheet1.xml\" "
          "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/></Types>");
  zip.add_deflated("_rels/.rels",
                   head +
                       "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship "
                       "Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" "
                       "Target=\"xl/workbook.xml\"/></Relationships>");
  zip.add_deflated("xl/workbook.xml",
                   head +
                       "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" "
                       "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet "
                       "name=\"Sheet1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>");
  zip.add_deflated("xl/_rels/workbook.xml.rels",
                   head +
                       "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship "
                       "Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" "
                       "Target=\"worksheets/sheet1.xml\"/></Relationships>");
  zip.add_deflated("xl/worksheets/sheet1.xml", sheet_xml(chart));
  zip.finish();
  return bytes;
}

}  // namespace wujin::documents
