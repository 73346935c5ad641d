#pragma once

#include <string>
#include <variant>
#include <vector>

#include "documents/reading.h"
#include "mailbox/plain_text.h"
#include "mailbox/tables.h"

// A document as the lines a reader goes through, its tables taken apart by what they are.
namespace wujin::mailbox {

struct Picture {
  int number = 0;  // within the document, from 0, in reading order
  std::u32string caption;
};

struct Line {
  Text text;
  std::u32string numbering;  // automatic, as printed
  int outline = 0;
  bool is_centred = false;
  bool is_bold = false;
  bool is_in_table = false;
  std::vector<Picture> pictures;
};

// One activity in a table's row, or in a box of its own.
struct BoxedActivity {
  Text heading;
  Text week;
  Text when;
  std::vector<Text> paragraphs;
  std::vector<Picture> pictures;
};

using Item = std::variant<Line, BoxedActivity>;

struct DocumentLines {
  std::vector<Item> items;
  std::vector<const documents::ReadTable*> plan_tables;  // of kind plan or list
  bool has_plan_table = false;
  bool has_report_table = false;
  bool has_boxes = false;
  int pictures = 0;
};

DocumentLines lines_of(const documents::Reading& reading);

}  // namespace wujin::mailbox
