#include "documents/word_numbering.h"

#include <algorithm>

#include "documents/number_words.h"
#include "documents/xml.h"
#include "documents/xml_scan.h"

namespace wujin::documents {
namespace {

constexpr int most = 1'000'000;         // of any count
constexpr int longest_list_chain = 10;  // of list styles that stand for each other; a longer one is a circle

std::string value_of(pugi::xml_node node, std::string_view child) {
  return std::string(attribute_named(child_named(node, child), "val"));
}

// A format newer than 2007 is offered beside one that every reader knows.
std::string format_of(pugi::xml_node level) {
  if (const auto format = child_named(level, "numFmt")) return std::string(attribute_named(format, "val"));
  return value_of(child_named(child_named(level, "AlternateContent"), "Fallback"), "numFmt");
}

}  // namespace

WordNumbering::WordNumbering(pugi::xml_node numbering, const WordStyles& styles) {
  for (const auto node : numbering.children()) {
    if (local_name(node) == "abstractNum") {
      Definition definition;
      definition.link = value_of(node, "numStyleLink");
      for (const auto child : node.children()) {
        if (local_name(child) != "lvl") continue;
        if (const auto level = level_number(child)) definition.levels[static_cast<std::size_t>(*level)] = read_level(child);
      }
      definitions_.emplace(attribute_named(node, "abstractNumId"), std::move(definition));
    }
    if (local_name(node) == "num") lists_.emplace(attribute_named(node, "numId"), read_list(node));
  }
  for (auto& [id, list] : lists_) {
    for (int step = 0; step < longest_list_chain; ++step) {
      const auto* definition = definition_of(list);
      if (definition == nullptr || definition->link.empty()) break;
      const auto other = lists_.find(styles.number_of(definition->link));
      if (other == lists_.end()) break;
      list.definition = other->second.definition;
    }
  }
}

std::optional<int> WordNumbering::level_number(pugi::xml_node node) {
  const int level = number_in(attribute_named(node, "ilvl"), -1);
  return level >= 0 && level < levels ? std::optional(level) : std::nullopt;
}

WordNumbering::Level WordNumbering::read_level(pugi::xml_node node) {
  Level level;
  level.start = std::clamp(number_in(value_of(node, "start"), 0), 0, most);
  level.format = format_of(node);
  level.style = value_of(node, "pStyle");
  append_readable(level.text, value_of(node, "lvlText"));
  if (level.format == "bullet") level.text = "•";  // whatever sign of a symbol font it is
  if (const auto restart = child_named(node, "lvlRestart")) level.restart = number_in(attribute_named(restart, "val"), 0);
  level.is_decimal = word_switch(node, "isLgl").value_or(false);
  return level;
}

WordNumbering::List WordNumbering::read_list(pugi::xml_node node) {
  List list;
  list.definition = value_of(node, "abstractNumId");
  for (const auto child : node.children()) {
    const auto level = local_name(child) == "lvlOverride" ? level_number(child) : std::nullopt;
    if (!level) continue;
    if (const auto start = child_named(child, "startOverride")) {
      list.starts[*level] = std::clamp(number_in(attribute_named(start, "val"), 1), 0, most);
    }
    if (const auto own = child_named(child, "lvl")) list.overrides[*level] = read_level(own);
  }
  return list;
}

const WordNumbering::Definition* WordNumbering::definition_of(const List& list) const {
  const auto found = definitions_.find(list.definition);
  return found == definitions_.end() ? nullptr : &found->second;
}

int WordNumbering::start_of(const List& list, const Definition& definition, int level) const {
  const auto own = list.starts.find(level);
  return own == list.starts.end() ? level_in(list, definition, level).start : own->second;
}

const WordNumbering::Level& WordNumbering::level_in(const List& list, const Definition& definition, int level) const {
  const auto own = list.overrides.find(level);
  return own == list.overrides.end() ? definition.levels[static_cast<std::size_t>(level)] : own->second;
}

std::optional<int> WordNumbering::level_of_style(const std::string& list, std::string_view style) const {
  const auto found = lists_.find(list);
  const auto* definition = found == lists_.end() ? nullptr : definition_of(found->second);
  if (definition == nullptr) return std::nullopt;
  for (int level = 0; level < levels; ++level) {
    if (level_in(found->second, *definition, level).style == style) return level;
  }
  return std::nullopt;
}

// Counts on at that level; deeper levels will begin anew unless they say otherwise, levels above that never came count as one.
void WordNumbering::step(Count& count, const List& list, const Definition& definition, int level) const {
  for (int above = 0; above <= level; ++above) {
    const auto place = static_cast<std::size_t>(above);
    if (!count.is_running[place]) {
      count.last[place] = start_of(list, definition, above);
    } else if (above == level) {
      count.last[place] = std::min(count.last[place] + 1, most);
    }
    count.is_running[place] = true;
  }
  for (int deeper = level + 1; deeper < levels; ++deeper) {
    const auto& restart = level_in(list, definition, deeper).restart;
    if (!restart || (*restart != 0 && level < *restart)) count.is_running[static_cast<std::size_t>(deeper)] = false;
  }
}

std::string WordNumbering::next(const std::string& id, int level) {
  const auto found = lists_.find(id);
  const auto* definition = found == lists_.end() ? nullptr : definition_of(found->second);
  if (definition == nullptr) return {};
  const List& list = found->second;
  level = std::clamp(level, 0, levels - 1);
  Count& count = counts_[list.definition];
  if (count.seen.insert(id).second) {
    for (const auto& [at, start] : list.starts) count.is_running[static_cast<std::size_t>(at)] = false;
  }
  step(count, list, *definition, level);
  const Level& own = level_in(list, *definition, level);
  std::string out;
  for (std::size_t at = 0; at < own.text.size(); ++at) {
    const char next = at + 1 < own.text.size() ? own.text[at + 1] : '\0';
    if (own.text[at] != '%' || next < '1' || next > '9') {
      out += own.text[at];
      continue;
    }
    const auto of = static_cast<std::size_t>(next - '1');
    const Level& named = level_in(list, *definition, static_cast<int>(of));
    const int number = count.is_running[of] ? count.last[of] : start_of(list, *definition, static_cast<int>(of));
    out += number_as(own.is_decimal ? "decimal" : named.format, number);
    ++at;
  }
  return out;
}

}  // namespace wujin::documents
