#include "documents/template_steps.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "documents/xml.h"

namespace wujin::documents {
namespace {

// The schema wants a paragraph's properties in this order.
constexpr std::array paragraph_properties = {"w:pStyle",
                                             "w:keepNext",
                                             "w:keepLines",
                                             "w:pageBreakBefore",
                                             "w:framePr",
                                             "w:widowControl",
                                             "w:numPr",
                                             "w:suppressLineNumbers",
                                             "w:pBdr",
                                             "w:shd",
                                             "w:tabs",
                                             "w:suppressAutoHyphens",
                                             "w:kinsoku",
                                             "w:wordWrap",
                                             "w:overflowPunct",
                                             "w:topLinePunct",
                                             "w:autoSpaceDE",
                                             "w:autoSpaceDN",
                                             "w:bidi",
                                             "w:adjustRightInd",
                                             "w:snapToGrid",
                                             "w:spacing",
                                             "w:ind",
                                             "w:contextualSpacing",
                                             "w:mirrorIndents",
                                             "w:suppressOverlap",
                                             "w:jc",
                                             "w:textDirection",
                                             "w:textAlignment",
                                             "w:textboxTightWrap",
                                             "w:outlineLvl",
                                             "w:divId",
                                             "w:cnfStyle",
                                             "w:rPr",
                                             "w:sectPr",
                                             "w:pPrChange"};

std::size_t rank(std::string_view name) {
  return static_cast<std::size_t>(std::find(paragraph_properties.begin(), paragraph_properties.end(), name) -
                                  paragraph_properties.begin());
}

pugi::xml_node property(pugi::xml_node properties, std::string_view name) {
  if (const auto present = properties.child(name.data())) return present;
  for (const auto child : properties.children()) {
    if (rank(child.name()) > rank(name)) return properties.insert_child_before(name.data(), child);
  }
  return properties.append_child(name.data());
}

void set(pugi::xml_node element, const char* attribute, const char* value) {
  if (!element.attribute(attribute)) element.append_attribute(attribute);
  element.attribute(attribute) = value;
}

void make_room_for_picture(const Tag& tag) {
  auto paragraph = tag.paragraph_node;
  auto properties = paragraph.child("w:pPr");
  if (!properties) properties = paragraph.prepend_child("w:pPr");
  set(property(properties, "w:snapToGrid"), "w:val", "0");
  auto spacing = property(properties, "w:spacing");
  set(spacing, "w:line", "240");
  set(spacing, "w:lineRule", "auto");
  if (tag.kind != Tag::Kind::centred_picture) return;
  auto indent = property(properties, "w:ind");
  for (const char* attribute : {"w:left", "w:right", "w:firstLine", "w:firstLineChars"}) set(indent, attribute, "0");
  set(property(properties, "w:jc"), "w:val", "center");
}

class Compiler {
 public:
  explicit Compiler(const std::vector<Tag>& tags) : tags_(tags), levels_(1) {}

  std::vector<Step> run(pugi::xml_node root) {
    xml() += xml_declaration;
    walk(root);
    return std::move(levels_.front());
  }

 private:
  std::vector<Step>& level() { return levels_.back(); }

  std::string& xml() {
    if (level().empty() || level().back().kind != Step::Kind::xml) level().emplace_back();
    return level().back().xml;
  }

  void step(Step::Kind kind) {
    level().emplace_back();
    level().back().kind = kind;
  }

  bool is_left_out(std::string_view name) const {
    if (name == "w:proofErr" || name == "w:lastRenderedPageBreak" || name.starts_with("w:comment")) return true;
    return levels_.size() > 1 && name.starts_with("w:bookmark");  // a bookmark's name is unique, so none may stand in a loop
  }

  void walk(pugi::xml_node node) {
    const std::string_view name = node.name();
    if (node.type() != pugi::node_element) return append_xml(xml(), node);
    if (name == marker_name) return mark(node);
    if (is_left_out(name)) return;
    if (name == "wp:docPr") return drawing(node);
    if (!node.first_child()) return append_xml(xml(), node);
    if (name == "w:tbl") step(Step::Kind::table_start);
    append_start(xml(), node);
    for (const auto child : node.children()) walk(child);
    if (name == "w:tc") step(Step::Kind::cell_end);
    append_end(xml(), node);
    if (name == "w:tbl") step(Step::Kind::table_end);
  }

  void drawing(pugi::xml_node node) {
    xml() += "<wp:docPr id=\"";
    step(Step::Kind::drawing_id);
    xml() += '"';
    for (const auto attribute : node.attributes()) {
      if (std::string_view(attribute.name()) != "id")
        xml() += std::string(" ") + attribute.name() + "=\"" + escaped(attribute.value()) + '"';
    }
    xml() += '>';
    for (const auto child : node.children()) walk(child);
    append_end(xml(), node);
  }

  void mark(pugi::xml_node marker) {
    const Tag& tag = tags_[marker.attribute("n").as_uint()];
    switch (tag.kind) {
      case Tag::Kind::open:
      case Tag::Kind::open_if_empty:
        step(Step::Kind::loop);
        level().back().name = tag.name;
        level().back().if_empty = tag.kind == Tag::Kind::open_if_empty;
        levels_.emplace_back();
        return;
      case Tag::Kind::close: {
        auto inside = std::move(levels_.back());
        levels_.pop_back();
        level().back().inside = std::move(inside);
        return;
      }
      case Tag::Kind::text:
        step(Step::Kind::text);
        level().back().name = tag.name;
        append_xml(level().back().xml, marker.child("w:rPr"));
        return;
      case Tag::Kind::picture:
      case Tag::Kind::centred_picture:
        step(Step::Kind::picture);
        level().back().name = tag.name;
        level().back().box = tag.box;
    }
  }

  const std::vector<Tag>& tags_;
  std::vector<std::vector<Step>> levels_;
};

}  // namespace

std::vector<Step> compile(pugi::xml_node root, const std::vector<Tag>& tags) {
  for (const Tag& tag : tags) {
    if (tag.kind == Tag::Kind::picture || tag.kind == Tag::Kind::centred_picture) make_room_for_picture(tag);
  }
  return Compiler(tags).run(root);
}

}  // namespace wujin::documents
