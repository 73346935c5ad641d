#include "tallies/tally.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wujin::tallies {
namespace {

Date day(const char* text) { return *parse_date(text); }

Held sample() {
  Held held;
  held.day = day("2023-10-26");
  held.organizer = "village";
  held.kind = "visit";
  held.entry = "household";
  held.audiences = {"living_alone", "minors"};
  held.people = 12;
  return held;
}

TEST(Tally, puts_an_activity_into_one_cell_of_each_thing_it_is_counted_by) {
  EXPECT_EQ(written(cells_of(sample())),
            "h village/visit/ 1 12 0\n"
            "d 3 1 0 0\n"
            "e household 1 12 0\n"
            "a living_alone 1 12 0\n"
            "a minors 1 12 0\n");
}

TEST(Tally, comes_back_as_it_was_written) {
  const Cells cells = cells_of(sample());
  EXPECT_EQ(read(written(cells)), cells);
}

TEST(Tally, is_empty_again_when_what_was_added_is_taken_away) {
  Cells cells;
  add(cells, cells_of(sample()), 1);
  add(cells, cells_of(sample()), 1);
  EXPECT_EQ(cells.at({Dimension::entry, "household"}).people, 24);
  add(cells, cells_of(sample()), -1);
  add(cells, cells_of(sample()), -1);
  EXPECT_TRUE(cells.empty());
}

TEST(Tally, names_the_parts_of_what_was_held) {
  const auto parts = parts_of("station//stall");
  EXPECT_EQ(parts.organizer, "station");
  EXPECT_EQ(parts.kind, "");
  EXPECT_EQ(parts.form, "stall");
}

TEST(Tally, cuts_a_week_where_its_month_ends) {
  EXPECT_EQ(piece_of(day("2023-10-26")), day("2023-10-23"));
  EXPECT_EQ(piece_of(day("2023-10-31")), day("2023-10-30"));
  EXPECT_EQ(piece_of(day("2023-11-03")), day("2023-11-01"));
  EXPECT_EQ(piece_of(day("2023-11-06")), day("2023-11-06"));
}

}  // namespace
}  // namespace wujin::tallies
