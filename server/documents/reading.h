#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <boost/describe.hpp>

// A document from a stranger as a reader sees it: paragraphs, tables and pictures in reading order, nothing of how it is stored.
namespace wujin::documents {

// A picture where it stands. Its bytes are asked for one at a time (WordFile::picture).
struct ReadPicture {
  std::string part;         // its name within the document
  std::string media_type;   // image/jpeg …, by its name; what it really is shows when it is opened
  std::string description;  // alternative text
  bool is_cropped = false;  // the whole picture is what is stored
  // Of its paragraph's lines, from 0, the one it stands in; nothing for one that floats beside them.
  std::optional<int> line{};
};

struct ReadParagraph {
  std::string text;       // as printed: insertions kept, deletions left out, a field's last result; tabs and line ends kept
  std::string numbering;  // an automatic number as it is printed: "一、", "(1)"; empty when there is none
  int outline = 0;        // 1–9 for a heading by style or outline level; 0: body
  bool is_centred = false;
  bool is_bold = false;  // all of it
  std::vector<ReadPicture> pictures;
};

struct ReadTable;
using Block = std::variant<ReadParagraph, ReadTable>;

struct ReadCell {
  std::vector<Block> blocks;
  int column = 0;   // from 0; where it begins in the grid
  int columns = 1;  // it spans
  int rows = 1;     // it spans; the cells below it that it covers are not there
};

struct ReadTable {
  std::vector<std::vector<ReadCell>> rows;
  int columns = 0;
};

enum class ReadingFault : std::uint8_t {
  macros,           // in it, never run
  embedded_object,  // left out
  outside_reference,
  missing_picture,
  unknown_picture,  // EMF, WMF and the like: no browser shows it
  cut,              // longer than is read
};
BOOST_DESCRIBE_ENUM(ReadingFault, macros, embedded_object, outside_reference, missing_picture, unknown_picture, cut)

struct Reading {
  std::vector<Block> blocks;
  std::vector<std::string> comments;  // of reviewers; never part of the text
  std::vector<ReadingFault> faults;   // each once
};

// Adds a fault, once.
void note(Reading& reading, ReadingFault fault);

// All text of a cell or of a document, paragraph by paragraph with its numbering before it, joined by line ends.
std::string text_of(const ReadCell& cell);
std::string text_of(const std::vector<Block>& blocks);
// Pictures in reading order, those in tables among them.
std::vector<ReadPicture> pictures_of(const std::vector<Block>& blocks);

}  // namespace wujin::documents
