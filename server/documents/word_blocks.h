#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include <pugixml.hpp>

#include "documents/reading.h"
#include "documents/word_body.h"
#include "documents/word_numbering.h"
#include "documents/word_paragraph.h"
#include "documents/word_reading.h"

namespace wujin::documents {

// Reads a body, a cell, a text box or a comment: paragraphs and tables in order, what merely wraps them looked through.
class WordBlocks {
 public:
  WordBlocks(const WordStyles& styles, WordNumbering& numbering, WordDrawings& drawings, const WordReadingLimits& limits,
             Reading& reading);
  ~WordBlocks();
  WordBlocks(const WordBlocks&) = delete;
  WordBlocks& operator=(const WordBlocks&) = delete;

  void read(pugi::xml_node parent, std::vector<Block>& blocks);

  // The body, piece by piece (documents/word_body.h). Each answers false once no more is read.
  bool read_piece(const BodyPiece& piece, std::vector<Block>& blocks);
  bool begin_table(std::vector<Block>& blocks);
  bool read_row_piece(const BodyPiece& piece);
  bool end_table(std::vector<Block>& blocks);
  void end_body(std::vector<Block>& blocks);

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
  WordParagraphs::Read before_;    // of the body: a paragraph whose end was deleted
  std::vector<BodyPiece> joined_;  // what it was read from, for its text boxes are still to be read
  std::unique_ptr<Grid> table_;    // of the body, while its rows come
  std::size_t paragraphs_read_ = 0;
  std::size_t cells_read_ = 0;
};

}  // namespace wujin::documents
