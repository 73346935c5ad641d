#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <pugixml.hpp>

namespace wujin::documents {

// How a cell's number is shown.
struct ExcelFormat {
  enum class Kind { general, text, number, percent, date, time, date_and_time };
  Kind kind = Kind::general;
  int decimals = 0;
  bool is_grouped = false;   // 12,345
  bool has_day = true;       // of a date: 2023年10月 has none
  bool has_seconds = false;  // of a time
  bool is_bold = false;      // of the cell, not of the number
  bool is_centred = false;
};

// The code of a number format, such as yyyy"年"m"月"d"日" or 0.0%: what its first section (positive numbers) says.
ExcelFormat format_of_code(std::string_view code);

// The formats of a workbook's cells, by the number a cell names (s).
std::vector<ExcelFormat> read_formats(pugi::xml_node style_sheet);

// A number as it is shown; dates are days since 1900 or, in `is_1904`, since 1904. What is no date of these is a plain number.
std::string shown_number(double number, const ExcelFormat& format, bool is_1904);

}  // namespace wujin::documents
