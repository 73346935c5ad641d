#include "mailbox/document_lines.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

namespace wujin::mailbox {
namespace {

using documents::Block;
using documents::ReadCell;
using documents::ReadParagraph;
using documents::ReadTable;

// Goes through a document once, counting its pictures in reading order.
class Flattener {
 public:
  DocumentLines run(const std::vector<Block>& blocks) {
    number_pictures(blocks);
    add(blocks, false);
    result_.pictures = static_cast<int>(numbers_.size());
    return std::move(result_);
  }

 private:
  void number_pictures(const std::vector<Block>& blocks) {
    for (const auto& block : blocks) {
      if (const auto* paragraph = std::get_if<ReadParagraph>(&block)) {
        for (const auto& picture : paragraph->pictures) numbers_.emplace(&picture, static_cast<int>(numbers_.size()));
        continue;
      }
      for (const auto& row : std::get<ReadTable>(block).rows) {
        for (const auto& cell : row) number_pictures(cell.blocks);
      }
    }
  }

  std::vector<Picture> pictures_in(const std::vector<Block>& blocks) const {
    std::vector<Picture> pictures;
    for (const auto& block : blocks) {
      if (const auto* paragraph = std::get_if<ReadParagraph>(&block)) {
        for (const auto& picture : paragraph->pictures) pictures.push_back({numbers_.at(&picture), {}});
        continue;
      }
      for (const auto& row : std::get<ReadTable>(block).rows) {
        for (const auto& cell : row) {
          const auto inner = pictures_in(cell.blocks);
          pictures.insert(pictures.end(), inner.begin(), inner.end());
        }
      }
    }
    return pictures;
  }

  void add(const std::vector<Block>& blocks, bool in_table) {
    for (const auto& block : blocks) {
      if (const auto* paragraph = std::get_if<ReadParagraph>(&block)) {
        add_paragraph(*paragraph, in_table);
      } else {
        add_table(std::get<ReadTable>(block));
      }
    }
  }

  // Line ends typed within a paragraph part lines as well; what floats beside it stands behind the last.
  void add_paragraph(const ReadParagraph& paragraph, bool in_table) {
    if (is_of_contents(paragraph.text)) return;
    Line line;
    line.numbering = plain(paragraph.numbering);
    line.outline = paragraph.outline;
    line.is_centred = paragraph.is_centred;
    line.is_bold = paragraph.is_bold;
    line.is_in_table = in_table;
    std::string_view rest = paragraph.text;
    int number = 0;
    for (auto end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
      line.text = Text(rest.substr(0, end));
      line.pictures = pictures_at(paragraph, number++);
      if (!line.text.is_empty() || !line.pictures.empty()) {
        result_.items.emplace_back(line);
        line.numbering.clear();
      }
      rest.remove_prefix(end + 1);
    }
    line.text = Text(rest);
    line.pictures = pictures_at(paragraph, number);
    for (auto& picture : pictures_at(paragraph, std::nullopt)) line.pictures.push_back(std::move(picture));
    if (!line.text.is_empty() || !line.pictures.empty()) result_.items.emplace_back(std::move(line));
  }

  // 目录, and below it the lines that end in a leader and a page.
  bool is_of_contents(std::string_view text) {
    constexpr std::size_t longest_number = 3;
    const auto digits = text.find_last_not_of("0123456789") + 1;
    const auto head = text.substr(0, digits);
    const bool has_page = digits > 0 && digits < text.size() && text.size() - digits <= longest_number;
    const bool has_leader =
        has_page && (head.ends_with('\t') || head.ends_with("...") || head.ends_with("…") || head.ends_with("·"));
    if (bare(plain(text)) == U"目录") {
      in_contents_ = true;
      return true;
    }
    return in_contents_ && has_leader;
  }

  std::vector<Picture> pictures_at(const ReadParagraph& paragraph, std::optional<int> line) const {
    std::vector<Picture> pictures;
    for (const auto& picture : paragraph.pictures) {
      if (picture.line == line) pictures.push_back({numbers_.at(&picture), {}});
    }
    return pictures;
  }

  void add_table(const ReadTable& table) {
    const auto shape = shape_of(table);
    switch (shape.kind) {
      case TableKind::plan:
      case TableKind::list:
        result_.has_plan_table = result_.has_plan_table || shape.kind == TableKind::plan;
        result_.plan_tables.push_back(&table);
        add_rows(table, shape);
        return;
      case TableKind::report:
        result_.has_report_table = true;
        add_rows(table, shape);
        return;
      case TableKind::box:
        result_.has_boxes = true;
        add_box(table);
        return;
      case TableKind::layout:
        add_layout(table);
    }
  }

  // ── tables with column words ──

  static Text text_at(const Grid& grid, int row, const TableShape& shape, Column column) {
    const auto found = shape.columns.find(column);
    if (found == shape.columns.end()) return {};
    const auto* cell = grid.at(row, found->second);
    return cell != nullptr ? Text(documents::text_of(*cell)) : Text();
  }

  void add_rows(const ReadTable& table, const TableShape& shape) {
    const Grid grid(table);
    for (int row = 0; row < shape.header; ++row) {
      for (const auto* cell : grid.row(row)) add(cell->blocks, true);
    }
    for (int row = shape.header + 1; row < grid.rows(); ++row) {
      constexpr std::size_t longest_across = 20;
      const auto* first = grid.at(row, 0);
      const bool is_across = first != nullptr && grid.columns() > 1 && grid.row(row).size() == 1 && grid.begins_at(row, 0);
      if (is_across && bare(plain(documents::text_of(*first))).size() <= longest_across) {
        add(first->blocks, true);  // 第一周, above the rows it heads
      } else {
        add_row(grid, row, shape);
      }
    }
  }

  void add_row(const Grid& grid, int row, const TableShape& shape) {
    BoxedActivity boxed;
    boxed.when = text_at(grid, row, shape, Column::when);
    const auto month = text_at(grid, row, shape, Column::month);
    if (!month.is_empty() && !contains(boxed.when.plain, U"月")) {
      boxed.when.plain = month.plain + boxed.when.plain;
      boxed.when.shown = month.shown + boxed.when.shown;
    }
    boxed.week = text_at(grid, row, shape, Column::week);
    boxed.heading = text_at(grid, row, shape, Column::entry);
    const auto content = shape.columns.find(Column::content);
    const bool is_told_above = content != shape.columns.end() && grid.at(row, content->second) != nullptr &&
                               grid.at(row - 1, content->second) == grid.at(row, content->second);
    if (content != shape.columns.end() && !is_told_above) add_texts(grid.at(row, content->second), boxed);
    if (boxed.paragraphs.empty() && !is_told_above) {
      const auto where = text_at(grid, row, shape, Column::where);
      if (!where.is_empty() && !boxed.when.is_empty()) boxed.paragraphs.push_back(where);
    }
    for (const auto* cell : grid.row(row)) {
      if (!grid.begins_at(row, cell->column)) continue;
      const auto pictures = pictures_in(cell->blocks);
      boxed.pictures.insert(boxed.pictures.end(), pictures.begin(), pictures.end());
    }
    std::sort(boxed.pictures.begin(), boxed.pictures.end(),
              [](const Picture& one, const Picture& other) { return one.number < other.number; });
    place(std::move(boxed));
  }

  // A row of pictures alone belongs to the row above it.
  void place(BoxedActivity boxed) {
    if (boxed.paragraphs.empty() && boxed.pictures.empty()) return;
    auto* before = result_.items.empty() ? nullptr : std::get_if<BoxedActivity>(&result_.items.back());
    if (boxed.paragraphs.empty() && before != nullptr) {
      before->pictures.insert(before->pictures.end(), boxed.pictures.begin(), boxed.pictures.end());
      return;
    }
    result_.items.emplace_back(std::move(boxed));
  }

  static void add_texts(const ReadCell* cell, BoxedActivity& boxed) {
    if (cell == nullptr) return;
    for (const auto& block : cell->blocks) {
      if (const auto* paragraph = std::get_if<ReadParagraph>(&block)) {
        Text text(paragraph->text);
        if (!text.is_empty()) boxed.paragraphs.push_back(std::move(text));
        continue;
      }
      for (const auto& row : std::get<ReadTable>(block).rows) {
        for (const auto& inner : row) add_texts(&inner, boxed);
      }
    }
  }

  // ── boxes ──

  void add_box(const ReadTable& table) {
    const Grid grid(table);
    BoxedActivity boxed;
    bool has_when = false;
    for (int row = 0; row < grid.rows(); ++row) {
      const auto cells = grid.row(row);
      Column label = Column::other;
      for (const auto* cell : cells) {
        if (!grid.begins_at(row, cell->column)) continue;
        const Text text(documents::text_of(*cell));
        const auto words = bare(text.plain);
        const auto kind = words.size() <= 12 && cell->column != grid.columns() - 1 ? column_of(words) : Column::other;
        if (kind == Column::when && has_when) {  // the next box of the same table
          place(std::move(boxed));
          boxed = {};
        }
        has_when = has_when || kind == Column::when;
        const auto pictures = pictures_in(cell->blocks);
        boxed.pictures.insert(boxed.pictures.end(), pictures.begin(), pictures.end());
        if (kind != Column::other) {
          label = kind;
          continue;
        }
        take_value(label, row, text, *cell, boxed);
        label = Column::other;
      }
    }
    place(std::move(boxed));
  }

  static void take_value(Column label, int row, const Text& text, const ReadCell& cell, BoxedActivity& boxed) {
    if (text.is_empty()) return;
    const bool is_number = bare(text.plain).size() <= 2;
    if (label == Column::when) {
      boxed.when = text;
    } else if (label == Column::content) {
      const bool is_first = boxed.paragraphs.empty() && boxed.when.is_empty() && bare(text.plain).size() <= 20;
      if (is_first && boxed.heading.is_empty()) {
        boxed.heading = text;  // 主题
      } else {
        add_texts(&cell, boxed);
      }
    } else if (label == Column::entry || (label == Column::other && row == 0 && !is_number && boxed.heading.is_empty())) {
      boxed.heading = text;
    }
  }

  // ── tables that only lay out ──

  static bool has_words(const ReadCell& cell) { return !bare(plain(documents::text_of(cell))).empty(); }
  bool has_pictures(const ReadCell& cell) const { return !pictures_in(cell.blocks).empty(); }

  void add_layout(const ReadTable& table) {
    const Grid grid(table);
    for (int row = 0; row < grid.rows(); ++row) {
      std::vector<const ReadCell*> cells;
      for (const auto* cell : grid.row(row)) {
        if (grid.begins_at(row, cell->column)) cells.push_back(cell);
      }
      if (is_row_of_pictures(cells) && row + 1 < grid.rows() && adds_with_captions(cells, grid, row + 1)) {
        ++row;
        continue;
      }
      // A picture beside a text belongs to it, on whichever side it stands.
      const bool is_beside =
          cells.size() > 1 && std::any_of(cells.begin(), cells.end(), [&](const ReadCell* cell) {
            constexpr std::size_t longest_line_of_caption = 30;
            return !has_pictures(*cell) && bare(plain(documents::text_of(*cell))).size() > longest_line_of_caption;
          });
      if (is_beside) {
        std::stable_partition(cells.begin(), cells.end(), [&](const ReadCell* cell) { return !has_pictures(*cell); });
      }
      for (const auto* cell : cells) add(cell->blocks, true);
    }
  }

  bool is_row_of_pictures(const std::vector<const ReadCell*>& cells) const {
    const bool has_any = std::any_of(cells.begin(), cells.end(), [&](const ReadCell* cell) { return has_pictures(*cell); });
    return has_any && std::none_of(cells.begin(), cells.end(), [](const ReadCell* cell) { return has_words(*cell); });
  }

  // The row below names them, each in its column.
  bool adds_with_captions(const std::vector<const ReadCell*>& cells, const Grid& grid, int below) {
    constexpr std::size_t longest = 40;
    for (const auto* cell : grid.row(below)) {
      const auto words = bare(plain(documents::text_of(*cell)));
      if (has_pictures(*cell) || words.size() > longest) return false;
    }
    Line line;
    line.is_in_table = true;
    for (const auto* cell : cells) {
      const auto* under = grid.at(below, cell->column);
      for (auto picture : pictures_in(cell->blocks)) {
        if (under != nullptr) picture.caption = plain(documents::text_of(*under));
        line.pictures.push_back(std::move(picture));
      }
    }
    result_.items.emplace_back(std::move(line));
    return true;
  }

  DocumentLines result_;
  bool in_contents_ = false;
  std::map<const documents::ReadPicture*, int> numbers_;
};

}  // namespace

DocumentLines lines_of(const documents::Reading& reading) { return Flattener().run(reading.blocks); }

}  // namespace wujin::mailbox
