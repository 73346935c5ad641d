#pragma once

#include <string>

#include "spreadsheets/table.h"
#include "spreadsheets/written_file.h"

namespace wujin::spreadsheets {

// RFC 4180, with a byte order mark.
class CsvTable : public Table {
 public:
  CsvTable(const std::filesystem::path& file, const std::vector<Column>& columns);
  void add(std::span<const Cell> row) override;
  void finish() override;

 private:
  WrittenFile file_;
};

// One field as it stands in the file.
std::string csv_field(const Cell& cell);

}  // namespace wujin::spreadsheets
