// Any bytes as a Word file, or as the parts of one: whatever is read must be text, within its bounds. A first byte of "Z" says
// that the rest is the ZIP itself, any other that it is document.xml, styles.xml, numbering.xml and the relationships, parted by
// NUL bytes: a fuzzer seldom gets through deflate and check sums. Run by script/fuzz, and on its corpus by the tests.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/text.h"
#include "documents/fuzz/held_file.h"
#include "documents/word_reading.h"

namespace {

using namespace wujin::documents;

void demand(bool promise) {
  if (!promise) std::abort();
}

void check(const std::vector<Block>& blocks, int depth);

void check(const ReadParagraph& paragraph) {
  demand(wujin::is_utf8_text(paragraph.text) && wujin::is_utf8_text(paragraph.numbering));
  demand(paragraph.outline >= 0 && paragraph.outline <= 9);
  for (const auto& picture : paragraph.pictures) {
    demand(wujin::is_utf8_text(picture.part) && wujin::is_utf8_text(picture.media_type));
    demand(wujin::is_utf8_text(picture.description));
  }
}

void check(const ReadTable& table, int depth) {
  for (const auto& row : table.rows) {
    int column = 0;
    for (const auto& cell : row) {
      demand(cell.column >= column && cell.columns >= 1 && cell.rows >= 1);
      column = cell.column + cell.columns;
      demand(column <= table.columns);
      check(cell.blocks, depth + 1);
    }
  }
}

void check(const std::vector<Block>& blocks, int depth) {
  demand(depth < 200);
  for (const auto& block : blocks) {
    if (const auto* paragraph = std::get_if<ReadParagraph>(&block)) {
      check(*paragraph);
    } else {
      check(std::get<ReadTable>(block), depth);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const wujin::documents::testing::HeldFile file(wujin::documents::testing::package_of(
      bytes,
      {"word/document.xml", "word/styles.xml", "word/numbering.xml", "word/_rels/document.xml.rels", "word/comments.xml"}));
  const auto word = WordFile::open(file.path());
  if (!word) return 0;
  const auto& reading = word->reading();
  check(reading.blocks, 0);
  demand(wujin::is_utf8_text(text_of(reading.blocks)));
  for (const auto& comment : reading.comments) demand(wujin::is_utf8_text(comment));
  for (const auto& picture : pictures_of(reading.blocks)) static_cast<void>(word->picture(picture.part));
  return 0;
}
