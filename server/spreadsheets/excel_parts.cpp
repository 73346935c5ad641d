#include "spreadsheets/excel_parts.h"

#include <cctype>
#include <cmath>

#include <fmt/format.h>

#include "base/text.h"
#include "documents/xml.h"

namespace wujin::spreadsheets {
namespace {

constexpr std::size_t longest_text = 32767;  // Excel's own limit, in UTF-16 units; characters here

std::string_view first_characters(std::string_view text, std::size_t most) {
  std::size_t characters = 0, end = 0;
  for (; end < text.size(); ++end) {
    const bool begins = (static_cast<unsigned char>(text[end]) & 0xC0U) != 0x80U;
    if (begins && ++characters > most) break;
  }
  return text.substr(0, end);
}

// Excel reads _x0041_ as a character written by its number, unless its first stroke is written so itself.
std::string shielded(std::string_view text) {
  const auto is_number = [&](std::size_t at) {
    if (at + 7 > text.size() || text[at] != '_' || text[at + 1] != 'x' || text[at + 6] != '_') return false;
    for (std::size_t digit = at + 2; digit < at + 6; ++digit) {
      if (std::isxdigit(static_cast<unsigned char>(text[digit])) == 0) return false;
    }
    return true;
  };
  std::string safe;
  for (std::size_t at = 0; at < text.size(); ++at) safe += is_number(at) ? "_x005F_" : std::string(1, text[at]);
  return safe;
}

void begin_cell(std::string& xml, const std::string& place, Style style) {
  xml += "<c r=\"";
  xml += place;
  xml += "\" s=\"";
  xml += static_cast<char>('0' + static_cast<int>(style));
  xml += '"';
}

void append_text(std::string& xml, const std::string& place, std::string_view text, Style style) {
  begin_cell(xml, place, style);
  xml += R"( t="inlineStr"><is><t)";
  const bool keeps_space = trimmed(text).size() != text.size() || text.find('\n') != std::string_view::npos;
  xml += keeps_space ? R"( xml:space="preserve">)" : ">";
  const auto shown = text.size() > longest_text ? first_characters(text, longest_text) : text;
  if (shown.find("_x") != std::string_view::npos) {
    documents::append_escaped(xml, shielded(shown));
  } else {
    documents::append_escaped(xml, shown);
  }
  xml += "</t></is></c>";
}

void append_number(std::string& xml, const std::string& place, std::int64_t number, Style style) {
  begin_cell(xml, place, style);
  xml += "><v>";
  xml += std::to_string(number);
  xml += "</v></c>";
}

// Days are counted as if 1900 had been a leap year; from March of it on that is from 30 December 1899.
std::int64_t serial_of(Date date) {
  using namespace std::chrono;
  return days_between(year(1899) / December / 30, date);
}

struct Append {
  std::string& xml;
  const std::string& place;

  void operator()(std::monostate) const {}
  void operator()(std::int64_t number) const { append_number(xml, place, number, Style::text); }
  void operator()(Date date) const { append_number(xml, place, serial_of(date), Style::day); }
  void operator()(const std::string& text) const {
    if (!text.empty()) append_text(xml, place, text, Style::text);
  }
};

}  // namespace

const std::string_view content_types_part =
    R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>)";

const std::string_view package_relations_part =
    R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>)";

const std::string_view workbook_relations_part =
    R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>)";

// In the order of Style: text wraps and stands at the top of its row; headings are bold over a line.
const std::string_view styles_part =
    R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/></numFmts><fonts count="2"><font><sz val="11"/><color theme="1"/><name val="Calibri"/><family val="2"/><scheme val="minor"/></font><font><b/><sz val="11"/><color theme="1"/><name val="Calibri"/><family val="2"/><scheme val="minor"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border><left/><right/><top/><bottom style="thin"><color auto="1"/></bottom><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf><xf numFmtId="0" fontId="1" fillId="0" borderId="1" xfId="0" applyFont="1" applyBorder="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles><dxfs count="0"/><tableStyles count="0" defaultTableStyle="TableStyleMedium9" defaultPivotStyle="PivotStyleLight16"/></styleSheet>)";

std::string core_properties_part(const std::string& title, Instant made) {
  const std::string at = fmt::format("{}Z", to_string(made - china_offset).substr(0, 19));
  return fmt::format(
      R"({}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{}</dc:title><dcterms:created xsi:type="dcterms:W3CDTF">{}</dcterms:created></cp:coreProperties>)",
      documents::xml_declaration, documents::escaped(title), at);
}

std::string workbook_part(const std::string& sheet_name, const std::string& last_column, std::uint32_t rows) {
  const std::string name = documents::escaped(sheet_name);
  return fmt::format(
      R"({0}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><bookViews><workbookView xWindow="240" yWindow="15" windowWidth="16095" windowHeight="9660"/></bookViews><sheets><sheet name="{1}" sheetId="1" r:id="rId1"/></sheets><definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">'{1}'!$A$1:${2}${3}</definedName><definedName name="_xlnm.Print_Titles" localSheetId="0">'{1}'!$1:$1</definedName></definedNames></workbook>)",
      documents::xml_declaration, name, last_column, rows);
}

std::string sheet_head(std::span<const Column> columns) {
  std::string xml(documents::xml_declaration);
  xml +=
      R"(<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView tabSelected="1" workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>)";
  for (std::size_t i = 0; i < columns.size(); ++i) {
    // As wide as so many digits of the usual font with its padding, in whole pixels.
    const double width = std::trunc((columns[i].width * 7 + 5) / 7 * 256) / 256;
    fmt::format_to(std::back_inserter(xml), R"(<col min="{0}" max="{0}" width="{1}" customWidth="1"/>)", i + 1, width);
  }
  return xml + "</cols><sheetData>";
}

std::string sheet_foot(const std::string& last_column, std::uint32_t rows) {
  return fmt::format(
      R"(</sheetData><autoFilter ref="A1:{}{}"/><pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>)",
      last_column, rows);
}

std::string column_letters(std::size_t column) {
  std::string letters;
  for (std::size_t left = column + 1; left > 0; left = (left - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (left - 1) % 26));
  }
  return letters;
}

void append_cell(std::string& xml, const std::string& place, const Cell& cell) { std::visit(Append{xml, place}, cell); }

void append_heading(std::string& xml, const std::string& place, const std::string& text) {
  append_text(xml, place, text, Style::heading);
}

}  // namespace wujin::spreadsheets
