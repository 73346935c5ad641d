#pragma once

#include <cstdio>
#include <memory>

#include "spreadsheets/table.h"

namespace wujin::spreadsheets {

// RFC 4180, with a byte order mark.
class CsvTable : public Table {
 public:
  CsvTable(const std::filesystem::path& file, const std::vector<Column>& columns);
  void add(std::span<const Cell> row) override;
  void finish() override;

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  void write(std::string_view text);

  std::unique_ptr<std::FILE, Close> file_;
};

// One field as it stands in the file.
std::string csv_field(const Cell& cell);

}  // namespace wujin::spreadsheets
