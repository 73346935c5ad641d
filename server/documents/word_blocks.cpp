#include "documents/word_blocks.h"

#include <utility>

#include "documents/xml_scan.h"

namespace wujin::documents {
namespace {

enum class Part { paragraph, table, alternatives, wrapping, outside_chunk, nothing };

Part part_of(std::string_view name) {
  if (name == "p") return Part::paragraph;
  if (name == "tbl") return Part::table;
  if (name == "AlternateContent") return Part::alternatives;
  if (name == "altChunk") return Part::outside_chunk;
  if (name == "del" || name == "moveFrom" || name.ends_with("Pr")) return Part::nothing;
  return Part::wrapping;  // w:sdt, w:sdtContent, w:customXml, w:smartTag, w:ins, w:moveTo
}

}  // namespace

void WordBlocks::read(pugi::xml_node parent, std::vector<Block>& blocks) {
  const WordFields around = std::exchange(paragraphs_.fields, {});  // a text box or a cell is a story of its own
  WordParagraphs::Read before;
  read_in(parent, blocks, before);
  if (before.is_joined) finish(std::move(before), blocks);
  paragraphs_.fields = around;
}

bool WordBlocks::read_piece(const BodyPiece& piece, std::vector<Block>& blocks) {
  if (is_full()) return false;
  read_in(*piece, blocks, before_);
  if (before_.is_joined) {
    joined_.push_back(piece);
  } else {
    joined_.clear();
  }
  return true;
}

void WordBlocks::read_in(pugi::xml_node parent, std::vector<Block>& blocks, WordParagraphs::Read& before) {
  for (const auto node : parent.children()) {
    if (node.type() == pugi::node_element) read_block(node, blocks, before);
  }
}

void WordBlocks::read_block(pugi::xml_node node, std::vector<Block>& blocks, WordParagraphs::Read& before) {
  if (is_full()) return;
  switch (part_of(local_name(node))) {
    case Part::paragraph:
      return read_paragraph(node, blocks, before);
    case Part::table:
      if (before.is_joined) finish(std::exchange(before, {}), blocks);
      blocks.emplace_back(read_table(node));
      return;
    case Part::alternatives:
      return read_in(chosen(node), blocks, before);
    case Part::wrapping:
      return read_in(node, blocks, before);
    case Part::outside_chunk:
      return note(reading_, ReadingFault::cut);  // another document in another format, put in when this one is opened
    case Part::nothing:
      return;
  }
}

bool WordBlocks::is_full() {
  if (paragraphs_read_ < limits_.paragraphs && cells_read_ < limits_.cells) return false;
  note(reading_, ReadingFault::cut);
  return true;
}

void WordBlocks::read_paragraph(pugi::xml_node node, std::vector<Block>& blocks, WordParagraphs::Read& before) {
  ++paragraphs_read_;
  auto read = paragraphs_.read(node, std::exchange(before, {}));
  if (read.is_joined) {
    before = std::move(read);
    return;
  }
  read.paragraph.numbering = number_of(node);
  finish(std::move(read), blocks);
}

// A text box is read where its anchor stands: after the paragraph it hangs on.
void WordBlocks::finish(WordParagraphs::Read read, std::vector<Block>& blocks) {
  const auto text_boxes = std::move(read.text_boxes);
  blocks.emplace_back(std::move(read.paragraph));
  for (const auto box : text_boxes) this->read(box, blocks);
}

std::string WordBlocks::number_of(pugi::xml_node paragraph) {
  const auto properties = child_named(paragraph, "pPr");
  const auto style_id = attribute_named(child_named(properties, "pStyle"), "val");
  const WordStyle& style = styles_.paragraph(style_id);
  const auto own = child_named(properties, "numPr");
  const auto own_list = child_named(own, "numId");
  const std::string list = own_list ? std::string(attribute_named(own_list, "val")) : style.number.value_or("");
  if (list.empty() || list == "0") return {};
  if (const auto level = child_named(own, "ilvl")) return numbering_.next(list, number_in(attribute_named(level, "val"), 0));
  const auto by_style = style_id.empty() ? std::nullopt : numbering_.level_of_style(list, style_id);
  return numbering_.next(list, by_style.value_or(style.level.value_or(0)));
}

}  // namespace wujin::documents
