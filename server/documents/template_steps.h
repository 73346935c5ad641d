#pragma once

#include <optional>
#include <string>
#include <vector>

#include <pugixml.hpp>

#include "documents/template_tags.h"
#include "documents/value.h"

namespace wujin::documents {

// A part of a template, ready to be filled by going through its steps once: no tree is walked and nothing is searched while
// filling.
struct Step {
  enum class Kind {
    xml,          // `xml` as it stands
    text,         // the value `name` as a run with the properties `xml`
    loop,         // `inside`, once for each element of `name`, or when there is none (`if_empty`)
    picture,      // the picture `name` as a run
    drawing_id,   // a number no other drawing of the document has
    table_start,  // a table left without rows is taken out again, for Word refuses it
    table_end,
    cell_end,  // a cell left without a paragraph gets an empty one, for the same reason
  };

  Kind kind = Kind::xml;
  std::string xml;
  std::string name;
  bool if_empty = false;
  std::optional<PictureBox> box;
  std::vector<Step> inside;
};

// `root` is a part whose markers stand where arrange_loops put them. Alters the tree: a paragraph that shows a picture gets
// automatic line spacing, else a line of exact height would cut the picture to a strip.
std::vector<Step> compile(pugi::xml_node root, const std::vector<Tag>& tags);

}  // namespace wujin::documents
