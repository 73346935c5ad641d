#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <pugixml.hpp>

#include "documents/reading.h"
#include "documents/word_numbering.h"
#include "documents/word_paragraph.h"
#include "documents/word_reading.h"

namespace wujin::documents {

// Reads a body, a cell, a text box or a comment: paragraphs and tables in order, what merely wraps them looked through.
class WordBlocks {
 public:
  WordBlocks(const WordStyles& styles, WordNumbering& numbering, WordDrawings& drawings, const WordReadingLimits& limits,
             Reading& reading)
      : styles_(styles), numbering_(numbering), limits_(limits), reading_(reading), paragraphs_(styles, drawings, reading) {}

  void read(pugi::xml_node parent, std::vector<Block>& blocks);

 private:
  void read_in(pugi::xml_node parent, std::vector<Block>& blocks, WordParagraphs::Read& before);
  void read_block(pugi::xml_node node, std::vector<Block>& blocks, WordParagraphs::Read& before);
  void read_paragraph(pugi::xml_node node, std::vector<Block>& blocks, WordParagraphs::Read& before);
  void finish(WordParagraphs::Read read, std::vector<Block>& blocks);
  std::string number_of(pugi::xml_node paragraph);

  struct Grid;
  ReadTable read_table(pugi::xml_node table);
  void read_rows(pugi::xml_node parent, Grid& grid);
  void read_row(pugi::xml_node row, Grid& grid);
  void read_cells(pugi::xml_node parent, Grid& grid);
  void read_cell(pugi::xml_node cell, Grid& grid);
  bool is_full();

  const WordStyles& styles_;
  WordNumbering& numbering_;
  const WordReadingLimits& limits_;
  Reading& reading_;
  WordParagraphs paragraphs_;
  std::size_t paragraphs_read_ = 0;
  std::size_t cells_read_ = 0;
};

}  // namespace wujin::documents
