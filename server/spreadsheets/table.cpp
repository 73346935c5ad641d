#include "spreadsheets/table.h"

#include "spreadsheets/csv_table.h"
#include "spreadsheets/excel_table.h"

namespace wujin::spreadsheets {

std::string_view extension_of(Format format) { return format == Format::excel ? ".xlsx" : ".csv"; }

std::string_view content_type_of(Format format) {
  return format == Format::excel ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
                                 : "text/csv; charset=utf-8";
}

std::unique_ptr<Table> begin_table(Format format, const std::filesystem::path& file, const std::string& title,
                                   const std::vector<Column>& columns, Instant made) {
  if (format == Format::excel) return std::make_unique<ExcelTable>(file, title, columns, made);
  return std::make_unique<CsvTable>(file, columns);
}

}  // namespace wujin::spreadsheets
