#include "campaigns/pattern.h"

#include <algorithm>

namespace wujin::campaigns {
namespace {

struct Filled {
  std::string text;
  bool is_whole = true;  // every placeholder had a value
};

Filled fill_plain(std::string_view pattern, const PatternValues& values) {
  Filled filled;
  while (!pattern.empty()) {
    const auto open = pattern.find('{');
    const auto close = open == std::string_view::npos ? open : pattern.find('}', open);
    if (close == std::string_view::npos) break;
    filled.text += pattern.substr(0, open);
    const auto value = values.find(pattern.substr(open + 1, close - open - 1));
    if (value == values.end() || value->second.empty()) {
      filled.is_whole = false;
    } else {
      filled.text += value->second;
    }
    pattern.remove_prefix(close + 1);
  }
  filled.text += pattern;
  return filled;
}

PatternValues values_of(const DocumentNames& names) {
  PatternValues values = {{"town", names.town},
                          {"village", names.village},
                          {"place", names.village.empty() ? names.town : names.village},
                          {"year", std::to_string(names.year)}};
  if (names.month) values["month"] = std::to_string(static_cast<unsigned>(names.month->month()));
  return values;
}

// A title of 22 pt takes so many Chinese characters in a line; figures and Latin letters count as half (forms.md, section 0).
constexpr double widest_title_line = 20;

double width_of(std::string_view text) {
  double width = 0;
  for (const char byte : text) {
    const auto value = static_cast<unsigned char>(byte);
    if (value < 0x80) width += 0.5;
    if (value >= 0xC0) width += 1;
  }
  return width;
}

// Where the last name of a place ends in a line's pattern: a title too long for one line is broken there, by meaning.
std::size_t end_of_names(std::string_view pattern) {
  std::size_t end = 0;
  for (const std::string_view name : {"{town}", "{village}", "{place}"}) {
    const auto at = pattern.rfind(name);
    if (at != std::string_view::npos) end = std::max(end, at + name.size());
  }
  return end;
}

}  // namespace

std::string fill_pattern(std::string_view pattern, const PatternValues& values) {
  std::string text;
  while (!pattern.empty()) {
    const auto open = pattern.find('[');
    const auto close = open == std::string_view::npos ? open : pattern.find(']', open);
    if (close == std::string_view::npos) break;
    text += fill_plain(pattern.substr(0, open), values).text;
    const auto inner = fill_plain(pattern.substr(open + 1, close - open - 1), values);
    if (inner.is_whole) text += inner.text;
    pattern.remove_prefix(close + 1);
  }
  return text + fill_plain(pattern, values).text;
}

std::vector<std::string> placeholders(std::string_view pattern) {
  std::vector<std::string> names;
  for (auto open = pattern.find('{'); open != std::string_view::npos; open = pattern.find('{', open + 1)) {
    const auto close = pattern.find('}', open);
    // With its brace, so that it passes for no name.
    names.emplace_back(close == std::string_view::npos ? pattern.substr(open) : pattern.substr(open + 1, close - open - 1));
  }
  return names;
}

DocumentNames document_names(const Campaign& campaign, const places::Tree& tree, const PlaceId& place,
                             std::optional<Month> month) {
  DocumentNames names;
  const auto* town = tree.town_of(place);
  const auto* own = tree.find(place);
  if (town) names.town = town->name;
  if (own && own != town) names.village = own->name;
  names.year = month ? static_cast<int>(month->year()) : campaign.year;
  names.month = month;
  return names;
}

std::vector<std::string> title_lines(const DocumentForm& form, const DocumentNames& names) {
  std::vector<std::string> lines;
  const auto values = values_of(names);
  for (const auto& line : form.title_lines) {
    const auto whole = fill_pattern(line, values);
    const auto cut = end_of_names(line);
    if (width_of(whole) <= widest_title_line || cut == 0 || cut == line.size()) {
      lines.push_back(whole);
    } else {
      lines.push_back(fill_pattern(line.substr(0, cut), values));
      lines.push_back(fill_pattern(line.substr(cut), values));
    }
  }
  return lines;
}

std::string one_line_title(const DocumentForm& form, const DocumentNames& names) {
  std::string title;
  for (const auto& line : title_lines(form, names)) title += line;
  return title;
}

std::string file_title(const DocumentForm& form, const DocumentNames& names) {
  auto values = values_of(names);
  values["title"] = one_line_title(form, names);
  return fill_pattern(form.file_name, values);
}

std::string ledger_title(const Campaign& campaign, const places::Tree& tree, const std::string& what) {
  const auto* town = tree.find(campaign.town);
  return fill_pattern(campaign.documents.ledger_file_name,
                      {{"town", town != nullptr ? town->name : ""}, {"year", std::to_string(campaign.year)}, {"ledger", what}});
}

std::string plan_place_name(const Documents& documents, const places::Place& place) {
  const auto& pattern = place.kind == PlaceKind::village     ? documents.plan_village_name
                        : place.kind == PlaceKind::community ? documents.plan_community_name
                                                             : documents.plan_town_name;
  return fill_pattern(pattern, {{"place", place.name}});
}

std::string activity_heading(const Campaign& campaign, const std::string& entry, const std::string& point) {
  const auto* choice = find_choice(campaign.entries, entry);
  const std::string name = choice ? choice->name : entry;
  const bool by_point = campaign.options.entry_heading == EntryHeading::point && !point.empty();
  const auto& pattern = by_point ? campaign.documents.point_heading : campaign.documents.entry_heading;
  return fill_pattern(pattern, {{"entry", name}, {"point", point}});
}

}  // namespace wujin::campaigns
