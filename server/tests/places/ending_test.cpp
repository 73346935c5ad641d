#include "places/ending.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wujin::places {
namespace {

using testing::ElementsAre;

Date day(const char* text) { return *parse_date(text); }

Place place(const char* id, PlaceKind kind, std::optional<PlaceId> parent) {
  Place made;
  made.id = PlaceId(id);
  made.code = id;
  made.name = made.short_name = std::string(id) + "处";
  made.kind = kind;
  made.parent = std::move(parent);
  return made;
}

Ending ending(const char* on, const char* into = nullptr) {
  Ending made{day(on), {}, "并村"};
  if (into != nullptr) made.into = PlaceId(into);
  return made;
}

std::vector<Place> two_towns() {
  const PlaceId town("t"), other("u");
  return {place("t", PlaceKind::town, {}),        place("a", PlaceKind::village, town), place("b", PlaceKind::village, town),
          place("c", PlaceKind::community, town), place("u", PlaceKind::town, {}),      place("x", PlaceKind::village, other)};
}

// What is wrong with an ending of `id`, as field and slug; the range is August 2023 to July 2024.
std::vector<std::string> faults(const std::vector<Place>& places, const char* id, const Ending& wanted) {
  const Tree tree(places);
  const auto checked = check(wanted, *tree.find(PlaceId(id)), tree, day("2023-08-01"), day("2024-07-31"));
  if (checked) return {};
  const Problem problem = checked.error();
  if (problem.faults().empty()) return {std::string(slug(problem.code()))};
  std::vector<std::string> found;
  for (const Fault& fault : problem.faults()) found.push_back(fault.field + " " + std::string(slug(fault.code)));
  return found;
}

TEST(Ending, counts_its_last_day_as_standing) {
  Place village = place("a", PlaceKind::village, PlaceId("t"));
  EXPECT_TRUE(stands_on(village, day("2099-01-01")));
  village.ending = ending("2023-10-10");
  EXPECT_TRUE(stands_on(village, day("2023-10-10")));
  EXPECT_FALSE(stands_on(village, day("2023-10-11")));
}

TEST(Ending, is_of_villages_and_communities_within_the_days_allowed) {
  const auto places = two_towns();
  EXPECT_THAT(faults(places, "a", ending("2023-08-01")), ElementsAre());
  EXPECT_THAT(faults(places, "c", ending("2024-07-31", "a")), ElementsAre());
  EXPECT_THAT(faults(places, "t", ending("2023-10-10")), ElementsAre("place_cannot_end"));
  EXPECT_THAT(faults(places, "a", ending("2023-07-31")), ElementsAre("on out_of_range"));
  EXPECT_THAT(faults(places, "a", ending("2024-08-01")), ElementsAre("on out_of_range"));
}

TEST(Ending, asks_for_a_reason_that_fits_a_line) {
  Ending wanted = ending("2023-10-10");
  wanted.reason = "";
  EXPECT_THAT(faults(two_towns(), "a", wanted), ElementsAre("reason required"));
  for (int i = 0; i < 201; ++i) wanted.reason += "村";
  EXPECT_THAT(faults(two_towns(), "a", wanted), ElementsAre("reason too_long"));
}

TEST(Ending, goes_on_only_in_another_place_of_the_town_that_stands) {
  auto places = two_towns();
  EXPECT_THAT(faults(places, "a", ending("2023-10-10", "a")), ElementsAre("into merged_into_itself"));
  EXPECT_THAT(faults(places, "a", ending("2023-10-10", "t")), ElementsAre("into unknown_choice"));
  EXPECT_THAT(faults(places, "a", ending("2023-10-10", "x")), ElementsAre("into unknown_choice"));
  EXPECT_THAT(faults(places, "a", ending("2023-10-10", "nowhere")), ElementsAre("into unknown_choice"));
  places[2].ending = ending("2023-10-10");
  EXPECT_THAT(faults(places, "a", ending("2023-10-10", "b")), ElementsAre("into place_dissolved"));
  EXPECT_THAT(faults(places, "a", ending("2023-10-09", "b")), ElementsAre());
  places[2].ending = ending("2023-10-10", "c");
  EXPECT_THAT(faults(places, "a", ending("2023-10-20", "b")), ElementsAre("into place_merged"));
}

TEST(Ending, outlasts_what_was_merged_into_it_and_never_runs_in_a_circle) {
  auto places = two_towns();
  places[1].ending = ending("2023-10-10", "b");  // a into b
  EXPECT_THAT(faults(places, "b", ending("2023-10-10")), ElementsAre("on takes_over"));
  EXPECT_THAT(faults(places, "b", ending("2023-10-11", "c")), ElementsAre());
  EXPECT_THAT(faults(places, "b", ending("2023-10-11", "a")), ElementsAre("into place_merged"));
  EXPECT_THAT(faults(places, "b", ending("2023-10-01", "a")), ElementsAre("on takes_over"));
}

TEST(Ending, tells_where_to_go_on) {
  auto places = two_towns();
  places[1].ending = ending("2023-10-10", "b");
  places[3].ending = ending("2023-10-10");
  const Tree tree(places);
  EXPECT_TRUE(check_stands(places[1], tree, day("2023-10-10"), "started_at"));
  const auto merged = check_stands(places[1], tree, day("2023-10-11"), "started_at");
  ASSERT_FALSE(merged);
  const Problem problem = merged.error();
  EXPECT_EQ(problem.faults().front().field, "started_at");
  EXPECT_EQ(sentence(problem.faults().front().code, problem.faults().front().parameters, Language::chinese),
            "a处到2023-10-10为止，之后已并入b处，请记到b处。");
  const auto dissolved = check_stands(places[3], tree, day("2023-10-11"), "started_at");
  ASSERT_FALSE(dissolved);
  EXPECT_EQ(Problem(dissolved.error()).faults().front().code, ProblemCode::place_dissolved);
}

}  // namespace
}  // namespace wujin::places
