#include "documents/xml.h"

#include <cstdint>

#include "documents/package_problem.h"

namespace wujin::documents {
namespace {

constexpr int deepest = 200;

// What an editor notes down for itself: of no use in a filled form, and wrong when a loop repeats it.
bool is_editors_mark(std::string_view attribute) {
  return attribute.starts_with("w:rsid") || attribute == "w14:paraId" || attribute == "w14:textId";
}

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

// The length of a well-formed sequence at the start of `text`, with its code point, or 0.
std::size_t decode(std::string_view text, char32_t& point) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned first = byte(0);
  const std::size_t length = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  if (length == 0 || length > text.size()) return 0;
  point = length == 1 ? first : first & (0x7fu >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0u) != 0x80u) return 0;
    point = (point << 6) | (byte(i) & 0x3fu);
  }
  const bool overlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
  return overlong || point > 0x10ffff || (point >= 0xd800 && point < 0xe000) ? 0 : length;
}

bool xml_may_hold(char32_t point) {
  return point >= 0x20 ? point != 0xfffe && point != 0xffff : point == '\t' || point == '\n' || point == '\r';
}

// The character at the front, as far as XML may hold it; what is no character becomes the sign for one. Answers its length.
std::size_t append_character(std::string& out, std::string_view text) {
  char32_t point = 0;
  const auto length = decode(text, point);
  if (length == 0) {
    out += "\xef\xbf\xbd";
    return 1;
  }
  if (xml_may_hold(point)) out += text.substr(0, length);
  return length;
}

}  // namespace

Result<> parse_part(pugi::xml_document& document, std::string_view bytes, const std::string& part) {
  constexpr unsigned flags = pugi::parse_default | pugi::parse_ws_pcdata | pugi::parse_doctype;
  if (!document.load_buffer(bytes.data(), bytes.size(), flags)) return about(ProblemCode::template_damaged, part);
  for (const auto child : document.children()) {
    if (child.type() == pugi::node_doctype) return about(ProblemCode::template_doctype, part);
  }
  int depth = 1;
  for (pugi::xml_node node = document.first_child(); node;) {
    if (depth > deepest) return about(ProblemCode::template_damaged, part);
    if (const auto child = node.first_child()) {
      node = child;
      ++depth;
      continue;
    }
    while (node && !node.next_sibling()) {
      node = node.parent();
      --depth;
    }
    if (node) node = node.next_sibling();
  }
  return {};
}

pugi::xml_node next_in_order(pugi::xml_node node, pugi::xml_node root) {
  if (const auto child = node.first_child()) return child;
  while (node && node != root && !node.next_sibling()) node = node.parent();
  return !node || node == root ? pugi::xml_node() : node.next_sibling();
}

void append_escaped(std::string& out, std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const char letter = text[at];
    if (static_cast<unsigned char>(letter) < 0x80) {
      switch (letter) {
        case '&':
          out += "&amp;";
          break;
        case '<':
          out += "&lt;";
          break;
        case '>':
          out += "&gt;";
          break;
        case '"':
          out += "&quot;";
          break;
        default:
          if (xml_may_hold(static_cast<unsigned char>(letter))) out += letter;
      }
      ++at;
      continue;
    }
    at += append_character(out, text.substr(at));
  }
}

void append_readable(std::string& out, std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    at += append_character(out, text.substr(at));
  }
}

std::string escaped(std::string_view text) {
  std::string out;
  append_escaped(out, text);
  return out;
}

void append_start(std::string& out, pugi::xml_node element) {
  out += '<';
  out += element.name();
  for (const auto attribute : element.attributes()) {
    if (is_editors_mark(attribute.name())) continue;
    out += ' ';
    out += attribute.name();
    out += "=\"";
    append_escaped(out, attribute.value());
    out += '"';
  }
  out += '>';
}

void append_end(std::string& out, pugi::xml_node element) {
  out += "</";
  out += element.name();
  out += '>';
}

void append_xml(std::string& out, pugi::xml_node node) {
  if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) {
    const std::string_view parent = node.parent().name();
    const bool is_text = parent.ends_with(":t") || parent.ends_with(":instrText") || parent.ends_with(":delText");
    if (is_text || !is_blank(node.value())) append_escaped(out, node.value());
    return;
  }
  if (node.type() != pugi::node_element) return;
  append_start(out, node);
  if (!node.first_child() && std::string_view(node.name()) != "w:p") {
    out.back() = '/';
    out += '>';
    return;
  }
  for (const auto child : node.children()) append_xml(out, child);
  append_end(out, node);
}

std::string whole_xml(const pugi::xml_document& document) {
  std::string out(xml_declaration);
  append_xml(out, document.document_element());
  return out;
}

}  // namespace wujin::documents
