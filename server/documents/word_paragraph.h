#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <pugixml.hpp>

#include "documents/reading.h"
#include "documents/word_drawing.h"
#include "documents/word_styles.h"

namespace wujin::documents {

// Where a text stands among the fields that are open around it. A field may begin in one paragraph and end in another.
class WordFields {
 public:
  void begin() { open_.emplace_back(); }
  void separate();
  // What a field prints that has no result: the sign in a circle or with its reading above it, which Word makes of EQ.
  std::string end();
  void add_instruction(std::string_view text);
  // Inside the instruction of a field nothing is printed.
  bool is_printing() const;
  // An instruction does not outlive its paragraph: a field cut off by a broken writer must not swallow the document.
  void end_paragraph();

 private:
  struct Field {
    std::string instruction;
    bool has_result = false;
  };
  std::vector<Field> open_;
};

// Reads the inside of paragraphs, one after the other.
class WordParagraphs {
 public:
  WordParagraphs(const WordStyles& styles, WordDrawings& drawings, Reading& reading)
      : styles_(styles), drawings_(drawings), reading_(reading) {}

  struct Read {
    ReadParagraph paragraph;
    std::vector<pugi::xml_node> text_boxes;  // that hang on it
    bool is_joined = false;                  // its end was deleted: the next paragraph follows on
  };
  // Numbering apart, which counts paragraphs. `before`: what a deleted end joins to this one.
  Read read(pugi::xml_node paragraph, Read before);

  WordFields fields;

 private:
  void read_inside(pugi::xml_node node, Read& read);
  void read_inline(pugi::xml_node node, Read& read);
  void read_run(pugi::xml_node run, Read& read);
  void read_run_part(pugi::xml_node part, Read& read);
  void read_field_mark(pugi::xml_node mark, Read& read);
  void hang(pugi::xml_node node, Read& read);
  void print(std::string_view text, Read& read);
  bool is_on(pugi::xml_node run_properties, std::string_view name, std::optional<bool> WordStyle::*of_style) const;

  const WordStyles& styles_;
  WordDrawings& drawings_;
  Reading& reading_;
  const WordStyle* style_ = nullptr;  // of the paragraph
  bool run_is_bold_ = false;
  bool has_bold_ = false;
  bool has_plain_ = false;
};

}  // namespace wujin::documents
