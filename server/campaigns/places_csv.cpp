#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "base/number.h"
#include "base/text.h"
#include "campaigns/load.h"

namespace wujin::campaigns {
namespace {

using places::Place;
using Cells = std::vector<std::string>;

constexpr std::array<std::string_view, 7> columns = {"id", "code", "kind", "name", "short_name", "parent", "order"};

std::string header() {
  std::string text;
  for (const auto column : columns) text += (text.empty() ? "" : ",") + std::string(column);
  return text;
}

// RFC 4180: cells in double quotes may hold commas and doubled quotes. A cell never spans lines here; nothing for a broken quote.
std::optional<Cells> split_line(std::string_view line) {
  Cells cells(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quoted && c == '"' && i + 1 < line.size() && line[i + 1] == '"') {
      cells.back() += '"';
      ++i;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      cells.emplace_back();
    } else {
      cells.back() += c;
    }
  }
  if (quoted) return std::nullopt;
  for (auto& cell : cells) cell = std::string(trimmed(cell));
  return cells;
}

bool is_place_id(std::string_view text) {
  const auto is_plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  };
  return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, is_plain);
}

class PlacesReader {
 public:
  explicit PlacesReader(std::string file) { file_ = std::move(file); }

  void read(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);  // spreadsheets write it
    if (!is_utf8_text(text)) return fault(0, "", ProblemCode::not_text);
    int line = 0;
    bool has_header = false;
    while (!text.empty()) {
      ++line;
      const auto end = text.find('\n');
      auto one = text.substr(0, end);
      text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
      if (one.ends_with('\r')) one.remove_suffix(1);
      if (trimmed(one).empty() || one.starts_with('#')) continue;
      const auto cells = split_line(one);
      if (!cells) {
        fault(line, "", ProblemCode::invalid, {{"expected", "\"…\""}});
      } else if (!has_header) {
        has_header = true;
        if (!is_header(*cells)) return fault(line, "", ProblemCode::invalid, {{"expected", header()}});
      } else {
        row(line, *cells);
      }
    }
    if (places_.empty() && faults_.empty()) fault(0, "", ProblemCode::required);
    check_tree();
  }

  PlacesOutcome take() { return {std::move(places_), std::move(faults_)}; }

 private:
  static bool is_header(const Cells& cells) { return std::ranges::equal(cells, columns); }

  void fault(int line, std::string field, ProblemCode code, std::vector<ProblemParameter> parameters = {}) {
    faults_.push_back({file_, line, std::move(field), code, std::move(parameters)});
  }

  void row(int line, const Cells& cells) {
    if (cells.size() != columns.size()) return fault(line, "", ProblemCode::invalid, {{"expected", header()}});
    Place place;
    place.id = PlaceId(cells[0]);
    if (!is_place_id(cells[0])) fault(line, "id", ProblemCode::invalid, {{"expected", "0-9, A-Z, a-z, _, -"}});
    place.code = words(line, "code", cells[1], 32);
    read_kind(line, cells[2], place);
    place.name = words(line, "name", cells[3], 64);
    place.short_name = cells[4].empty() ? place.name : words(line, "short_name", cells[4], 32);
    if (!cells[5].empty()) place.parent = PlaceId(cells[5]);
    place.order = parse_number<int>(cells[6]).value_or(-1);
    if (place.order < 0 || place.order > 1000000) {
      fault(line, "order", ProblemCode::out_of_range, {{"low", "0"}, {"high", "1000000"}});
    }
    places_.push_back(std::move(place));
    lines_.push_back(line);
  }

  void read_kind(int line, const std::string& cell, Place& place) {
    if (cell == "district") {
      place.kind = PlaceKind::district;
    } else if (cell == "town") {
      place.kind = PlaceKind::town;
    } else if (cell == "community") {
      place.kind = PlaceKind::community;
    } else if (cell == "village") {
      place.kind = PlaceKind::village;
    } else {
      fault(line, "kind", ProblemCode::unknown_choice, {{"value", cell}});
      return;
    }
    // A station may use codes of its own; one that is a division code must not say otherwise.
    if (!places::is_division_code(place.code)) return;
    const auto kind = places::kind_by_code(place.code);
    if (kind && *kind != place.kind) fault(line, "kind", ProblemCode::invalid, {{"expected", "as the code says"}});
  }

  std::string words(int line, const char* field, const std::string& cell, std::size_t limit) {
    if (cell.empty()) fault(line, field, ProblemCode::required);
    if (count_characters(cell) > limit) fault(line, field, ProblemCode::too_long, {{"limit", std::to_string(limit)}});
    return cell;
  }

  void check_tree() {
    for (const auto& broken : places::check_tree(places_)) {
      std::vector<ProblemParameter> parameters;
      if (broken.code == ProblemCode::unknown_choice) parameters = {{"value", broken.expected}};
      if (broken.code == ProblemCode::invalid) parameters = {{"expected", broken.expected}};
      fault(lines_[broken.row], broken.field, broken.code, std::move(parameters));
    }
    for (std::size_t i = 0; i < places_.size(); ++i) check_prefix(i);
  }

  void check_prefix(std::size_t row) {
    const auto& place = places_[row];
    if (!place.parent || !places::is_division_code(place.code)) return;
    const auto parent = std::ranges::find(places_, *place.parent, &Place::id);
    if (parent == places_.end() || !places::is_division_code(parent->code)) return;
    if (!places::is_division_ancestor(parent->code, place.code)) {
      fault(lines_[row], "code", ProblemCode::invalid, {{"expected", std::string(places::division_prefix(parent->code)) + "…"}});
    }
  }

  std::string file_;
  std::vector<Place> places_;
  std::vector<int> lines_;
  std::vector<LoadFault> faults_;
};

// In double quotes where a comma or a quote would be misread.
std::string cell_of(const std::string& text) {
  if (text.find_first_of(",\"") == std::string::npos) return text;
  return '"' + replaced(text, "\"", "\"\"") + '"';
}

}  // namespace

std::string write_places(const std::vector<Place>& places) {
  std::string text = header() + "\n";
  for (const Place& place : places) {
    text += place.id.text() + "," + cell_of(place.code) + "," + boost::describe::enum_to_string(place.kind, "") + "," +
            cell_of(place.name) + "," + cell_of(place.short_name) + "," + (place.parent ? place.parent->text() : "") + "," +
            std::to_string(place.order) + "\n";
  }
  return text;
}

PlacesOutcome read_places(const std::string& file, const std::string& text) {
  PlacesReader reader(file);
  reader.read(text);
  return reader.take();
}

}  // namespace wujin::campaigns
