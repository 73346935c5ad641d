#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include <pugixml.hpp>

namespace wujin::documents {

// What a style says of the few things a reader asks for; what it does not say it takes from the style it is based on.
struct WordStyle {
  std::string based_on;
  std::optional<bool> is_bold;
  std::optional<bool> is_hidden;
  std::optional<bool> is_centred;
  std::optional<int> outline;         // 0: body, else 1–9
  std::optional<std::string> number;  // numId
  std::optional<int> level;           // ilvl
};

// A switch of run properties: absent, on or off (<w:b/>, <w:b w:val="0"/>).
std::optional<bool> word_switch(pugi::xml_node properties, std::string_view name);
// jc of paragraph properties, when it says anything.
std::optional<bool> word_centred(pugi::xml_node properties);
// outlineLvl of paragraph properties, 0 for body.
std::optional<int> word_outline(pugi::xml_node properties);

// The styles of a document by their ids, what each inherits worked out.
class WordStyles {
 public:
  WordStyles() = default;
  explicit WordStyles(pugi::xml_node styles);

  // An unknown or empty id is the default style of paragraphs.
  const WordStyle& paragraph(std::string_view id) const;
  // Null for an unknown id.
  const WordStyle* character(std::string_view id) const;
  // The numbering a list style stands for, empty when there is none.
  std::string number_of(std::string_view id) const;
  bool is_bold() const { return defaults_.is_bold.value_or(false); }
  bool is_centred() const { return defaults_.is_centred.value_or(false); }

 private:
  void inherit();

  std::map<std::string, WordStyle, std::less<>> styles_;
  std::string default_paragraph_;
  WordStyle defaults_;
};

}  // namespace wujin::documents
