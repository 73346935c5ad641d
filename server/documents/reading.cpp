#include "documents/reading.h"

#include <algorithm>

namespace wujin::documents {
namespace {

// Calls `seen` with every paragraph in reading order, those in tables among them.
template <class Seen>
void each_paragraph(const std::vector<Block>& blocks, const Seen& seen) {
  for (const auto& block : blocks) {
    if (const auto* paragraph = std::get_if<ReadParagraph>(&block)) {
      seen(*paragraph);
      continue;
    }
    for (const auto& row : std::get<ReadTable>(block).rows) {
      for (const auto& cell : row) each_paragraph(cell.blocks, seen);
    }
  }
}

}  // namespace

void note(Reading& reading, ReadingFault fault) {
  if (std::find(reading.faults.begin(), reading.faults.end(), fault) == reading.faults.end()) reading.faults.push_back(fault);
}

std::string text_of(const ReadCell& cell) { return text_of(cell.blocks); }

std::string text_of(const std::vector<Block>& blocks) {
  std::string text;
  bool is_first = true;
  each_paragraph(blocks, [&](const ReadParagraph& paragraph) {
    if (!is_first) text += '\n';
    is_first = false;
    text += paragraph.numbering;
    text += paragraph.text;
  });
  return text;
}

std::vector<ReadPicture> pictures_of(const std::vector<Block>& blocks) {
  std::vector<ReadPicture> pictures;
  each_paragraph(blocks, [&](const ReadParagraph& paragraph) {
    pictures.insert(pictures.end(), paragraph.pictures.begin(), paragraph.pictures.end());
  });
  return pictures;
}

}  // namespace wujin::documents
