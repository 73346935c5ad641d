#include <algorithm>
#include <map>
#include <utility>

#include "documents/word_blocks.h"
#include "documents/xml_scan.h"

namespace wujin::documents {
namespace {

constexpr int widest = 1000;  // columns a cell may span; Word's own limit is 63

int span(pugi::xml_node properties, std::string_view name) {
  return std::clamp(number_in(attribute_named(child_named(properties, name), "val"), 1), 1, widest);
}

int skipped(pugi::xml_node row_properties) {
  return std::clamp(number_in(attribute_named(child_named(row_properties, "gridBefore"), "val"), 0), 0, widest);
}

// vMerge and hMerge: "restart" begins a merged cell, anything else or nothing at all goes on with it.
enum class Merge { none, begins, goes_on };

Merge merge(pugi::xml_node properties, std::string_view name) {
  const auto node = child_named(properties, name);
  if (!node) return Merge::none;
  return attribute_named(node, "val") == "restart" ? Merge::begins : Merge::goes_on;
}

// Revisions and content controls may wrap rows and cells; what they leave out is left out here.
bool is_wrapping(std::string_view name) {
  return name != "del" && name != "moveFrom" && name != "tbl" && name != "p" && !name.ends_with("Pr");
}

}  // namespace

// A table while it is read.
struct WordBlocks::Grid {
  struct Place {
    std::size_t row;
    std::size_t cell;
  };
  ReadTable table;
  std::map<int, Place> open;  // cells that go on downwards, by the column they begin in
  int column = 0;             // of the next cell
};

WordBlocks::WordBlocks(const WordStyles& styles, WordNumbering& numbering, WordDrawings& drawings,
                       const WordReadingLimits& limits, Reading& reading)
    : styles_(styles), numbering_(numbering), limits_(limits), reading_(reading), paragraphs_(styles, drawings, reading) {}
WordBlocks::~WordBlocks() = default;

bool WordBlocks::begin_table(std::vector<Block>& blocks) {
  if (is_full()) return false;
  end_body(blocks);
  table_ = std::make_unique<Grid>();
  return true;
}

bool WordBlocks::read_row_piece(const BodyPiece& piece) {
  if (is_full()) return false;
  read_rows(*piece, *table_);
  return true;
}

bool WordBlocks::end_table(std::vector<Block>& blocks) {
  blocks.emplace_back(std::move(table_->table));
  table_.reset();
  return true;
}

void WordBlocks::end_body(std::vector<Block>& blocks) {
  if (before_.is_joined) finish(std::exchange(before_, {}), blocks);
  joined_.clear();
  if (table_) end_table(blocks);
}

ReadTable WordBlocks::read_table(pugi::xml_node table) {
  Grid grid;
  read_rows(table, grid);
  return std::move(grid.table);
}

void WordBlocks::read_rows(pugi::xml_node parent, Grid& grid) {
  for (const auto node : parent.children()) {
    const auto name = local_name(node);
    if (node.type() != pugi::node_element || is_full()) continue;
    if (name == "tr") {
      read_row(node, grid);
    } else if (name == "AlternateContent") {
      read_rows(chosen(node), grid);
    } else if (is_wrapping(name)) {
      read_rows(node, grid);
    }
  }
}

void WordBlocks::read_row(pugi::xml_node row, Grid& grid) {
  const auto properties = child_named(row, "trPr");
  if (child_named(properties, "del") || word_switch(properties, "hidden").value_or(false)) return;
  grid.column = skipped(properties);
  grid.table.rows.emplace_back();
  read_cells(row, grid);
  grid.table.columns = std::max(grid.table.columns, grid.column);
}

void WordBlocks::read_cells(pugi::xml_node parent, Grid& grid) {
  for (const auto node : parent.children()) {
    const auto name = local_name(node);
    if (node.type() != pugi::node_element || is_full()) continue;
    if (name == "tc") {
      read_cell(node, grid);
    } else if (name == "AlternateContent") {
      read_cells(chosen(node), grid);
    } else if (is_wrapping(name)) {
      read_cells(node, grid);
    }
  }
}

void WordBlocks::read_cell(pugi::xml_node cell, Grid& grid) {
  ++cells_read_;
  const auto properties = child_named(cell, "tcPr");
  const int columns = span(properties, "gridSpan");
  const int column = std::exchange(grid.column, grid.column + columns);
  auto& row = grid.table.rows.back();
  if (merge(properties, "hMerge") == Merge::goes_on && !row.empty()) {
    row.back().columns += columns;
    return;
  }
  const auto down = merge(properties, "vMerge");
  if (const auto above = grid.open.find(column); above != grid.open.end()) {
    if (down == Merge::goes_on) {
      ++grid.table.rows[above->second.row][above->second.cell].rows;
      return;
    }
    grid.open.erase(above);
  }
  const std::size_t row_number = grid.table.rows.size() - 1;
  if (down != Merge::none) grid.open[column] = {row_number, row.size()};
  ReadCell read_cell;
  read_cell.column = column;
  read_cell.columns = columns;
  read(cell, read_cell.blocks);
  row.push_back(std::move(read_cell));
}

}  // namespace wujin::documents
