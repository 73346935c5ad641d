#include "campaigns/place_map.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace wujin::campaigns {
namespace {

std::vector<places::Place> two_villages() {
  places::Place east, west;
  east.id = places::PlaceId("east");
  west.id = places::PlaceId("west");
  return {west, east};
}

std::string feature(const std::string& place, const std::string& type, const std::string& coordinates) {
  return R"({"type":"Feature","properties":{"place":")" + place + R"("},"geometry":{"type":")" + type + R"(","coordinates":)" +
         coordinates + "}}";
}
std::string collection(const std::string& features) { return R"({"type":"FeatureCollection","features":[)" + features + "]}"; }

// On the equator a degree is as wide as it is high.
TEST(PlaceMap, draws_north_up_within_a_thousand_units_in_the_order_of_the_places) {
  const auto outcome = read_place_map(collection(feature("east", "Polygon", "[[[1,0],[2,0],[2,1],[1,1],[1,0]]]") + "," +
                                                 feature("west", "Polygon", "[[[0,0],[1,0],[1,-1],[0,-1],[0,0]]]")),
                                      two_villages());
  ASSERT_TRUE(outcome.faults.empty());
  const auto& map = outcome.map;
  EXPECT_EQ(map.width, 1000);
  EXPECT_EQ(map.height, 1000);
  ASSERT_EQ(map.shapes.size(), 2U);
  EXPECT_EQ(map.shapes[0].place.text(), "west");
  EXPECT_EQ(map.shapes[0].path, "M4 500L500 500L500 996L4 996Z");
  EXPECT_EQ(map.shapes[1].path, "M500 500L996 500L996 4L500 4Z");
  EXPECT_EQ(map.shapes[1].x, 748);
  EXPECT_EQ(map.shapes[1].y, 252);
}

TEST(PlaceMap, is_narrower_the_farther_it_lies_from_the_equator) {
  const auto outcome = read_place_map(
      collection(feature("east", "Polygon", "[[[10,59.5],[11,59.5],[11,60.5],[10,60.5],[10,59.5]]]")), two_villages());
  ASSERT_TRUE(outcome.faults.empty());
  EXPECT_EQ(outcome.map.height, 1000);
  EXPECT_NEAR(outcome.map.width, 504, 1);  // cos 60° = 1/2
}

TEST(PlaceMap, names_a_place_of_several_parts_in_its_largest_and_keeps_holes) {
  const auto outcome = read_place_map(
      collection(feature("west", "MultiPolygon",
                         "[[[[0,0],[0.1,0],[0.1,0.1],[0,0.1],[0,0]]],"
                         "[[[1,0,320.5],[3,0,321],[3,2,322],[1,2,323],[1,0,320.5]],[[1.5,0.5],[2,0.5],[2,1],[1.5,0.5]]]]")),
      two_villages());
  ASSERT_TRUE(outcome.faults.empty());
  ASSERT_EQ(outcome.map.shapes.size(), 1U);
  const auto& shape = outcome.map.shapes[0];
  EXPECT_EQ(std::ranges::count(shape.path, 'Z'), 3);
  EXPECT_NEAR(shape.x, 665, 2);
  EXPECT_NEAR(shape.y, 335, 2);
}

TEST(PlaceMap, draws_what_is_too_small_to_see_as_a_dot) {
  const auto outcome = read_place_map(collection(feature("east", "Polygon", "[[[0,0],[9,0],[9,9],[0,0]]]") + "," +
                                                 feature("west", "Polygon", "[[[1,1],[1.0001,1],[1,1.0001],[1,1]]]")),
                                      two_villages());
  ASSERT_TRUE(outcome.faults.empty());
  EXPECT_EQ(std::ranges::count(outcome.map.shapes[0].path, 'L'), 0);
}

struct Broken {
  const char* what;
  std::string geojson;
  std::string field;
  ProblemCode code;
};

TEST(PlaceMap, tells_what_is_wrong_with_a_file) {
  const std::string square = "[[[0,0],[1,0],[1,1],[0,0]]]";
  const std::string at = "features[0].geometry.coordinates";
  const std::vector<Broken> table = {
      {"no JSON", "{", "", ProblemCode::malformed},
      {"nested without end", std::string(1000, '['), "", ProblemCode::malformed},
      {"another type", R"({"type":"Feature"})", "", ProblemCode::invalid},
      {"features that are no list", R"({"type":"FeatureCollection","features":{}})", "", ProblemCode::invalid},
      {"nothing in it", collection(""), "features", ProblemCode::required},
      {"a feature that is no object", collection("7"), "features[0].properties.place", ProblemCode::required},
      {"an unknown place", collection(feature("north", "Polygon", square)), "features[0].properties.place",
       ProblemCode::unknown_choice},
      {"a place twice", collection(feature("east", "Polygon", square) + "," + feature("east", "Polygon", square)),
       "features[1].properties.place", ProblemCode::duplicate},
      {"a point", collection(feature("east", "Point", "[1,2]")), "features[0].geometry", ProblemCode::invalid},
      {"no ring", collection(feature("east", "Polygon", "[]")), at, ProblemCode::invalid},
      {"no polygon", collection(feature("east", "MultiPolygon", "[]")), at, ProblemCode::invalid},
      {"three positions", collection(feature("east", "Polygon", "[[[0,0],[1,0],[0,0]]]")), at + "[0]", ProblemCode::invalid},
      {"an open ring", collection(feature("east", "Polygon", "[[[0,0],[1,0],[1,1],[0,1]]]")), at + "[0]", ProblemCode::invalid},
      {"metres instead of degrees", collection(feature("east", "Polygon", "[[[0,0],[437000,0],[1,1],[0,0]]]")), at + "[0][1]",
       ProblemCode::invalid},
      {"the pole", collection(feature("east", "Polygon", "[[[0,0],[1,90],[1,1],[0,0]]]")), at + "[0][1]", ProblemCode::invalid},
      {"words for numbers", collection(feature("east", "Polygon", R"([[[0,0],["1",0],[1,1],[0,0]]])")), at + "[0][1]",
       ProblemCode::invalid},
      {"half a position", collection(feature("east", "Polygon", "[[[0,0],[1],[1,1],[0,0]]]")), at + "[0][1]",
       ProblemCode::invalid},
  };
  for (const auto& [what, geojson, field, code] : table) {
    const auto outcome = read_place_map(geojson, two_villages());
    ASSERT_EQ(outcome.faults.size(), 1U) << what;
    EXPECT_EQ(outcome.faults[0].field, field) << what;
    EXPECT_EQ(outcome.faults[0].code, code) << what;
    EXPECT_TRUE(outcome.map.shapes.empty()) << what;
  }
}

}  // namespace
}  // namespace wujin::campaigns
