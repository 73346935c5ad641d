#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "documents/zip_writer.h"
#include "spreadsheets/table.h"
#include "spreadsheets/written_file.h"

namespace wujin::spreadsheets {

// A workbook of one sheet (ECMA-376), deflated into its file as the rows come: nothing but a piece of it stands in memory.
class ExcelTable : public Table {
 public:
  ExcelTable(const std::filesystem::path& file, const std::string& title, const std::vector<Column>& columns, Instant made);
  ~ExcelTable() override;  // an unfinished file goes
  ExcelTable(const ExcelTable&) = delete;
  ExcelTable& operator=(const ExcelTable&) = delete;
  void add(std::span<const Cell> row) override;
  void finish() override;

 private:
  void pass_on();
  void add_row(std::span<const Cell> row, bool is_heading);

  std::filesystem::path path_;
  WrittenFile file_;
  documents::ZipWriter zip_;
  std::string sheet_name_;
  std::vector<std::string> letters_;  // of the columns: A, B, …
  std::string xml_;                   // written, but not passed on
  std::uint32_t rows_ = 0;
};

}  // namespace wujin::spreadsheets
