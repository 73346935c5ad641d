#include "places/place.h"

#include <algorithm>
#include <array>
#include <set>

namespace wujin::places {
namespace {

// Where each level of a division code ends.
constexpr std::array<std::size_t, 5> level_ends = {2, 4, 6, 9, 12};

bool is_zero(std::string_view digits) { return digits.find_first_not_of('0') == std::string_view::npos; }

std::string_view level_digits(std::string_view code, std::size_t level) {
  const auto start = level == 0 ? 0 : level_ends[level - 1];
  return code.substr(start, level_ends[level] - start);
}

bool may_be_parent(PlaceKind child, PlaceKind parent) {
  if (child == PlaceKind::town) return parent == PlaceKind::district;
  if (child == PlaceKind::district) return parent == PlaceKind::district;
  return parent == PlaceKind::town;
}

}  // namespace

int count_standing(const std::vector<const Place*>& places, Date day) {
  return static_cast<int>(std::ranges::count_if(places, [&](const Place* place) { return stands_on(*place, day); }));
}

bool is_same_listed(const Place& a, const Place& b) {
  Place other = b;
  other.ending = a.ending;
  return a == other;
}

Tree::Tree(std::vector<Place> places) {
  std::ranges::sort(
      places, [](const Place& a, const Place& b) { return std::tie(a.order, a.code, a.id) < std::tie(b.order, b.code, b.id); });
  auto content = std::make_shared<Content>();
  content->places = std::move(places);
  const std::size_t count = content->places.size();
  for (std::size_t i = 0; i < count; ++i) content->positions.emplace(content->places[i].id, i);
  content->parents.resize(count);
  content->children.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto& parent = content->places[i].parent;
    const auto found = parent ? content->positions.find(*parent) : content->positions.end();
    if (found == content->positions.end()) continue;
    content->parents[i] = found->second;
    content->children[found->second].push_back(i);
  }
  content_ = std::move(content);
}

std::optional<std::size_t> Tree::position_of(const PlaceId& id) const {
  const auto found = content_->positions.find(id);
  return found == content_->positions.end() ? std::nullopt : std::optional(found->second);
}

const Place* Tree::find(const PlaceId& id) const {
  const auto position = position_of(id);
  return position ? &places()[*position] : nullptr;
}

std::vector<PlaceId> Tree::place_and_ancestors(const PlaceId& id) const {
  std::vector<PlaceId> line;
  // Not longer than the number of places, so that a circle (which check_tree refuses) cannot hang a request; likewise below.
  for (auto position = position_of(id); position && line.size() < places().size(); position = content_->parents[*position]) {
    line.push_back(places()[*position].id);
  }
  return line;
}

std::vector<const Place*> Tree::subtree(const PlaceId& id) const {
  std::vector<std::size_t> below;
  if (const auto position = position_of(id)) below.push_back(*position);
  for (std::size_t next = 0; next < below.size(); ++next) {
    for (const std::size_t child : content_->children[below[next]]) {
      if (child != below.front()) below.push_back(child);
    }
  }
  std::ranges::sort(below);
  std::vector<const Place*> found;
  found.reserve(below.size());
  for (const std::size_t position : below) found.push_back(&places()[position]);
  return found;
}

bool Tree::is_within(const PlaceId& id, const PlaceId& ancestor) const {
  const auto sought = position_of(ancestor);
  auto position = position_of(id);
  for (std::size_t steps = 0; sought && position && steps < places().size(); ++steps) {
    if (*position == *sought) return true;
    position = content_->parents[*position];
  }
  return false;
}

const Place* Tree::town_of(const PlaceId& id) const {
  auto position = position_of(id);
  for (std::size_t steps = 0; position && steps < places().size(); ++steps) {
    const Place& place = places()[*position];
    if (place.kind == PlaceKind::town) return &place;
    position = content_->parents[*position];
  }
  return nullptr;
}

std::vector<TreeFault> check_tree(const std::vector<Place>& places) {
  std::vector<TreeFault> faults;
  std::set<PlaceId> ids;
  std::set<std::string> codes;
  std::map<PlaceId, const Place*> by_id;
  for (std::size_t row = 0; row < places.size(); ++row) {
    const auto& place = places[row];
    if (!ids.insert(place.id).second) faults.push_back({row, "id", ProblemCode::duplicate, ""});
    if (!codes.insert(place.code).second) faults.push_back({row, "code", ProblemCode::duplicate, ""});
    by_id.emplace(place.id, &place);
  }
  const Tree tree(places);
  for (std::size_t row = 0; row < places.size(); ++row) {
    const auto& place = places[row];
    if (!place.parent) {
      if (is_of_village_level(place.kind)) {
        faults.push_back({row, "parent", ProblemCode::required, "a town"});
      }
      continue;
    }
    const auto parent = by_id.find(*place.parent);
    if (parent == by_id.end()) {
      faults.push_back({row, "parent", ProblemCode::unknown_choice, place.parent->text()});
    } else if (!may_be_parent(place.kind, parent->second->kind)) {
      faults.push_back({row, "parent", ProblemCode::invalid, place.kind == PlaceKind::town ? "a district" : "a town"});
    } else {
      const auto line = tree.place_and_ancestors(place.id);
      if (!line.empty() && tree.find(line.back())->parent) {
        faults.push_back({row, "parent", ProblemCode::invalid, "no circle"});
      }
    }
  }
  return faults;
}

bool is_division_code(std::string_view code) {
  if (code.size() != 12 || code.find_first_not_of("0123456789") != std::string_view::npos || code.starts_with("00")) return false;
  bool ended = false;
  for (std::size_t level = 0; level < level_ends.size(); ++level) {
    const bool zero = is_zero(level_digits(code, level));
    if (ended && !zero) return false;
    // A few prefectures have no counties: 441900003000 is a town of one, its county digits are zero.
    ended = ended || (zero && level != 2);
  }
  return true;
}

DivisionLevel division_level(std::string_view code) {
  std::size_t level = level_ends.size() - 1;
  while (level > 0 && is_zero(level_digits(code, level))) --level;
  return static_cast<DivisionLevel>(level);
}

std::string_view division_prefix(std::string_view code) {
  return code.substr(0, level_ends[static_cast<std::size_t>(division_level(code))]);
}

bool is_division_ancestor(std::string_view ancestor, std::string_view code) {
  return ancestor != code && code.starts_with(division_prefix(ancestor));
}

std::optional<PlaceKind> kind_by_code(std::string_view code) {
  switch (division_level(code)) {
    case DivisionLevel::county:
      return PlaceKind::district;
    case DivisionLevel::township:
      return PlaceKind::town;
    case DivisionLevel::village: {
      const auto number = level_digits(code, 4);
      if (number >= "001" && number <= "199") return PlaceKind::community;
      if (number >= "200" && number <= "399") return PlaceKind::village;
      return std::nullopt;
    }
    default:
      return std::nullopt;
  }
}

}  // namespace wujin::places
