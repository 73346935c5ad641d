#include "spreadsheets/excel_table.h"

#include <cerrno>
#include <cstdio>
#include <stdexcept>
#include <utility>

#include <xlsxwriter.h>

#include "base/storage_full.h"

namespace wujin::spreadsheets {
namespace {

constexpr std::uint32_t most_rows = LXW_ROW_MAX;  // the heading among them
constexpr std::size_t longest_text = 32767;       // Excel's own limits, in UTF-16 units; characters here
constexpr std::size_t longest_sheet_name = 31;

void check(lxw_error error) {
  if (error == LXW_NO_ERROR) return;
  if (errno == ENOSPC) throw StorageFull("the table does not fit on the disk");
  throw std::runtime_error(std::string("cannot write the table: ") + lxw_strerror(error));
}

std::string first_characters(const std::string& text, std::size_t most) {
  std::size_t characters = 0, end = 0;
  for (; end < text.size(); ++end) {
    const bool begins = (static_cast<unsigned char>(text[end]) & 0xC0U) != 0x80U;
    if (begins && ++characters > most) break;
  }
  return text.substr(0, end);
}

// Excel refuses these in the name of a sheet.
std::string sheet_name(const std::string& title) {
  std::string name = first_characters(title, longest_sheet_name);
  for (char& c : name) {
    if (std::string_view("[]:*?/\\'").find(c) != std::string_view::npos) c = ' ';
  }
  return name;
}

lxw_datetime datetime_of(Date date) {
  return {static_cast<int>(date.year()),
          static_cast<int>(static_cast<unsigned>(date.month())),
          static_cast<int>(static_cast<unsigned>(date.day())),
          0,
          0,
          0};
}

struct Write {
  lxw_worksheet* sheet;
  lxw_row_t row;
  lxw_col_t column;
  lxw_format* text_format;
  lxw_format* day_format;

  lxw_error operator()(std::monostate) const { return LXW_NO_ERROR; }
  lxw_error operator()(std::int64_t number) const {
    return worksheet_write_number(sheet, row, column, static_cast<double>(number), text_format);
  }
  lxw_error operator()(Date date) const {
    lxw_datetime day = datetime_of(date);
    return worksheet_write_datetime(sheet, row, column, &day, day_format);
  }
  lxw_error operator()(const std::string& text) const {
    if (text.empty()) return LXW_NO_ERROR;
    if (text.size() <= longest_text) return worksheet_write_string(sheet, row, column, text.c_str(), text_format);
    return worksheet_write_string(sheet, row, column, first_characters(text, longest_text).c_str(), text_format);
  }
};

lxw_workbook* begin_workbook(const std::filesystem::path& file) {
  std::string folder = file.parent_path().string();
  lxw_workbook_options options{};
  options.constant_memory = LXW_TRUE;
  options.tmpdir = folder.data();
  lxw_workbook* workbook = workbook_new_opt(file.c_str(), &options);
  if (workbook == nullptr) throw std::bad_alloc();
  return workbook;
}

}  // namespace

ExcelTable::ExcelTable(const std::filesystem::path& file, const std::string& title, const std::vector<Column>& columns,
                       Instant made)
    : columns_(columns.size()),
      workbook_(begin_workbook(file)),
      sheet_(workbook_add_worksheet(workbook_, sheet_name(title).c_str())),
      text_(workbook_add_format(workbook_)),
      day_(workbook_add_format(workbook_)) {
  if (sheet_ == nullptr) {
    lxw_workbook_free(workbook_);
    if (errno == ENOSPC) throw StorageFull("the table does not fit on the disk");
    throw std::runtime_error("cannot begin the table");
  }
  lxw_doc_properties properties{};
  std::string name = title;
  properties.title = name.data();
  properties.created = std::chrono::system_clock::to_time_t(made);
  check(workbook_set_properties(workbook_, &properties));
  for (lxw_format* format : {text_, day_}) {
    format_set_text_wrap(format);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
  }
  format_set_num_format(day_, "yyyy-mm-dd");
  head(columns);
}

ExcelTable::~ExcelTable() {
  if (workbook_ != nullptr) lxw_workbook_free(workbook_);
}

void ExcelTable::head(const std::vector<Column>& columns) {
  lxw_format* bold = workbook_add_format(workbook_);
  format_set_bold(bold);
  format_set_text_wrap(bold);
  format_set_align(bold, LXW_ALIGN_VERTICAL_CENTER);
  format_set_bottom(bold, LXW_BORDER_THIN);
  lxw_col_t column = 0;
  for (const Column& each : columns) {
    check(worksheet_set_column(sheet_, column, column, each.width, nullptr));
    check(worksheet_write_string(sheet_, 0, column, each.heading.c_str(), bold));
    ++column;
  }
  worksheet_freeze_panes(sheet_, 1, 0);
  worksheet_set_landscape(sheet_);
  constexpr std::uint8_t a4 = 9;
  worksheet_set_paper(sheet_, a4);
  worksheet_fit_to_pages(sheet_, 1, 0);
  check(worksheet_repeat_rows(sheet_, 0, 0));
  row_ = 1;
}

void ExcelTable::add(std::span<const Cell> row) {
  if (row_ == most_rows) throw std::length_error("a sheet holds no more rows");
  lxw_col_t column = 0;
  for (const Cell& cell : row) check(std::visit(Write{sheet_, row_, column++, text_, day_}, cell));
  ++row_;
}

void ExcelTable::finish() {
  if (columns_ > 0) check(worksheet_autofilter(sheet_, 0, 0, row_ - 1, static_cast<lxw_col_t>(columns_ - 1)));
  // The library does not look whether its rows were written.
  if (std::fflush(sheet_->optimize_tmpfile) != 0 || std::ferror(sheet_->optimize_tmpfile) != 0) {
    throw StorageFull("the table does not fit on the disk");
  }
  errno = 0;
  check(workbook_close(std::exchange(workbook_, nullptr)));
}

}  // namespace wujin::spreadsheets
