#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include <pugixml.hpp>

#include "base/result.h"

// XML of a stranger, judged before a tree is built of it and looked through by local names: each program chooses its own
// prefixes, and the strict and the transitional namespaces differ in nothing a reader cares about.
namespace wujin::documents {

struct XmlLimits {
  int depth = 200;                // of elements; what walks the tree may recurse
  std::size_t nodes = 1'500'000;  // elements and attributes: a tree takes 40 to 64 bytes for each
};

// Walks the tags of an XML text without building anything.
class XmlScan {
 public:
  enum class Step { opens, closes, stands_alone, end, refused };  // refused: a DOCTYPE, markup that never ends

  explicit XmlScan(std::string_view xml) : xml_(xml) {}
  Step next();

  // Of the tag that `next` came to.
  std::string_view name() const { return name_; }
  std::size_t begin() const { return begin_; }
  std::size_t end() const { return at_; }
  std::size_t attributes() const { return attributes_; }

 private:
  Step tag();
  bool skip_past(std::string_view mark);

  std::string_view xml_;
  std::size_t at_ = 0;
  std::size_t begin_ = 0;
  std::size_t attributes_ = 0;
  std::string_view name_;
};

// Errors: document_damaged (not well-formed, a DOCTYPE, not UTF-8), document_bomb (beyond the limits).
Result<> parse_xml(pugi::xml_document& document, std::string_view xml, const XmlLimits& limits);

// Calls `seen` with each element of that local name at that depth (1: the root), a tree of its own made of one at a time, until
// it answers false.
Result<> each_element(std::string_view xml, std::string_view name, int depth, const XmlLimits& limits,
                      const std::function<bool(pugi::xml_node)>& seen);

std::string_view local_name(std::string_view name);
std::string_view local_name(pugi::xml_node node);
pugi::xml_node child_named(pugi::xml_node node, std::string_view name);
// The value of the attribute of that local name, empty when there is none.
std::string_view attribute_named(pugi::xml_node node, std::string_view name);
// The same for one that must carry a prefix: r:id beside an id of its own.
std::string_view prefixed_attribute(pugi::xml_node node, std::string_view name);
// All character data directly in the element, made safe.
std::string own_text(pugi::xml_node node);
// The value as a whole number, or `otherwise`.
int number_in(std::string_view value, int otherwise);

}  // namespace wujin::documents
