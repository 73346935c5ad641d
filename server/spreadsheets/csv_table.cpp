#include "spreadsheets/csv_table.h"

namespace wujin::spreadsheets {
namespace {

// Spreadsheet programs take what begins so for a formula; an apostrophe in front makes it text again.
bool looks_like_formula(std::string_view text) { return text.find_first_of("=+-@\t\r") == 0; }

struct FieldOf {
  std::string operator()(std::monostate) const { return {}; }
  std::string operator()(std::int64_t number) const { return std::to_string(number); }
  std::string operator()(Date date) const { return to_string(date); }
  std::string operator()(const std::string& text) const {
    std::string safe = looks_like_formula(text) ? "'" + text : text;
    if (safe.find_first_of("\",\r\n") == std::string::npos) return safe;
    std::string quoted = "\"";
    for (const char c : safe) {
      if (c == '"') quoted += '"';
      quoted += c;
    }
    return quoted + '"';
  }
};

}  // namespace

std::string csv_field(const Cell& cell) { return std::visit(FieldOf{}, cell); }

CsvTable::CsvTable(const std::filesystem::path& file, const std::vector<Column>& columns) : file_(file) {
  file_.write("\xEF\xBB\xBF");
  std::vector<Cell> headings;
  headings.reserve(columns.size());
  for (const Column& column : columns) headings.emplace_back(column.heading);
  CsvTable::add(headings);
}

void CsvTable::add(std::span<const Cell> row) {
  std::string line;
  for (const Cell& cell : row) {
    if (&cell != row.data()) line += ',';
    line += csv_field(cell);
  }
  file_.write(line + "\r\n");
}

void CsvTable::finish() { file_.close(); }

}  // namespace wujin::spreadsheets
