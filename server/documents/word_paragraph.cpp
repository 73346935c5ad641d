#include "documents/word_paragraph.h"

#include <algorithm>
#include <map>

#include "base/number.h"
#include "base/text.h"
#include "documents/part_names.h"
#include "documents/symbol_fonts.h"
#include "documents/xml.h"
#include "documents/xml_scan.h"

namespace wujin::documents {
namespace {

constexpr std::size_t longest_instruction = 4096;
constexpr std::string_view unknown_sign = "\xef\xbf\xbd";

enum class Part {
  text,
  tab,
  line_end,
  page_end,
  hyphen,
  sign,
  drawing,
  alternatives,
  field_mark,
  instruction,
  simple_field,
  run,
  embedded,
  ruby,
  content_control,
  outside,
  nothing,
  transparent
};

// By local name. What is not listed is looked into: revisions that stay, links, smart tags, custom XML, formulas.
Part part_of(std::string_view name) {
  static const std::map<std::string_view, Part> parts = {
      {"t", Part::text},
      {"tab", Part::tab},
      {"ptab", Part::tab},
      {"br", Part::line_end},
      {"cr", Part::line_end},
      {"noBreakHyphen", Part::hyphen},
      {"sym", Part::sign},
      {"drawing", Part::drawing},
      {"pict", Part::drawing},
      {"AlternateContent", Part::alternatives},
      {"fldChar", Part::field_mark},
      {"instrText", Part::instruction},
      {"fldSimple", Part::simple_field},
      {"r", Part::run},
      {"object", Part::embedded},
      {"control", Part::embedded},
      {"ruby", Part::ruby},
      {"sdt", Part::content_control},
      {"subDoc", Part::outside},
      {"del", Part::nothing},
      {"moveFrom", Part::nothing},
      {"delText", Part::nothing},
      {"delInstrText", Part::nothing},
      {"ffData", Part::nothing},
      {"fldData", Part::nothing},
  };
  if (name.ends_with("Pr")) return Part::nothing;
  const auto found = parts.find(name);
  return found == parts.end() ? Part::transparent : found->second;
}

// White space at the ends counts only when the text says so (xml:space), line ends inside are blanks.
std::string printed(pugi::xml_node text) {
  std::string out = own_text(text);
  for (auto& letter : out) {
    if (letter == '\n' || letter == '\r') letter = ' ';
  }
  if (attribute_named(text, "space") == "preserve") return out;
  const auto first = out.find_first_not_of(' ');
  if (first == std::string::npos) return {};
  return out.substr(first, out.find_last_not_of(' ') - first + 1);
}

std::string sign_of(pugi::xml_node sign) {
  const auto code = parse_number<unsigned>(attribute_named(sign, "char"), 16).value_or(0);
  return symbol(attribute_named(sign, "font"), code).value_or(std::string(unknown_sign));
}

bool is_blank(std::string_view text) { return trimmed(text).empty(); }

// Anchored to a paragraph, wherever on the page it is drawn.
bool floats(pugi::xml_node drawing) {
  for (const auto child : drawing.children()) {
    if (local_name(child) == "anchor") return true;
    if (attribute_named(child, "style").find("position:absolute") != std::string_view::npos) return true;
  }
  return false;
}

// EQ \o\ac(○,一), EQ \o\ad(\s\up 9(shì),事): of what is drawn on one spot the last is what is read.
std::string overlaid_sign(std::string_view instruction) {
  const auto word = lower_case(trimmed(instruction).substr(0, 2));
  const auto comma = instruction.rfind(',');
  const auto end = instruction.rfind(')');
  const bool is_overlaid = word == "eq" && instruction.find("\\o") != std::string_view::npos;
  if (!is_overlaid || comma == std::string_view::npos || end == std::string_view::npos || end < comma) return {};
  return std::string(trimmed(instruction.substr(comma + 1, end - comma - 1)));
}

}  // namespace

void WordFields::separate() {
  if (!open_.empty()) open_.back().has_result = true;
}

std::string WordFields::end() {
  if (open_.empty()) return {};
  const Field field = std::move(open_.back());
  open_.pop_back();
  return field.has_result ? std::string() : overlaid_sign(field.instruction);
}

void WordFields::add_instruction(std::string_view text) {
  if (open_.empty() || open_.back().has_result) return;
  if (open_.back().instruction.size() + text.size() <= longest_instruction) open_.back().instruction += text;
}

bool WordFields::is_printing() const {
  for (const auto& field : open_) {
    if (!field.has_result) return false;
  }
  return true;
}

void WordFields::end_paragraph() {
  for (auto& field : open_) field.has_result = true;
}

WordParagraphs::Read WordParagraphs::read(pugi::xml_node paragraph, Read before) {
  const auto properties = child_named(paragraph, "pPr");
  style_ = &styles_.paragraph(attribute_named(child_named(properties, "pStyle"), "val"));
  Read read = std::move(before);
  read.is_joined = false;
  has_plain_ = !is_blank(read.paragraph.text) && !read.paragraph.is_bold;
  has_bold_ = !is_blank(read.paragraph.text) && read.paragraph.is_bold;
  read_inside(paragraph, read);
  fields.end_paragraph();
  read.paragraph.outline = word_outline(properties).value_or(style_->outline.value_or(0));
  read.paragraph.is_centred = word_centred(properties).value_or(style_->is_centred.value_or(styles_.is_centred()));
  read.paragraph.is_bold = has_bold_ && !has_plain_;
  const auto mark = child_named(properties, "rPr");
  read.is_joined = child_named(mark, "del") || child_named(mark, "moveFrom");
  return read;
}

void WordParagraphs::read_inside(pugi::xml_node node, Read& read) {
  for (const auto child : node.children()) read_inline(child, read);
}

void WordParagraphs::read_inline(pugi::xml_node node, Read& read) {
  if (node.type() != pugi::node_element) return;
  switch (part_of(local_name(node))) {
    case Part::run:
      return read_run(node, read);
    case Part::content_control:
      // What stands there until somebody writes is nobody's text.
      if (child_named(child_named(node, "sdtPr"), "showingPlcHdr")) return;
      return read_inside(node, read);
    case Part::alternatives:
      return read_inside(chosen(node), read);
    case Part::simple_field:
    case Part::transparent:
      return read_inside(node, read);
    case Part::nothing:
      return;
    default:
      return read_run_part(node, read);
  }
}

// A switch of styles that is on in the paragraph's and in the run's is off; what the run says itself holds.
bool WordParagraphs::is_on(pugi::xml_node properties, std::string_view name, std::optional<bool> WordStyle::*of_style) const {
  if (const auto own = word_switch(properties, name)) return *own;
  const auto* character = styles_.character(attribute_named(child_named(properties, "rStyle"), "val"));
  const bool by_paragraph = (style_->*of_style).value_or(false);
  const bool by_character = character != nullptr && (character->*of_style).value_or(false);
  return by_paragraph != by_character;
}

void WordParagraphs::read_run(pugi::xml_node run, Read& read) {
  const auto properties = child_named(run, "rPr");
  if (is_on(properties, "vanish", &WordStyle::is_hidden)) return;
  run_is_bold_ = is_on(properties, "b", &WordStyle::is_bold) || (styles_.is_bold() && !word_switch(properties, "b"));
  for (const auto part : run.children()) read_run_part(part, read);
}

void WordParagraphs::print(std::string_view text, Read& read) {
  if (!fields.is_printing()) return;
  read.paragraph.text += text;
  if (!is_blank(text)) (run_is_bold_ ? has_bold_ : has_plain_) = true;
}

void WordParagraphs::read_run_part(pugi::xml_node part, Read& read) {
  if (part.type() != pugi::node_element) return;
  switch (part_of(local_name(part))) {
    case Part::text:
      return print(printed(part), read);
    case Part::tab:
      return print("\t", read);
    case Part::line_end: {
      const auto type = attribute_named(part, "type");
      const bool is_of_page = type == "page" || type == "column";
      if (!is_of_page || !read.paragraph.text.empty()) print("\n", read);
      return;
    }
    case Part::hyphen:
      return print("-", read);
    case Part::sign:
      return print(sign_of(part), read);
    case Part::drawing:
      return hang(part, read);
    case Part::alternatives:
      for (const auto child : chosen(part).children()) read_run_part(child, read);
      return;
    case Part::field_mark:
      return read_field_mark(part, read);
    case Part::instruction:
      return fields.add_instruction(own_text(part));
    case Part::embedded:
      return note(reading_, ReadingFault::embedded_object);
    case Part::outside:
      return note(reading_, ReadingFault::outside_reference);
    case Part::ruby:
      return read_inside(child_named(part, "rubyBase"), read);
    case Part::nothing:
      return;
    default:
      return read_inline(part, read);
  }
}

void WordParagraphs::read_field_mark(pugi::xml_node mark, Read& read) {
  const auto type = attribute_named(mark, "fldCharType");
  if (type == "begin") fields.begin();
  if (type == "separate") fields.separate();
  if (type == "end") print(fields.end(), read);
}

void WordParagraphs::hang(pugi::xml_node node, Read& read) {
  WordDrawing drawing;
  drawings_.read(node, drawing);
  auto& pictures = read.paragraph.pictures;
  if (!floats(node)) {
    const auto& text = read.paragraph.text;
    const auto line = static_cast<int>(std::count(text.begin(), text.end(), '\n'));
    for (ReadPicture& picture : drawing.pictures) picture.line = line;
  }
  pictures.insert(pictures.end(), drawing.pictures.begin(), drawing.pictures.end());
  read.text_boxes.insert(read.text_boxes.end(), drawing.text_boxes.begin(), drawing.text_boxes.end());
}

}  // namespace wujin::documents
