#include "documents/excel_reading.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>
#include <vector>

#include "base/number.h"
#include "base/text.h"
#include "documents/excel_values.h"
#include "documents/package_file.h"
#include "documents/xml.h"
#include "documents/xml_scan.h"

namespace wujin::documents {
namespace {

constexpr int widest = 16'384;      // columns of a sheet
constexpr int longest = 1'048'576;  // rows of a sheet
constexpr std::size_t most_merges = 20'000;
constexpr std::size_t most_open_merges = 1'000;  // that reach into one row

PackageLimits limits_of(const ExcelReadingLimits& limits) {
  PackageLimits package;
  package.file = limits.file;
  package.text = limits.xml;
  package.ratio = limits.ratio;
  return package;
}

bool is_on(std::string_view value) { return value == "1" || value == "true"; }

// Excel writes what XML cannot hold as _x000D_; a line end is written as two signs, of which one stays.
std::string unescaped(const std::string& text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text.compare(at, 2, "_x") == 0 && at + 6 < text.size() && text[at + 6] == '_') {
      const auto code = parse_number<unsigned>(std::string_view(text).substr(at + 2, 4), 16);
      if (code) {
        if (*code >= 0x20 && *code < 0x7f) out += static_cast<char>(*code);
        if (*code == '\n' || *code == '\t') out += static_cast<char>(*code);
        at += 6;
        continue;
      }
    }
    if (text[at] != '\r') out += text[at];
  }
  return out;
}

// A text in one piece or in runs of different looks; how it is pronounced (rPh) stands beside it and is no part of it.
std::string rich_text(pugi::xml_node node) {
  std::string text;
  for (const auto child : node.children()) {
    if (local_name(child) == "t") text += own_text(child);
    if (local_name(child) == "r") text += own_text(child_named(child, "t"));
  }
  return unescaped(text);
}

struct CellName {
  int row = 0;  // both from 1
  int column = 0;
};

// B7 → row 7, column 2; nothing for what lies beyond a sheet.
std::optional<CellName> cell_name(std::string_view name) {
  CellName place;
  std::size_t at = 0;
  for (; at < name.size() && at < 3; ++at) {
    const char letter = static_cast<char>(name[at] >= 'a' && name[at] <= 'z' ? name[at] - 'a' + 'A' : name[at]);
    if (letter < 'A' || letter > 'Z') break;
    place.column = place.column * 26 + (letter - 'A' + 1);
  }
  place.row = number_in(name.substr(at), 0);
  const bool is_on_sheet = place.column >= 1 && place.column <= widest && place.row >= 1 && place.row <= longest;
  return is_on_sheet ? std::optional(place) : std::nullopt;
}

struct Merge {
  CellName first;
  CellName last;
};

std::optional<Merge> merge_of(std::string_view range) {
  const auto colon = range.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto first = cell_name(range.substr(0, colon));
  const auto last = cell_name(range.substr(colon + 1));
  if (!first || !last || last->row < first->row || last->column < first->column) return std::nullopt;
  return Merge{*first, *last};
}

struct Workbook {
  const PackageFile& package;
  const ExcelReadingLimits& limits;
  Reading& reading;
  std::vector<std::string> shared_texts;
  std::vector<ExcelFormat> formats;
  bool is_1904 = false;
  std::size_t cells = 0;
};

// One sheet while it is read.
class SheetReader {
 public:
  explicit SheetReader(Workbook& book) : book_(book) {}

  Result<> read(const std::string& part) {
    const auto xml = book_.package.text(part);
    if (!xml) return xml.error();
    const auto& limits = book_.package.limits().xml;
    auto seen = each_element(*xml, "col", 3, limits, [&](pugi::xml_node column) { return read_column(column); });
    if (seen) seen = each_element(*xml, "mergeCell", 3, limits, [&](pugi::xml_node node) { return read_merge(node); });
    sort_merges();
    if (seen) seen = each_element(*xml, "row", 3, limits, [&](pugi::xml_node row) { return read_row(row); });
    if (!seen) return seen.error();
    span_rows();
    return {};
  }

  ReadTable table;

 private:
  bool read_column(pugi::xml_node column) {
    const int first = std::clamp(number_in(attribute_named(column, "min"), 1), 1, widest);
    const int last = std::clamp(number_in(attribute_named(column, "max"), 1), 1, widest);
    if (is_on(attribute_named(column, "hidden"))) hidden_.emplace_back(first, last);
    return hidden_.size() < most_open_merges;
  }

  bool read_merge(pugi::xml_node node) {
    if (const auto merge = merge_of(attribute_named(node, "ref"))) merges_.push_back(*merge);
    if (merges_.size() < most_merges) return true;
    note(book_.reading, ReadingFault::cut);
    return false;
  }

  void sort_merges() {
    std::sort(merges_.begin(), merges_.end(), [](const Merge& left, const Merge& right) {
      return std::pair(left.first.row, left.first.column) < std::pair(right.first.row, right.first.column);
    });
  }

  bool read_row(pugi::xml_node row) {
    row_ = number_in(attribute_named(row, "r"), row_ + 1);
    column_ = 0;
    open_merges();
    if (row_ < 1 || row_ > longest || is_on(attribute_named(row, "hidden"))) return true;
    std::vector<ReadCell> cells;
    for (const auto cell : row.children()) {
      if (local_name(cell) == "c" && !is_cut_) read_cell(cell, cells);
    }
    if (!cells.empty()) {
      for (const auto& cell : cells) table.columns = std::max(table.columns, cell.column + cell.columns);
      table.rows.push_back(std::move(cells));
      rows_.push_back(row_);
    }
    return !is_cut_;
  }

  // Those that reach into this row, rows coming in order.
  void open_merges() {
    std::erase_if(open_, [&](const Merge& merge) { return merge.last.row < row_; });
    for (; next_merge_ < merges_.size() && merges_[next_merge_].first.row <= row_; ++next_merge_) {
      const auto& merge = merges_[next_merge_];
      if (merge.last.row >= row_ && open_.size() < most_open_merges) open_.push_back(merge);
    }
  }

  const Merge* merge_at(int column) const {
    for (const auto& merge : open_) {
      if (merge.first.column <= column && column <= merge.last.column) return &merge;
    }
    return nullptr;
  }

  bool is_hidden(int column) const {
    return std::any_of(hidden_.begin(), hidden_.end(),
                       [&](const auto& range) { return range.first <= column && column <= range.second; });
  }

  void read_cell(pugi::xml_node node, std::vector<ReadCell>& cells) {
    const auto name = attribute_named(node, "r");
    const auto place = cell_name(name);
    column_ = place ? place->column : column_ + 1;
    if (column_ > widest || is_hidden(column_)) return;
    const auto* merge = merge_at(column_);
    if (merge != nullptr && (merge->first.column != column_ || merge->first.row != row_)) return;
    const auto format = format_of(node);
    std::string text = value_of(node, format);
    if (trimmed(text).empty()) return;
    if (book_.cells == book_.limits.cells) {
      note(book_.reading, ReadingFault::cut);
      is_cut_ = true;
      return;
    }
    ++book_.cells;
    ReadParagraph paragraph;
    paragraph.text = std::move(text);
    paragraph.is_bold = format.is_bold;
    paragraph.is_centred = format.is_centred;
    ReadCell cell;
    cell.column = column_ - 1;
    if (merge != nullptr) {
      cell.columns = merge->last.column - merge->first.column + 1;
      reaching_.push_back({table.rows.size(), cells.size(), merge->last.row});
    }
    cell.blocks.emplace_back(std::move(paragraph));
    cells.push_back(std::move(cell));
  }

  ExcelFormat format_of(pugi::xml_node cell) const {
    const int style = number_in(attribute_named(cell, "s"), 0);
    const bool is_known = style >= 0 && static_cast<std::size_t>(style) < book_.formats.size();
    return is_known ? book_.formats[static_cast<std::size_t>(style)] : ExcelFormat();
  }

  std::string value_of(pugi::xml_node cell, const ExcelFormat& format) {
    const auto type = attribute_named(cell, "t");
    if (type == "inlineStr") return rich_text(child_named(cell, "is"));
    std::string value = own_text(child_named(cell, "v"));
    if (type == "s") {
      const int number = number_in(trimmed(value), -1);
      const bool is_known = number >= 0 && static_cast<std::size_t>(number) < book_.shared_texts.size();
      return is_known ? book_.shared_texts[static_cast<std::size_t>(number)] : std::string();
    }
    if (type == "b") return is_on(value) ? "TRUE" : "FALSE";
    if (type == "str") return formula_text(unescaped(value));
    if (type == "e" || type == "d") return value;
    double number = 0;
    const auto* end = value.data() + value.size();
    const auto [read_to, fault] = std::from_chars(value.data(), end, number);
    if (value.empty() || fault != std::errc() || read_to != end) return value;
    return shown_number(number, format, book_.is_1904);
  }

  // WPS keeps a picture within a cell as a formula that names it; the picture itself is not read here.
  std::string formula_text(std::string text) {
    if (text.find("DISPIMG(") == std::string::npos) return text;
    note(book_.reading, ReadingFault::missing_picture);
    return {};
  }

  // Rows left out are not spanned: a merged cell spans those that stand in the table.
  void span_rows() {
    for (const auto& [row, cell, last] : reaching_) {
      const auto end = std::upper_bound(rows_.begin(), rows_.end(), last) - rows_.begin();
      table.rows[row][cell].rows = std::max(static_cast<int>(end) - static_cast<int>(row), 1);
    }
  }

  struct Reaching {
    std::size_t row;  // in the table
    std::size_t cell;
    int last;  // row of the sheet
  };

  Workbook& book_;
  std::vector<std::pair<int, int>> hidden_;  // columns
  std::vector<Merge> merges_;
  std::vector<Merge> open_;
  std::size_t next_merge_ = 0;
  std::vector<Reaching> reaching_;
  std::vector<int> rows_;  // of the sheet, by row of the table
  int row_ = 0;
  int column_ = 0;
  bool is_cut_ = false;
};

Result<> read_shared_texts(Workbook& book, const std::string& part) {
  if (!book.package.has(part)) return {};
  const auto xml = book.package.text(part);
  if (!xml) return xml.error();
  return each_element(*xml, "si", 2, book.package.limits().xml, [&](pugi::xml_node item) {
    book.shared_texts.push_back(rich_text(item));
    return true;
  });
}

void note_attached(Workbook& book, const Relationships& relationships) {
  if (book.package.has_macros()) note(book.reading, ReadingFault::macros);
  for (const auto& [id, relationship] : relationships) {
    if (relationship.kind == "externalLink") note(book.reading, ReadingFault::outside_reference);
  }
}

Result<> read_sheets(Workbook& book, pugi::xml_node workbook, const Relationships& relationships) {
  std::size_t read = 0;
  for (const auto sheet : child_named(workbook, "sheets").children()) {
    const auto state = attribute_named(sheet, "state");
    if (state == "hidden" || state == "veryHidden") continue;
    const auto found = relationships.find(prefixed_attribute(sheet, "id"));
    if (found == relationships.end() || found->second.kind != "worksheet" || !book.package.has(found->second.part)) continue;
    if (++read > book.limits.sheets) {
      note(book.reading, ReadingFault::cut);
      return {};
    }
    SheetReader reader(book);
    if (auto done = reader.read(found->second.part); !done) return done.error();
    if (reader.table.rows.empty()) continue;
    ReadParagraph name;
    append_readable(name.text, attribute_named(sheet, "name"));
    book.reading.blocks.emplace_back(std::move(name));
    book.reading.blocks.emplace_back(std::move(reader.table));
  }
  return {};
}

}  // namespace

Result<Reading> read_excel(const std::filesystem::path& file, const ExcelReadingLimits& limits) {
  auto package = PackageFile::open(file, limits_of(limits), ProblemCode::document_not_excel);
  if (!package) return package.error();
  const auto own = package->relationships("");
  if (!own) return own.error();
  const std::string main = part_of_kind(*own, "officeDocument");
  if (main.empty()) return Problem(ProblemCode::document_not_excel);
  if (!package->has(main)) return Problem(ProblemCode::document_damaged);
  if (!main.ends_with(".xml")) return Problem(ProblemCode::document_not_excel);  // .xlsb
  pugi::xml_document document;
  if (auto parsed = package->parse(document, main); !parsed) return parsed.error();
  const auto root = document.document_element();
  if (local_name(root) != "workbook") return Problem(ProblemCode::document_not_excel);
  const auto relationships = package->relationships(main);
  if (!relationships) return relationships.error();
  Reading reading;
  Workbook book{*package, limits, reading, {}, {}, false, 0};
  book.is_1904 = is_on(attribute_named(child_named(root, "workbookPr"), "date1904"));
  pugi::xml_document styles;
  if (const auto part = part_of_kind(*relationships, "styles"); package->has(part) && package->parse(styles, part)) {
    book.formats = read_formats(styles.document_element());
  }
  note_attached(book, *relationships);
  if (auto read = read_shared_texts(book, part_of_kind(*relationships, "sharedStrings")); !read) return read.error();
  if (auto read = read_sheets(book, root, *relationships); !read) return read.error();
  return reading;
}

}  // namespace wujin::documents
