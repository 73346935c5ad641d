#pragma once

#include <functional>
#include <memory>
#include <string>

#include <pugixml.hpp>

#include "base/result.h"
#include "documents/xml_scan.h"

namespace wujin::documents {

// A piece of a body: a block, or a row of a table that stands in the body itself, as the only child of a document of its own.
using BodyPiece = std::shared_ptr<const pugi::xml_document>;

// What is told of a body, in its order. Each answers whether to go on.
struct BodySeen {
  std::function<bool(const BodyPiece&)> block;
  std::function<bool()> table_begins;
  std::function<bool(const BodyPiece&)> row;  // or what wraps rows
  std::function<bool()> table_ends;
};

// Goes through the body of a word/document.xml with never more than one piece of it as a tree: a tree takes many times what its
// text takes. `xml` is used up. Errors: document_not_word (no document, no body), document_damaged, document_bomb (beyond the
// limits; of one piece half a million elements and attributes).
Result<> read_body(std::string xml, const XmlLimits& limits, const BodySeen& seen);

}  // namespace wujin::documents
