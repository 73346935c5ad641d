#include "mailbox/tables.h"

#include <algorithm>

#include "mailbox/plain_text.h"

namespace wujin::mailbox {
namespace {

using documents::ReadCell;
using documents::ReadTable;

constexpr int most_columns = 60;
constexpr std::size_t longest_label = 16;

std::u32string words_of(const ReadCell& cell) { return bare(plain(documents::text_of(cell))); }

bool has_pictures(const ReadTable& table) {
  for (const auto& row : table.rows) {
    for (const auto& cell : row) {
      if (!documents::pictures_of(cell.blocks).empty()) return true;
    }
  }
  return false;
}

std::map<Column, int> header_of(const Grid& grid, int row) {
  std::map<Column, int> columns;
  for (int column = 0; column < grid.columns(); ++column) {
    const auto* cell = grid.at(row, column);
    if (cell == nullptr || !grid.begins_at(row, column)) continue;
    const auto words = words_of(*cell);
    if (words.empty() || words.size() > longest_label) continue;
    const auto kind = column_of(words);
    if (kind != Column::other && !columns.try_emplace(kind, column).second && kind == Column::when) {
      columns.try_emplace(Column::when_too, column);
    }
  }
  return columns;
}

bool names_a_time(const std::map<Column, int>& columns) {
  return columns.contains(Column::when) || columns.contains(Column::week) || columns.contains(Column::month);
}

TableKind kind_of(const std::map<Column, int>& columns, bool pictures) {
  const bool has_words = columns.contains(Column::content) || columns.contains(Column::where);
  if (!names_a_time(columns) || !has_words || columns.size() < 3) return TableKind::layout;
  if (columns.contains(Column::picture) || pictures) return TableKind::report;
  return columns.contains(Column::person) ? TableKind::plan : TableKind::list;
}

// Labels in the first column, each with its value beside it.
bool is_box(const Grid& grid) {
  if (grid.columns() < 2 || grid.columns() > 8 || grid.rows() < 2) return false;
  int labels = 0;
  bool has_time = false;
  bool has_content = false;
  for (int row = 0; row < grid.rows(); ++row) {
    const auto* cell = grid.at(row, 0);
    if (cell == nullptr) continue;
    const auto words = words_of(*cell);
    if (words.size() > longest_label) continue;
    const auto kind = column_of(words);
    if (kind == Column::other || kind == Column::serial) continue;
    ++labels;
    has_time = has_time || kind == Column::when;
    has_content = has_content || kind == Column::content;
  }
  return labels >= 2 && (has_time || has_content);
}

}  // namespace

Column column_of(std::u32string_view words) {
  if (contains_any(words, {U"负责人", U"责任人", U"联系人", U"牵头", U"带队", U"负责", U"责任"})) return Column::person;
  if (contains_any(words, {U"序号", U"编号"})) return Column::serial;
  if (contains_any(words, {U"人数", U"份数", U"数量", U"电话", U"备注", U"签名"})) return Column::other;
  if (contains_any(words, {U"地点", U"村社", U"地址", U"场所", U"区域", U"点位", U"位置"}) || words == U"村社区" ||
      words == U"村居") {
    return Column::where;
  }
  if (contains_any(words, {U"内容", U"重点", U"主题", U"经过", U"情况", U"任务", U"事项", U"措施"})) return Column::content;
  if (contains_any(words, {U"照片", U"图片", U"影像", U"附图"})) return Column::picture;
  if (contains_any(words, {U"类别", U"类型", U"项目"})) return Column::entry;
  if (words == U"月份" || words == U"月") return Column::month;
  if (words == U"周次" || words == U"周" || words == U"周别" || words == U"第几周") return Column::week;
  if (contains_any(words, {U"结束", U"截止", U"终止"}) && !contains(words, U"起")) return Column::until;
  if (contains_any(words, {U"时间", U"日期", U"周期", U"时段", U"起止"})) return Column::when;
  return Column::other;
}

Grid::Grid(const ReadTable& table) {
  columns_ = std::min(table.columns, most_columns);
  cells_.assign(table.rows.size(), {});
  for (const auto& row : table.rows) {
    for (const auto& cell : row) columns_ = std::max(columns_, std::min(cell.column + std::max(cell.columns, 1), most_columns));
  }
  for (auto& row : cells_) row.assign(static_cast<std::size_t>(columns_), nullptr);
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    for (const auto& cell : table.rows[row]) {
      const auto last = std::min(row + static_cast<std::size_t>(std::max(cell.rows, 1)), cells_.size());
      for (auto down = row; down < last; ++down) {
        for (int column = std::max(cell.column, 0); column < std::min(cell.column + std::max(cell.columns, 1), columns_);
             ++column) {
          cells_[down][static_cast<std::size_t>(column)] = &cell;
        }
      }
    }
  }
}

const ReadCell* Grid::at(int row, int column) const {
  if (row < 0 || row >= rows() || column < 0 || column >= columns_) return nullptr;
  return cells_[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)];
}

std::vector<const ReadCell*> Grid::row(int row) const {
  std::vector<const ReadCell*> cells;
  for (int column = 0; column < columns_; ++column) {
    const auto* cell = at(row, column);
    if (cell != nullptr && (cells.empty() || cells.back() != cell)) cells.push_back(cell);
  }
  return cells;
}

bool Grid::begins_at(int row, int column) const {
  const auto* cell = at(row, column);
  return cell != nullptr && cell->column == column && at(row - 1, column) != cell;
}

TableShape shape_of(const ReadTable& table) {
  const Grid grid(table);
  constexpr int last_header = 5;
  for (int row = 0; row < std::min(grid.rows() - 1, last_header); ++row) {
    TableShape shape;
    shape.columns = header_of(grid, row);
    shape.kind = kind_of(shape.columns, has_pictures(table));
    shape.header = row;
    if (shape.kind != TableKind::layout) return shape;
  }
  TableShape shape;
  if (is_box(grid)) shape.kind = TableKind::box;
  return shape;
}

}  // namespace wujin::mailbox
