#include "documents/xml_scan.h"

#include "base/number.h"
#include "documents/xml.h"

namespace wujin::documents {
namespace {

constexpr std::string_view white = " \t\r\n";

Result<> judge(std::string_view xml, const XmlLimits& limits) {
  XmlScan scan(xml);
  int depth = 0;
  std::size_t nodes = 0;
  for (;;) {
    const auto step = scan.next();
    if (step == XmlScan::Step::refused) return Problem(ProblemCode::document_damaged);
    if (step == XmlScan::Step::end) return {};
    if (step == XmlScan::Step::closes) {
      --depth;
      continue;
    }
    nodes += 1 + scan.attributes();
    const int reached = depth + 1;
    if (step == XmlScan::Step::opens) ++depth;
    if (reached > limits.depth || nodes > limits.nodes) return Problem(ProblemCode::document_bomb);
  }
}

}  // namespace

bool XmlScan::skip_past(std::string_view mark) {
  const auto found = xml_.find(mark, at_);
  if (found == std::string_view::npos) return false;
  at_ = found + mark.size();
  return true;
}

XmlScan::Step XmlScan::next() {
  for (;;) {
    begin_ = xml_.find('<', at_);
    if (begin_ == std::string_view::npos) return Step::end;
    at_ = begin_ + 1;
    const auto rest = xml_.substr(at_);
    if (rest.starts_with("!--")) {
      at_ += 3;
      if (!skip_past("-->")) return Step::refused;
    } else if (rest.starts_with("![CDATA[")) {
      if (!skip_past("]]>")) return Step::refused;
    } else if (rest.starts_with('?')) {
      if (!skip_past("?>")) return Step::refused;
    } else if (rest.starts_with('!')) {
      return Step::refused;
    } else {
      return tag();
    }
  }
}

XmlScan::Step XmlScan::tag() {
  const bool closes = at_ < xml_.size() && xml_[at_] == '/';
  if (closes) ++at_;
  const auto start = at_;
  while (at_ < xml_.size() && white.find(xml_[at_]) == std::string_view::npos && xml_[at_] != '>' && xml_[at_] != '/') ++at_;
  name_ = xml_.substr(start, at_ - start);
  attributes_ = 0;
  while (at_ < xml_.size() && xml_[at_] != '>') {
    if (const char letter = xml_[at_++]; letter == '"' || letter == '\'') {
      ++attributes_;
      if (!skip_past(std::string_view(&letter, 1))) return Step::refused;
    }
  }
  if (at_ >= xml_.size()) return Step::refused;
  ++at_;
  if (closes) return Step::closes;
  return xml_[at_ - 2] == '/' ? Step::stands_alone : Step::opens;
}

Result<> parse_xml(pugi::xml_document& document, std::string_view xml, const XmlLimits& limits) {
  if (auto judged = judge(xml, limits); !judged) return judged.error();
  constexpr unsigned flags = pugi::parse_default | pugi::parse_ws_pcdata_single;
  if (!document.load_buffer(xml.data(), xml.size(), flags, pugi::encoding_utf8)) return Problem(ProblemCode::document_damaged);
  return {};
}

Result<> each_element(std::string_view xml, std::string_view name, int depth, const XmlLimits& limits,
                      const std::function<bool(pugi::xml_node)>& seen) {
  XmlScan scan(xml);
  int open = 0;
  std::size_t start = 0;
  bool is_inside = false;
  const auto take = [&](std::size_t end) -> Result<bool> {
    pugi::xml_document document;
    if (auto parsed = parse_xml(document, xml.substr(start, end - start), limits); !parsed) return parsed.error();
    return seen(document.document_element());
  };
  for (auto step = scan.next(); step != XmlScan::Step::end; step = scan.next()) {
    if (step == XmlScan::Step::refused) return Problem(ProblemCode::document_damaged);
    if (step == XmlScan::Step::opens) ++open;
    const int at = step == XmlScan::Step::stands_alone ? open + 1 : open;
    if (at > limits.depth) return Problem(ProblemCode::document_bomb);
    const bool is_sought = at == depth && local_name(scan.name()) == name;
    if (step == XmlScan::Step::opens && is_sought) {
      start = scan.begin();
      is_inside = true;
    }
    if (step == XmlScan::Step::stands_alone && is_sought) start = scan.begin();
    if (step == XmlScan::Step::stands_alone ? is_sought : step == XmlScan::Step::closes && is_inside && is_sought) {
      auto more = take(scan.end());
      if (!more) return more.error();
      if (!*more) return {};
      is_inside = false;
    }
    if (step == XmlScan::Step::closes) --open;
  }
  return open == 0 ? Result<>() : Result<>(Problem(ProblemCode::document_damaged));
}

std::string_view local_name(std::string_view name) { return name.substr(name.rfind(':') + 1); }

std::string_view local_name(pugi::xml_node node) { return local_name(std::string_view(node.name())); }

pugi::xml_node child_named(pugi::xml_node node, std::string_view name) {
  for (const auto child : node.children()) {
    if (local_name(child) == name) return child;
  }
  return {};
}

std::string_view attribute_named(pugi::xml_node node, std::string_view name) {
  for (const auto attribute : node.attributes()) {
    if (local_name(attribute.name()) == name) return attribute.value();
  }
  return {};
}

std::string_view prefixed_attribute(pugi::xml_node node, std::string_view name) {
  for (const auto attribute : node.attributes()) {
    const std::string_view whole = attribute.name();
    if (whole.size() > name.size() && local_name(whole) == name) return attribute.value();
  }
  return {};
}

std::string own_text(pugi::xml_node node) {
  std::string text;
  for (const auto child : node.children()) {
    if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) append_readable(text, child.value());
  }
  return text;
}

int number_in(std::string_view value, int otherwise) { return parse_number<int>(value).value_or(otherwise); }

}  // namespace wujin::documents
