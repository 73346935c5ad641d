#include "deadlines/board.h"

#include <gtest/gtest.h>

namespace wujin::deadlines {
namespace {

using handins::Standing;

campaigns::Campaign campaign() {
  campaigns::Campaign made;
  made.id = CampaignId("sample");
  made.year = 2023;
  made.report_periods.first = *parse_month("2023-08");
  made.report_periods.last = *parse_month("2023-12");
  campaigns::Deadline plan;
  plan.id = "plan";
  plan.deliverable = Deliverable::plan;
  plan.name = "计划表";
  plan.on = *parse_date("2023-08-16");
  plan.applies_to = {PlaceKind::village, PlaceKind::community, PlaceKind::town};
  campaigns::Deadline report;
  report.id = "monthly";
  report.deliverable = Deliverable::report;
  report.name = "工作情况";
  report.day = 28;
  report.first_month = *parse_month("2023-08");
  report.last_month = *parse_month("2023-09");
  report.applies_to = {PlaceKind::village, PlaceKind::community};
  made.deadlines = {report, plan};
  return made;
}

places::Place place(const char* id, PlaceKind kind) {
  places::Place made;
  made.id = PlaceId(id);
  made.name = id;
  made.kind = kind;
  return made;
}

handins::Version version(const char* submitted_at, bool on_time, int late_days, handins::VersionState state) {
  handins::Version made;
  made.submitted_at = *parse_instant(submitted_at);
  made.timeliness = {on_time, late_days};
  made.state = state;
  return made;
}

TEST(Board, has_a_column_for_each_period_in_the_order_they_fall_due) {
  const auto town = place("town", PlaceKind::town);
  const auto board = draw_board(campaign(), {&town}, {}, *parse_instant("2023-08-10T09:00:00+08:00"));
  ASSERT_EQ(board.columns.size(), 3u);
  EXPECT_EQ(board.columns[0].deadline, "plan");
  EXPECT_EQ(board.columns[1].name, "8月工作情况");
  EXPECT_EQ(board.columns[2].period, "2023-09");
  EXPECT_EQ(to_string(board.columns[1].due_at), "2023-08-29T00:00:00.000+08:00");
}

TEST(Board, tells_what_each_place_owes_and_what_does_not_concern_it) {
  const auto town = place("town", PlaceKind::town), village = place("village", PlaceKind::village),
             district = place("district", PlaceKind::district);
  const auto board = draw_board(campaign(), {&district, &town, &village}, {}, *parse_instant("2023-08-29T00:00:00+08:00"));
  ASSERT_EQ(board.rows.size(), 2u);  // the district owes nothing at all
  EXPECT_EQ(board.rows[0].cells[0].state, Standing::overdue);
  EXPECT_EQ(board.rows[0].cells[1].state, Standing::na);
  EXPECT_EQ(board.rows[1].cells[1].state, Standing::overdue);
  EXPECT_EQ(board.rows[1].cells[1].days_left, -1);
  EXPECT_EQ(board.rows[1].cells[2].state, Standing::not_due);
  EXPECT_EQ(board.rows[1].cells[2].href, "/api/v1/reports/sample/village/2023-09");
}

TEST(Board, shows_the_time_of_the_first_valid_hand_in_beside_a_return) {
  const auto village = place("village", PlaceKind::village);
  auto returned = version("2023-08-29T08:00:00+08:00", false, 1, handins::VersionState::returned);
  returned.returned = handins::ReturnNote{"缺照片", {}, *parse_date("2023-09-01"), returned.submitted_at, "工作站", 1};
  Shelves shelves;
  shelves[Deliverable::report].by_place_and_period[{village.id, "2023-08"}] = {returned};
  const auto board = draw_board(campaign(), {&village}, shelves, *parse_instant("2023-08-30T00:00:00+08:00"));
  const Cell& cell = board.rows[0].cells[1];
  EXPECT_EQ(cell.state, Standing::returned);
  EXPECT_EQ(cell.late_days, 1);
  ASSERT_TRUE(cell.returned);
  EXPECT_EQ(to_string(*cell.returned->correct_by), "2023-09-01");
}

TEST(Board, owes_nothing_that_falls_due_after_a_place_ended) {
  auto village = place("village", PlaceKind::village);
  village.ending = places::Ending{*parse_date("2023-08-28"), {}, "并村"};
  const auto now = *parse_instant("2023-10-10T09:00:00+08:00");
  auto board = draw_board(campaign(), {&village}, {}, now);
  ASSERT_EQ(board.rows.size(), 1u);
  EXPECT_EQ(board.rows[0].ended_on, village.ending->on);
  EXPECT_EQ(board.rows[0].cells[1].state, Standing::overdue);  // due on its last day
  EXPECT_EQ(board.rows[0].cells[2].state, Standing::na);
  village.ending->on = *parse_date("2023-08-27");
  board = draw_board(campaign(), {&village}, {}, now);
  EXPECT_EQ(board.rows[0].cells[0].state, Standing::overdue);
  EXPECT_EQ(board.rows[0].cells[1].state, Standing::na);
}

TEST(Board, keeps_what_a_place_handed_in_before_it_ended) {
  auto village = place("village", PlaceKind::village);
  village.ending = places::Ending{*parse_date("2023-09-10"), {}, "并村"};
  Shelves shelves;
  auto& versions = shelves[Deliverable::report].by_place_and_period[{village.id, "2023-09"}];
  versions = {version("2023-09-09T08:00:00+08:00", true, 0, handins::VersionState::submitted)};
  const auto now = *parse_instant("2023-10-10T09:00:00+08:00");
  auto board = draw_board(campaign(), {&village}, shelves, now);
  EXPECT_EQ(board.rows[0].cells[2].state, Standing::submitted);
  EXPECT_EQ(board.rows[0].cells[2].on_time, true);
  versions.back().state = handins::VersionState::withdrawn;
  board = draw_board(campaign(), {&village}, shelves, now);
  EXPECT_EQ(board.rows[0].cells[2].state, Standing::na);
}

TEST(Board, has_no_line_for_a_place_that_ended_before_the_campaign_began) {
  auto begun = campaign();
  begun.starts_on = *parse_date("2023-08-01");
  auto village = place("village", PlaceKind::village);
  village.ending = places::Ending{*parse_date("2023-07-31"), {}, "并村"};
  EXPECT_TRUE(draw_board(begun, {&village}, {}, *parse_instant("2023-10-10T09:00:00+08:00")).rows.empty());
}

TEST(Board, is_ordered_by_what_a_column_asks_for_first) {
  const auto town = place("town", PlaceKind::town), a = place("a", PlaceKind::village), b = place("b", PlaceKind::village),
             c = place("c", PlaceKind::village);
  Shelves shelves;
  shelves[Deliverable::report].by_place_and_period[{a.id, "2023-08"}] = {
      version("2023-08-20T08:00:00+08:00", true, 0, handins::VersionState::accepted)};
  shelves[Deliverable::report].by_place_and_period[{c.id, "2023-08"}] = {
      version("2023-08-20T08:00:00+08:00", true, 0, handins::VersionState::submitted)};
  const auto ordered = [&](const http::ListOrder& order) {
    auto board = draw_board(campaign(), {&town, &a, &b, &c}, shelves, *parse_instant("2023-08-30T00:00:00+08:00"));
    EXPECT_TRUE(put_in_order(board, order));
    std::string places;
    for (const auto& row : board.rows) places += row.place.text() + " ";
    return places;
  };
  EXPECT_EQ(ordered({"monthly/2023-08", false}), "b c a town ");
  EXPECT_EQ(ordered({"monthly/2023-08", true}), "a c b town ") << "who owes nothing there stands last either way";
  EXPECT_EQ(ordered({"plan/2023", false}), "town a b c ");
  Board board;
  EXPECT_FALSE(put_in_order(board, {"monthly/2023-08", false}));
}

}  // namespace
}  // namespace wujin::deadlines
