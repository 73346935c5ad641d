#pragma once

#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/problem.h"
#include "places/place.h"

namespace wujin::campaigns {

// The outline of a place as it is drawn: an SVG path of whole units within the map's own, and where its name stands.
struct PlaceShape {
  places::PlaceId place;
  std::string path;  // M12 30L14 31…Z, closed rings; inner ones are holes by the even-odd rule
  int x = 0;
  int y = 0;
};
BOOST_DESCRIBE_STRUCT(PlaceShape, (), (place, path, x, y))

// A campaign's places as seen from above, north up. Empty when the campaign carries no outlines.
struct PlaceMap {
  int width = 0;  // of the drawing, in its own units
  int height = 0;
  std::vector<PlaceShape> shapes;  // in the order of the places
};
BOOST_DESCRIBE_STRUCT(PlaceMap, (), (width, height, shapes))

struct MapFault {
  std::string field;  // features[2].geometry.coordinates[0][3]; empty when it concerns the whole file
  ProblemCode code = ProblemCode::invalid;
  std::vector<ProblemParameter> parameters;
};
struct MapOutcome {
  PlaceMap map;
  std::vector<MapFault> faults;  // at most one a feature
};

// Reads a FeatureCollection of RFC 7946: Polygons or MultiPolygons in degrees, each with the property "place", the id of one of
// `places`. A place without an outline is allowed. Drawn as an equirectangular projection true at the middle latitude.
MapOutcome read_place_map(const std::string& geojson, const std::vector<places::Place>& places);

}  // namespace wujin::campaigns
