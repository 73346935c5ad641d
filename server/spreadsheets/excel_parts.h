#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "spreadsheets/table.h"

// The parts of a workbook of one sheet (ECMA-376 part 1, chapters 12 and 18), as far as they are not rows. Pure.
namespace wujin::spreadsheets {

// Cells are of one of these styles: their positions in styles_part().
enum class Style : std::uint8_t { none, text, day, heading };

extern const std::string_view content_types_part;
extern const std::string_view package_relations_part;
extern const std::string_view workbook_relations_part;
extern const std::string_view styles_part;
std::string core_properties_part(const std::string& title, Instant made);
// With the filters over all rows, and the heading on every printed page.
std::string workbook_part(const std::string& sheet_name, const std::string& last_column, std::uint32_t rows);

// What stands before the rows of the sheet, and what behind them.
std::string sheet_head(std::span<const Column> columns);
std::string sheet_foot(const std::string& last_column, std::uint32_t rows);

// A, B, … Z, AA, …
std::string column_letters(std::size_t column);

void append_cell(std::string& xml, const std::string& place, const Cell& cell);
void append_heading(std::string& xml, const std::string& place, const std::string& text);

}  // namespace wujin::spreadsheets
