#include "campaigns/place_map.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <optional>

#include <boost/json.hpp>

#include "base/json.h"

namespace wujin::campaigns {
namespace {

namespace json = boost::json;

constexpr double longest_side = 1000;
constexpr double margin = 4;  // room for the stroke along the edge

struct Position {  // degrees
  double longitude = 0;
  double latitude = 0;
  bool operator==(const Position&) const = default;
};
using Ring = std::vector<Position>;

struct Outline {
  places::PlaceId place;
  std::vector<Ring> rings;
};

struct Point {  // units of the drawing
  int x = 0;
  int y = 0;
  bool operator==(const Point&) const = default;
};

const json::value* member(const json::value& value, const char* key) {
  const auto* object = value.if_object();
  return object ? object->if_contains(key) : nullptr;
}

std::string text_of(const json::value* value) {
  const auto* text = value ? value->if_string() : nullptr;
  return text ? std::string(*text) : std::string();
}

class MapReader {
 public:
  explicit MapReader(const std::vector<places::Place>& places) : places_(places) {}

  void read(const json::value& root) {
    const auto* features = member(root, "features");
    if (text_of(member(root, "type")) != "FeatureCollection" || !features || !features->is_array()) {
      return fault("", ProblemCode::invalid, {{"expected", "FeatureCollection"}});
    }
    const auto& list = features->get_array();
    for (std::size_t i = 0; i < list.size(); ++i) feature("features[" + std::to_string(i) + "]", list[i]);
    if (outlines_.empty() && faults_.empty()) fault("features", ProblemCode::required);
  }

  std::vector<Outline> outlines() {
    std::ranges::stable_sort(outlines_, {}, [this](const Outline& outline) { return rank_of(outline.place); });
    return std::move(outlines_);
  }
  std::vector<MapFault> faults() { return std::move(faults_); }

 private:
  std::size_t rank_of(const places::PlaceId& id) const {
    return static_cast<std::size_t>(std::ranges::find(places_, id, &places::Place::id) - places_.begin());
  }

  void fault(std::string field, ProblemCode code, std::vector<ProblemParameter> parameters = {}) {
    faults_.push_back({std::move(field), code, std::move(parameters)});
  }

  void feature(const std::string& path, const json::value& value) {
    const auto* properties = member(value, "properties");
    const auto id = text_of(properties ? member(*properties, "place") : nullptr);
    const std::string of_place = path + ".properties.place";
    if (id.empty()) return fault(of_place, ProblemCode::required);
    Outline outline{places::PlaceId(id), {}};
    if (rank_of(outline.place) == places_.size()) return fault(of_place, ProblemCode::unknown_choice, {{"value", id}});
    if (std::ranges::count(outlines_, outline.place, &Outline::place) > 0) return fault(of_place, ProblemCode::duplicate);
    const auto* geometry = member(value, "geometry");
    const auto type = text_of(geometry ? member(*geometry, "type") : nullptr);
    const auto* coordinates = geometry ? member(*geometry, "coordinates") : nullptr;
    if ((type != "Polygon" && type != "MultiPolygon") || !coordinates || !coordinates->is_array()) {
      return fault(path + ".geometry", ProblemCode::invalid, {{"expected", "Polygon, MultiPolygon"}});
    }
    const std::string at = path + ".geometry.coordinates";
    const bool is_sound = type == "Polygon" ? polygon(at, *coordinates, outline) : polygons(at, *coordinates, outline);
    if (is_sound) outlines_.push_back(std::move(outline));
  }

  bool polygons(const std::string& path, const json::value& value, Outline& outline) {
    const auto& list = value.get_array();
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (!polygon(path + "[" + std::to_string(i) + "]", list[i], outline)) return false;
    }
    return !list.empty() || refuse(path, "Polygon");
  }

  bool polygon(const std::string& path, const json::value& value, Outline& outline) {
    const auto* list = value.if_array();
    if (!list || list->empty()) return refuse(path, "Polygon");
    for (std::size_t i = 0; i < list->size(); ++i) {
      if (!ring(path + "[" + std::to_string(i) + "]", (*list)[i], outline)) return false;
    }
    return true;
  }

  // RFC 7946, section 3.1.6: four or more positions, the last one equal to the first.
  bool ring(const std::string& path, const json::value& value, Outline& outline) {
    const auto* list = value.if_array();
    if (!list || list->size() < 4) return refuse(path, "[[longitude, latitude], …] × 4");
    Ring ring;
    ring.reserve(list->size());
    for (std::size_t i = 0; i < list->size(); ++i) {
      const auto found = position((*list)[i]);
      if (!found) return refuse(path + "[" + std::to_string(i) + "]", "[-180…180, -85…85]");
      ring.push_back(*found);
    }
    if (ring.front() != ring.back()) return refuse(path, "first = last");
    outline.rings.push_back(std::move(ring));
    return true;
  }

  // Height, where given, is left aside. A map of townships does not reach the poles.
  static std::optional<Position> position(const json::value& value) {
    const auto* pair = value.if_array();
    if (!pair || pair->size() < 2 || !(*pair)[0].is_number() || !(*pair)[1].is_number()) return std::nullopt;
    const Position found{(*pair)[0].to_number<double>(), (*pair)[1].to_number<double>()};
    if (std::abs(found.longitude) > 180 || std::abs(found.latitude) > 85) return std::nullopt;
    return found;
  }

  bool refuse(std::string path, std::string expected) {
    fault(std::move(path), ProblemCode::invalid, {{"expected", std::move(expected)}});
    return false;
  }

  const std::vector<places::Place>& places_;
  std::vector<Outline> outlines_;
  std::vector<MapFault> faults_;
};

// Degrees to the units of the drawing.
class Projection {
 public:
  explicit Projection(const std::vector<Outline>& outlines) {
    double east = -180, south = 90;
    for (const auto& outline : outlines) {
      for (const auto& ring : outline.rings) {
        for (const auto& [longitude, latitude] : ring) {
          west_ = std::min(west_, longitude);
          east = std::max(east, longitude);
          south = std::min(south, latitude);
          north_ = std::max(north_, latitude);
        }
      }
    }
    // A degree of longitude is that much shorter than one of latitude.
    shortening_ = std::cos((north_ + south) / 2 * std::numbers::pi / 180);
    const double wide = (east - west_) * shortening_, high = north_ - south;
    const double longer = std::max(wide, high);
    scale_ = longer > 0 ? (longest_side - 2 * margin) / longer : 0;
    width_ = static_cast<int>(std::ceil(wide * scale_ + 2 * margin));
    height_ = static_cast<int>(std::ceil(high * scale_ + 2 * margin));
  }

  Point of(const Position& position) const {
    return {static_cast<int>(std::lround((position.longitude - west_) * shortening_ * scale_ + margin)),
            static_cast<int>(std::lround((north_ - position.latitude) * scale_ + margin))};
  }
  int width() const { return width_; }
  int height() const { return height_; }

 private:
  double west_ = 180;
  double north_ = -90;
  double shortening_ = 1;
  double scale_ = 0;
  int width_ = 0;
  int height_ = 0;
};

// The ring in whole units, without what falls on the same spot as the point before.
std::vector<Point> drawn(const Ring& ring, const Projection& projection) {
  std::vector<Point> points;
  points.reserve(ring.size());
  for (const auto& position : ring) {
    const auto point = projection.of(position);
    if (points.empty() || points.back() != point) points.push_back(point);
  }
  if (points.size() > 1 && points.front() == points.back()) points.pop_back();
  return points;
}

void append_path(std::string& path, const std::vector<Point>& points) {
  char command = 'M';
  for (const auto& [x, y] : points) {
    path += command;
    path += std::to_string(x) + ' ' + std::to_string(y);
    command = 'L';
  }
  path += 'Z';
}

// Twice the ring's signed area, and its centroid.
struct Extent {
  std::int64_t area = 0;
  Point centre;
};
Extent extent_of(const std::vector<Point>& points) {
  std::int64_t area = 0, x = 0, y = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const auto& [ax, ay] = points[i];
    const auto& [bx, by] = points[(i + 1) % points.size()];
    const auto cross = static_cast<std::int64_t>(ax) * by - static_cast<std::int64_t>(bx) * ay;
    area += cross;
    x += (ax + bx) * cross;
    y += (ay + by) * cross;
  }
  if (area == 0) return {0, points.front()};  // so small that it is drawn as a dot or a line
  return {std::abs(area), {static_cast<int>(x / (3 * area)), static_cast<int>(y / (3 * area))}};
}

PlaceShape shape_of(const Outline& outline, const Projection& projection) {
  PlaceShape shape{outline.place, {}, 0, 0};
  std::int64_t largest = -1;
  for (const auto& ring : outline.rings) {
    const auto points = drawn(ring, projection);
    append_path(shape.path, points);
    const auto [area, centre] = extent_of(points);
    if (area <= largest) continue;
    largest = area;
    shape.x = centre.x;
    shape.y = centre.y;
  }
  return shape;
}

}  // namespace

MapOutcome read_place_map(const std::string& geojson, const std::vector<places::Place>& places) {
  const auto root = parse_json(geojson);
  if (!root) return {{}, {{"", ProblemCode::malformed, {{"what", "GeoJSON"}}}}};
  MapReader reader(places);
  reader.read(*root);
  auto faults = reader.faults();
  if (!faults.empty()) return {{}, std::move(faults)};
  const auto outlines = reader.outlines();
  const Projection projection(outlines);
  PlaceMap map{projection.width(), projection.height(), {}};
  map.shapes.reserve(outlines.size());
  for (const auto& outline : outlines) map.shapes.push_back(shape_of(outline, projection));
  return {std::move(map), {}};
}

}  // namespace wujin::campaigns
