#include "documents/word_styles.h"

#include "documents/package_file.h"
#include "documents/part_names.h"

namespace wujin::documents {
namespace {

constexpr int longest_style_chain = 30;  // of styles based on styles; a longer one is a circle

// Word writes "heading 1" whatever language it speaks; others write what their user sees.
std::optional<int> outline_by_name(std::string_view name) {
  const std::string lower = lower_case(name);
  for (const std::string_view word : {"heading", "标题"}) {
    if (!lower.starts_with(word)) continue;
    std::string_view rest = std::string_view(lower).substr(word.size());
    while (rest.starts_with(' ')) rest.remove_prefix(1);
    if (rest.size() == 1 && rest[0] >= '1' && rest[0] <= '9') return rest[0] - '0';
  }
  return std::nullopt;
}

WordStyle own_of(pugi::xml_node style) {
  WordStyle own;
  own.based_on = attribute_named(child_named(style, "basedOn"), "val");
  const auto run = child_named(style, "rPr");
  own.is_bold = word_switch(run, "b");
  own.is_hidden = word_switch(run, "vanish");
  const auto paragraph = child_named(style, "pPr");
  own.is_centred = word_centred(paragraph);
  own.outline = word_outline(paragraph);
  if (!own.outline) own.outline = outline_by_name(attribute_named(child_named(style, "name"), "val"));
  if (const auto numbering = child_named(paragraph, "numPr")) {
    if (const auto number = child_named(numbering, "numId")) own.number = attribute_named(number, "val");
    if (const auto level = child_named(numbering, "ilvl")) own.level = number_in(attribute_named(level, "val"), 0);
  }
  return own;
}

template <class T>
void take_missing(std::optional<T>& value, const std::optional<T>& inherited) {
  if (!value) value = inherited;
}

}  // namespace

std::optional<bool> word_switch(pugi::xml_node properties, std::string_view name) {
  const auto node = child_named(properties, name);
  if (!node) return std::nullopt;
  const auto value = attribute_named(node, "val");
  return value != "0" && value != "false" && value != "off" && value != "none";
}

std::optional<bool> word_centred(pugi::xml_node properties) {
  const auto node = child_named(properties, "jc");
  if (!node) return std::nullopt;
  return attribute_named(node, "val") == "center";
}

std::optional<int> word_outline(pugi::xml_node properties) {
  const auto node = child_named(properties, "outlineLvl");
  if (!node) return std::nullopt;
  const int level = number_in(attribute_named(node, "val"), 9);
  return level >= 0 && level <= 8 ? level + 1 : 0;
}

WordStyles::WordStyles(pugi::xml_node styles) {
  for (const auto node : styles.children()) {
    const auto name = local_name(node);
    if (name == "docDefaults") {
      defaults_.is_bold = word_switch(child_named(child_named(node, "rPrDefault"), "rPr"), "b");
      defaults_.is_centred = word_centred(child_named(child_named(node, "pPrDefault"), "pPr"));
    }
    if (name != "style") continue;
    const std::string id(attribute_named(node, "styleId"));
    const auto is_default = attribute_named(node, "default");
    if (attribute_named(node, "type") == "paragraph" && (is_default == "1" || is_default == "true" || is_default == "on")) {
      default_paragraph_ = id;
    }
    styles_.emplace(id, own_of(node));
  }
  inherit();
}

void WordStyles::inherit() {
  const auto own = styles_;
  for (auto& [id, style] : styles_) {
    std::string_view next = style.based_on;
    for (int step = 0; step < longest_style_chain; ++step) {
      const auto found = own.find(next);
      if (found == own.end()) break;
      const WordStyle& base = found->second;
      take_missing(style.is_bold, base.is_bold);
      take_missing(style.is_hidden, base.is_hidden);
      take_missing(style.is_centred, base.is_centred);
      take_missing(style.outline, base.outline);
      take_missing(style.number, base.number);
      take_missing(style.level, base.level);
      next = base.based_on;
    }
  }
}

const WordStyle& WordStyles::paragraph(std::string_view id) const {
  static const WordStyle nothing;
  auto found = styles_.find(id);
  if (found == styles_.end()) found = styles_.find(default_paragraph_);
  return found == styles_.end() ? nothing : found->second;
}

const WordStyle* WordStyles::character(std::string_view id) const {
  const auto found = styles_.find(id);
  return found == styles_.end() ? nullptr : &found->second;
}

std::string WordStyles::number_of(std::string_view id) const {
  const auto found = styles_.find(id);
  return found == styles_.end() ? std::string() : found->second.number.value_or("");
}

}  // namespace wujin::documents
