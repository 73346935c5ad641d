#pragma once

#include <string>
#include <string_view>

#include <pugixml.hpp>

#include "base/result.h"

namespace wujin::documents {

inline constexpr std::string_view xml_declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

// Parses one part of a package. Refuses what is not well-formed (template_damaged), any DOCTYPE (template_doctype) and elements
// nested deeper than 200 (template_damaged): what walks the tree afterwards may recurse.
Result<> parse_part(pugi::xml_document& document, std::string_view bytes, const std::string& part);

// The next node in document order within `root`, or a null node.
pugi::xml_node next_in_order(pugi::xml_node node, pugi::xml_node root);

// Text made safe inside an element or an attribute: markup escaped, characters XML cannot hold left out, broken UTF-8 as U+FFFD.
void append_escaped(std::string& out, std::string_view text);
std::string escaped(std::string_view text);
// The same without escaping markup: for text that leaves XML.
void append_readable(std::string& out, std::string_view text);

// The subtree as XML, without white space between elements. A paragraph is never written as an empty element.
void append_xml(std::string& out, pugi::xml_node node);
void append_start(std::string& out, pugi::xml_node element);
void append_end(std::string& out, pugi::xml_node element);

std::string whole_xml(const pugi::xml_document& document);

}  // namespace wujin::documents
