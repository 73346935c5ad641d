#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/calendar.h"
#include "base/clock.h"

// Tables written row by row into a file, so that a long one never stands in memory.
namespace wujin::spreadsheets {

enum class Format : std::uint8_t {
  excel,  // .xlsx: the heading stays in sight, filters stand on it, and it prints on A4 across
  csv     // UTF-8 with a byte order mark, so that Excel and WPS read the Chinese
};
std::string_view extension_of(Format format);  // ".xlsx"
std::string_view content_type_of(Format format);

struct Column {
  std::string heading;
  double width = 12;  // in characters, as Excel counts them
};

// Text, a whole number, a day, or nothing. Text is never a formula, whatever it begins with.
using Cell = std::variant<std::monostate, std::string, std::int64_t, Date>;

class Table {
 public:
  virtual ~Table() = default;
  virtual void add(std::span<const Cell> row) = 0;  // a cell for each column
  // Completes the file; nothing is added afterwards. Before that it is no whole file.
  virtual void finish() = 0;
};

// Begins a table in a new file. `title` names the sheet and the document; `made` is told as when it was made. All of a table
// throws StorageFull on a full disk and std::runtime_error when the file cannot be written. At most 1,048,575 rows in Excel: more
// throws std::length_error.
std::unique_ptr<Table> begin_table(Format format, const std::filesystem::path& file, const std::string& title,
                                   const std::vector<Column>& columns, Instant made);

}  // namespace wujin::spreadsheets
