#include "plans/plan.h"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "campaigns/load.h"
#include "plans/plan_calendar.h"

namespace wujin::plans {
namespace {

using campaigns::WeekLabel;
using testing::ElementsAre;

const PlaceId village("500118112200");
const PlaceId other_village("500118112201");

Date date(const char* text) { return *parse_date(text); }
Month month(const char* text) { return *parse_month(text); }

const campaigns::CampaignBundle& bundle() {
  static const auto loaded =
      campaigns::load_campaign(std::filesystem::path(WUJIN_SOURCE_DIR) / "campaigns" / "baofeng-2023").bundle;
  return *loaded;
}

RowChange change(const char* from, const char* to, const char* focus = "三组") {
  RowChange made;
  made.from = date(from);
  made.to = date(to);
  made.focus = focus;
  return made;
}

PlanRow row(const char* from, const char* to, const char* focus = "三组") {
  return changed(PlanRow(), change(from, to, focus), village);
}

std::vector<std::string> faults_of(const RowChange& entered) {
  std::vector<std::string> list;
  const auto checked = check(entered, bundle().campaign, bundle().tree());
  if (checked) return list;
  const Problem problem = checked.error();
  for (const Fault& fault : problem.faults()) list.push_back(fault.field + " " + std::string(slug(fault.code)));
  return list;
}

TEST(PlanRow, follows_from_its_dates_where_nothing_else_is_said) {
  const auto made = row("2023-08-14", "2023-08-20", "  三组  ");
  EXPECT_EQ(made.month, month("2023-08"));
  EXPECT_THAT(made.places, ElementsAre(village));
  EXPECT_EQ(made.focus, "三组");
  EXPECT_FALSE(made.week_label);
  EXPECT_FALSE(made.topic);
}

struct BadRow {
  const char* fault;
  void (*spoil)(RowChange&);
};

TEST(PlanRow, refuses_what_makes_no_sense) {
  const BadRow table[] = {
      {"to out_of_range", [](RowChange& c) { c.to = date("2023-08-13"); }},
      {"from out_of_range", [](RowChange& c) { c.from = date("2023-07-01"); }},
      {"to out_of_range", [](RowChange& c) { c.to = date("2024-02-01"); }},
      {"focus too_long", [](RowChange& c) { c.focus = std::string(501, 'x'); }},
      {"topic too_long", [](RowChange& c) { c.topic = std::string(201, 'x'); }},
      {"in_charge too_long", [](RowChange& c) { c.in_charge = std::string(65, 'x'); }},
      {"week_label too_long", [](RowChange& c) { c.week_label = std::string(65, 'x'); }},
      {"order out_of_range", [](RowChange& c) { c.order = -1; }},
      {"places[0] unknown_choice", [](RowChange& c) { c.places = {{PlaceId("elsewhere")}}; }},
      {"places[0] unknown_choice", [](RowChange& c) { c.places = {{PlaceId("500118000000")}}; }},
      {"places[1] duplicate",
       [](RowChange& c) {
         c.places = {{village, village}};
       }},
  };
  for (const auto& bad : table) {
    auto entered = change("2023-08-14", "2023-08-20");
    bad.spoil(entered);
    EXPECT_THAT(faults_of(entered), testing::Contains(bad.fault)) << bad.fault;
  }
}

TEST(PlanRow, may_name_other_places_of_the_town_and_the_town_itself) {
  auto entered = change("2023-08-14", "2023-08-20");
  entered.places = {{other_village, PlaceId("500118112000")}};
  EXPECT_THAT(faults_of(entered), testing::IsEmpty());
  EXPECT_EQ(changed(PlanRow(), entered, village).places, *entered.places);
}

TEST(PlanRow, is_labelled_by_the_week_it_mostly_lies_in_unless_somebody_wrote_a_label) {
  const auto& campaign = bundle().campaign;
  PlanHead head;
  EXPECT_EQ(label_of(row("2023-08-14", "2023-08-20"), head, campaign), "8月第三周");
  head.week_label = WeekLabel::plain;
  EXPECT_EQ(label_of(row("2023-08-14", "2023-08-20"), head, campaign), "第三周");
  EXPECT_EQ(label_of(row("2023-10-08", "2023-10-14"), head, campaign), "第二周");
  head.week_label = WeekLabel::running;
  EXPECT_EQ(label_of(row("2023-09-01", "2023-09-10"), head, campaign), "第六周");
  auto own = change("2023-08-14", "2023-08-20");
  own.week_label = "农闲周";
  EXPECT_EQ(label_of(changed(PlanRow(), own, village), head, campaign), "农闲周");
}

TEST(Copy, lays_the_rows_of_a_month_over_the_weeks_of_another) {
  const std::vector<PlanRow> august = {row("2023-08-01", "2023-08-06", "一"), row("2023-08-14", "2023-08-20", "三"),
                                       row("2023-08-28", "2023-08-31", "五"), row("2023-11-01", "2023-11-05", "别的月")};
  const auto made = copied(august, month("2023-08"), month("2023-10"), bundle().campaign);
  ASSERT_EQ(made.size(), 2U);  // October has no fifth week
  EXPECT_EQ(made[0].from, date("2023-10-01"));
  EXPECT_EQ(made[0].to, date("2023-10-08"));
  EXPECT_EQ(made[1].focus, "三");
  EXPECT_EQ(made[1].month, month("2023-10"));
  EXPECT_EQ(made[1].from, date("2023-10-16"));
}

TEST(ContentDigest, tells_apart_what_would_print_differently_and_nothing_else) {
  const auto& campaign = bundle().campaign;
  const std::vector<PlanRow> rows = {row("2023-08-14", "2023-08-20")};
  const auto digest = content_digest(rows, PlanHead(), campaign);
  auto touched = rows;
  touched[0].version = 7;
  touched[0].updated_by = "别人";
  EXPECT_EQ(content_digest(touched, PlanHead(), campaign), digest);
  touched[0].in_charge = "甲";
  EXPECT_NE(content_digest(touched, PlanHead(), campaign), digest);
  PlanHead noted;
  noted.note = "不印出来的备注";
  EXPECT_EQ(content_digest(rows, noted, campaign), digest);
  noted.week_label = WeekLabel::plain;
  EXPECT_NE(content_digest(rows, noted, campaign), digest);
}

TEST(PointsIn, are_the_short_parts_of_a_focus) {
  EXPECT_THAT(points_in("三组、四组院坝； 桥畔小学 ，\n砖厂"), ElementsAre("三组", "四组院坝", "桥畔小学", "砖厂"));
  EXPECT_THAT(points_in(""), testing::IsEmpty());
  EXPECT_THAT(points_in("走村入户逐户检查老旧线路并讲解冬季取暖器具安全使用常识"), testing::IsEmpty());
}

TEST(PlanCalendar, lays_every_place_beside_the_weeks_of_a_month) {
  const places::Place a = *bundle().tree().find(village), b = *bundle().tree().find(other_village);
  PlanRow before_all = row("2023-10-02", "2023-10-08");  // under October, though its days are in September
  before_all.from = before_all.to = date("2023-09-20");
  const auto& campaign = bundle().campaign;
  const std::vector<FoundRow> rows = {{row("2023-10-16", "2023-10-22"), campaign.id, b.id},
                                      {row("2023-11-13", "2023-11-19"), campaign.id, b.id},
                                      {before_all, campaign.id, a.id}};
  const auto calendar = calendar_of(month("2023-10"), campaign, {a, b}, rows);
  const auto counts = [&](std::size_t line) {
    std::vector<std::size_t> sizes;
    for (const auto& week : calendar.rows.at(line).weeks) sizes.push_back(week.size());
    return sizes;
  };
  EXPECT_EQ(calendar.weeks.size(), 4u);
  EXPECT_THAT(counts(0), ElementsAre(1, 0, 0, 0));
  EXPECT_THAT(counts(1), ElementsAre(0, 0, 1, 0));
}

TEST(WithSuccessor, names_another_where_the_name_stands_whole) {
  const auto named = [](const std::string& in_charge) { return with_successor(in_charge, "周某", "吴某"); };
  EXPECT_EQ(named("周某"), "吴某");
  EXPECT_EQ(named("郑某、周某"), "郑某、吴某");
  EXPECT_EQ(named("周某，王某 郑某"), "吴某、王某、郑某");
  EXPECT_EQ(named("吴某、周某/郑某"), "吴某、郑某") << "one person is named once";
  EXPECT_EQ(named("周某某"), std::nullopt);
  EXPECT_EQ(named("小周某、郑某"), std::nullopt);
  EXPECT_EQ(named(""), std::nullopt);
}

}  // namespace
}  // namespace wujin::plans
