#include "places/place.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wujin::places {
namespace {

using testing::ElementsAre;

Place place(std::string id, PlaceKind kind, std::optional<std::string> parent, int order = 0) {
  Place made;
  made.id = PlaceId(id);
  made.code = id;
  made.name = made.short_name = "处" + id;
  made.kind = kind;
  if (parent) made.parent = PlaceId(*parent);
  made.order = order;
  return made;
}

std::vector<Place> town() {
  return {place("v2", PlaceKind::village, "t", 4), place("d", PlaceKind::district, std::nullopt, 1),
          place("t", PlaceKind::town, "d", 2), place("v1", PlaceKind::community, "t", 3)};
}

TEST(Tree, goes_from_a_place_up_to_the_root) {
  const Tree tree(town());
  EXPECT_THAT(tree.place_and_ancestors(PlaceId("v2")), ElementsAre(PlaceId("v2"), PlaceId("t"), PlaceId("d")));
  EXPECT_TRUE(tree.place_and_ancestors(PlaceId("elsewhere")).empty());
  EXPECT_EQ(tree.town_of(PlaceId("v1"))->id, PlaceId("t"));
  EXPECT_EQ(tree.town_of(PlaceId("t"))->id, PlaceId("t"));
  EXPECT_EQ(tree.town_of(PlaceId("d")), nullptr);
}

TEST(Tree, lists_what_lies_below_in_order) {
  const Tree tree(town());
  std::vector<std::string> names;
  for (const auto* below : tree.subtree(PlaceId("t"))) names.push_back(below->id.text());
  EXPECT_THAT(names, ElementsAre("t", "v1", "v2"));
}

TEST(Tree, survives_a_circle) {
  const Tree tree({place("a", PlaceKind::district, "b"), place("b", PlaceKind::district, "a")});
  EXPECT_THAT(tree.place_and_ancestors(PlaceId("a")), ElementsAre(PlaceId("a"), PlaceId("b")));
  EXPECT_EQ(tree.subtree(PlaceId("a")).size(), 2);
  EXPECT_TRUE(tree.is_within(PlaceId("b"), PlaceId("a")));
  EXPECT_FALSE(tree.is_within(PlaceId("b"), PlaceId("elsewhere")));
  EXPECT_EQ(tree.town_of(PlaceId("a")), nullptr);
}

// What lies below is gone down to, whether a place lies below is gone up from: both must say the same.
TEST(Tree, says_the_same_downwards_and_upwards) {
  std::vector<Place> places = {place("d", PlaceKind::district, std::nullopt, 1), place("lost", PlaceKind::village, "gone", 2)};
  for (const std::string town : {"t1", "t2", "t3"}) {
    places.push_back(place(town, PlaceKind::town, "d", 3));
    for (int village = 0; village < 4; ++village)
      places.push_back(place(town + "v" + std::to_string(village), PlaceKind::village, town, 9 - village));
  }
  const Tree tree(places);
  for (const Place& above : tree.places()) {
    std::vector<const Place*> within;
    for (const Place& below : tree.places()) {
      if (tree.is_within(below.id, above.id)) within.push_back(&below);
    }
    EXPECT_EQ(tree.subtree(above.id), within) << above.id.text();
  }
  EXPECT_TRUE(tree.subtree(PlaceId("gone")).empty());
}

TEST(Tree, accepts_a_district_with_its_town_and_villages) { EXPECT_TRUE(check_tree(town()).empty()); }

struct BrokenTree {
  const char* what;
  std::vector<Place> places;
  const char* field;
  ProblemCode code;
};

TEST(Tree, tells_what_makes_places_no_tree) {
  const std::vector<BrokenTree> table = {
      {"an id twice",
       {place("t", PlaceKind::town, std::nullopt), place("t", PlaceKind::town, std::nullopt)},
       "id",
       ProblemCode::duplicate},
      {"a village without a town", {place("v", PlaceKind::village, std::nullopt)}, "parent", ProblemCode::required},
      {"a parent that is missing", {place("t", PlaceKind::town, "d")}, "parent", ProblemCode::unknown_choice},
      {"a village below a district",
       {place("d", PlaceKind::district, std::nullopt), place("v", PlaceKind::village, "d")},
       "parent",
       ProblemCode::invalid},
      {"a circle", {place("a", PlaceKind::district, "b"), place("b", PlaceKind::district, "a")}, "parent", ProblemCode::invalid},
  };
  for (const auto& row : table) {
    const auto faults = check_tree(row.places);
    ASSERT_FALSE(faults.empty()) << row.what;
    EXPECT_EQ(faults.front().field, row.field) << row.what;
    EXPECT_EQ(faults.front().code, row.code) << row.what;
  }
}

TEST(DivisionCode, refuses_what_is_none) {
  for (const auto* code : {"", "50011811200", "5001181120011", "50011811200a", "000000000000", "001118112001"}) {
    EXPECT_FALSE(is_division_code(code)) << code;
  }
  EXPECT_FALSE(is_division_code("500018112001"));  // a county without its prefecture
  EXPECT_FALSE(is_division_code("500118000001"));  // a village without its township
  EXPECT_TRUE(is_division_code("441900003000"));   // a prefecture that has towns but no counties
}

TEST(DivisionCode, knows_its_level_and_kind) {
  EXPECT_EQ(division_level("500000000000"), DivisionLevel::province);
  EXPECT_EQ(division_level("500118000000"), DivisionLevel::county);
  EXPECT_EQ(division_level("500118112000"), DivisionLevel::township);
  EXPECT_EQ(division_level("500118112001"), DivisionLevel::village);
  EXPECT_EQ(kind_by_code("500118112001"), PlaceKind::community);
  EXPECT_EQ(kind_by_code("500118112200"), PlaceKind::village);
  EXPECT_EQ(kind_by_code("500118112498"), std::nullopt);
  EXPECT_EQ(kind_by_code("500000000000"), std::nullopt);
}

TEST(DivisionCode, is_an_ancestor_when_its_prefix_begins_the_other) {
  EXPECT_TRUE(is_division_ancestor("500118112000", "500118112204"));
  EXPECT_TRUE(is_division_ancestor("500118000000", "500118112204"));
  EXPECT_FALSE(is_division_ancestor("500118112204", "500118112000"));
  EXPECT_FALSE(is_division_ancestor("500118112000", "500118112000"));
  EXPECT_FALSE(is_division_ancestor("500118113000", "500118112204"));
}

}  // namespace
}  // namespace wujin::places
