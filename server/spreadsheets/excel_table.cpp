#include "spreadsheets/excel_table.h"

#include <stdexcept>
#include <system_error>

#include "spreadsheets/excel_parts.h"

namespace wujin::spreadsheets {
namespace {

constexpr std::uint32_t most_rows = 1'048'576;  // the heading among them
constexpr std::size_t longest_sheet_name = 31;
// Rows are passed on together.
constexpr std::size_t worth_passing_on = std::size_t{64} * 1024;

// Excel refuses these in the name of a sheet, and longer ones.
std::string sheet_name_of(const std::string& title) {
  std::string name;
  std::size_t characters = 0;
  for (const char c : title) {
    const bool begins = (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    if (begins && ++characters > longest_sheet_name) break;
    name += std::string_view("[]:*?/\\'").find(c) == std::string_view::npos ? c : ' ';
  }
  return name;
}

}  // namespace

ExcelTable::ExcelTable(const std::filesystem::path& file, const std::string& title, const std::vector<Column>& columns,
                       Instant made)
    : path_(file), file_(file), zip_([this](std::string_view bytes) { file_.write(bytes); }), sheet_name_(sheet_name_of(title)) {
  letters_.reserve(columns.size());
  for (std::size_t i = 0; i < columns.size(); ++i) letters_.push_back(column_letters(i));
  zip_.add_deflated("[Content_Types].xml", content_types_part);
  zip_.add_deflated("_rels/.rels", package_relations_part);
  zip_.add_deflated("docProps/core.xml", core_properties_part(title, made));
  zip_.add_deflated("xl/_rels/workbook.xml.rels", workbook_relations_part);
  zip_.add_deflated("xl/styles.xml", styles_part);
  zip_.begin_growing("xl/worksheets/sheet1.xml");
  xml_ = sheet_head(columns);
  std::vector<Cell> headings;
  headings.reserve(columns.size());
  for (const Column& column : columns) headings.emplace_back(column.heading);
  add_row(headings, true);
}

ExcelTable::~ExcelTable() {
  if (!file_.is_open()) return;
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
}

void ExcelTable::add(std::span<const Cell> row) {
  if (rows_ == most_rows) throw std::length_error("a sheet holds no more rows");
  add_row(row, false);
}

void ExcelTable::add_row(std::span<const Cell> row, bool is_heading) {
  const std::string number = std::to_string(++rows_);
  xml_ += "<row r=\"" + number + "\">";
  std::string place;
  for (std::size_t i = 0; i < row.size(); ++i) {
    place.assign(letters_[i]).append(number);
    if (is_heading) {
      append_heading(xml_, place, std::get<std::string>(row[i]));
    } else {
      append_cell(xml_, place, row[i]);
    }
  }
  xml_ += "</row>";
  if (xml_.size() >= worth_passing_on) pass_on();
}

void ExcelTable::pass_on() {
  zip_.grow(xml_);
  xml_.clear();
}

void ExcelTable::finish() {
  const std::string last_column = letters_.empty() ? "A" : letters_.back();
  xml_ += sheet_foot(last_column, rows_);
  pass_on();
  zip_.end_growing();
  zip_.add_deflated("xl/workbook.xml", workbook_part(sheet_name_, last_column, rows_));
  zip_.finish();
  file_.close();
}

}  // namespace wujin::spreadsheets
