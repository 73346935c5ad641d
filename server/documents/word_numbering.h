#pragma once

#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include <pugixml.hpp>

#include "documents/word_styles.h"

namespace wujin::documents {

// Automatic numbers of a document, counted on as its paragraphs are read in order (ECMA-376 17.9).
class WordNumbering {
 public:
  static constexpr int levels = 9;

  WordNumbering() = default;
  WordNumbering(pugi::xml_node numbering, const WordStyles& styles);

  // The number of the next paragraph of that list (numId) at that level, counted from 0, as it is printed; empty for a list that
  // does not exist. Lists of one definition count together unless they start anew.
  std::string next(const std::string& list, int level);
  // The level of the list that a style of paragraphs stands for.
  std::optional<int> level_of_style(const std::string& list, std::string_view style) const;

 private:
  struct Level {
    int start = 1;
    std::string format = "decimal";
    std::string text;  // with %1 … %9
    std::string style;
    std::optional<int> restart;  // after that level, counted from 1; 0: never
    bool is_decimal = false;     // all of it in Arabic digits, whatever the levels above say
  };
  using Levels = std::array<Level, levels>;
  struct Definition {
    Levels levels;
    std::string link;  // a list style that stands for another definition
  };
  struct List {
    std::string definition;
    std::map<int, int> starts;       // by level
    std::map<int, Level> overrides;  // by level
  };
  struct Count {
    std::array<int, levels> last = {};
    std::array<bool, levels> is_running = {};
    std::set<std::string> seen;  // lists that have counted in it
  };

  static Level read_level(pugi::xml_node node);
  static std::optional<int> level_number(pugi::xml_node node);
  static List read_list(pugi::xml_node node);
  const Definition* definition_of(const List& list) const;
  const Level& level_in(const List& list, const Definition& definition, int level) const;
  int start_of(const List& list, const Definition& definition, int level) const;
  void step(Count& count, const List& list, const Definition& definition, int level) const;

  std::map<std::string, Definition> definitions_;
  std::map<std::string, List> lists_;
  std::map<std::string, Count> counts_;  // by definition
};

}  // namespace wujin::documents
