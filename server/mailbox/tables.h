#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "documents/reading.h"

// What a stranger's table is: its columns by what people call them, in any order.
namespace wujin::mailbox {

enum class Column : std::uint8_t { other, month, week, when, until, when_too, where, content, person, picture, entry, serial };
// By the words over a column, or beside a box: 活动周期, 地点, 宣传重点, 负责人, 照片 … A second one of days is `when_too`.
Column column_of(std::u32string_view words);

// A table with every cell it spans in place; a cell stands at each position it covers.
class Grid {
 public:
  explicit Grid(const documents::ReadTable& table);
  int rows() const { return static_cast<int>(cells_.size()); }
  int columns() const { return columns_; }
  const documents::ReadCell* at(int row, int column) const;
  // Each cell of a row once, those that reach down into it among them.
  std::vector<const documents::ReadCell*> row(int row) const;
  bool begins_at(int row, int column) const;  // the cell there has its first row and column here

 private:
  std::vector<std::vector<const documents::ReadCell*>> cells_;
  int columns_ = 0;
};

enum class TableKind : std::uint8_t {
  plan,    // days, places or focus, and who is in charge
  report,  // days, what was done, pictures
  list,    // days and words, and nothing that tells a plan from a report
  box,     // one activity: labels beside their values
  layout   // anything else: read as text and pictures
};
struct TableShape {
  TableKind kind = TableKind::layout;
  int header = 0;                 // row of the column words
  std::map<Column, int> columns;  // the first column of each
};
TableShape shape_of(const documents::ReadTable& table);

}  // namespace wujin::mailbox
