#pragma once

#include <string>

#include "spreadsheets/table.h"

struct lxw_workbook;
struct lxw_worksheet;
struct lxw_format;

namespace wujin::spreadsheets {

// Written by libxlsxwriter a row at a time; what it keeps meanwhile lies beside the file.
class ExcelTable : public Table {
 public:
  ExcelTable(const std::filesystem::path& file, const std::string& title, const std::vector<Column>& columns, Instant made);
  ~ExcelTable() override;
  ExcelTable(const ExcelTable&) = delete;
  ExcelTable& operator=(const ExcelTable&) = delete;
  void add(std::span<const Cell> row) override;
  void finish() override;

 private:
  void head(const std::vector<Column>& columns);

  std::size_t columns_;
  lxw_workbook* workbook_;
  lxw_worksheet* sheet_;
  lxw_format* text_;
  lxw_format* day_;
  std::uint32_t row_ = 0;
};

}  // namespace wujin::spreadsheets
