#include "ledgers/ledgers_actions.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "audit/trail.h"
#include "campaigns/campaign_store_test.h"
#include "changes/feed.h"
#include "ledgers/activity_ledger.h"
#include "ledgers/filing_ledger.h"
#include "ledgers/plan_ledger.h"
#include "ledgers/report_ledger.h"
#include "places/place_store.h"

namespace wujin::ledgers {
namespace {

using people::Role;
using spreadsheets::Cell;
using testing::ElementsAre;

constexpr const char* town = "500118112000";
constexpr const char* village = "500118112200";
const campaigns::CampaignId campaign("baofeng-2023");

class LedgersTest : public test::CampaignStoreTest {
 protected:
  LedgersTest()
      : CampaignStoreTest(
            {audit::migrations(), changes::migrations(), places::migrations(), campaigns::migrations(), migrations()}) {}

  Result<Order> open(const people::Actor& actor, Ledger ledger = Ledger::activities) {
    return database().read_now(
        [&](Snapshot& snapshot) { return open_order(snapshot, catalogue_, actor, campaign, ledger, clock().now()); });
  }
  Result<Order> choose(const people::Actor& actor, const std::vector<std::string>& ids, std::string_view if_match) {
    return database().write_now([&](Transaction& transaction) {
      return choose_columns(transaction, catalogue_, actor, campaign, Ledger::activities, ids, if_match, clock().now());
    });
  }
  people::Actor station() { return person(Role::station, town); }

  // Of a fault in a field, the fault's own.
  static ProblemCode code_of(const Result<Order>& result) {
    if (result) return ProblemCode::internal;
    const Problem problem = result.error();
    return problem.faults().empty() ? problem.code() : problem.faults().front().code;
  }
};

WUJIN_ON_BOTH_ENGINES(LedgersTest);

TEST_P(LedgersTest, HaveTheirUsualColumnsUntilTheStationChooses) {
  const auto order = open(station());
  ASSERT_TRUE(order);
  EXPECT_EQ(order->chosen.columns, usual_columns(Ledger::activities));
  EXPECT_EQ(etag_of(order->chosen), "\"0\"");
  const auto chosen = choose(station(), {"title", "date"}, "\"0\"");
  ASSERT_TRUE(chosen);
  EXPECT_THAT(ids_of(open(person(Role::village, village))->chosen.columns), ElementsAre("title", "date"));
  EXPECT_EQ(open(station(), Ledger::filing)->chosen.columns, usual_columns(Ledger::filing));
}

TEST_P(LedgersTest, AreChosenByTheStationAloneAndNeverOverWhatItHasNotSeen) {
  EXPECT_EQ(code_of(choose(person(Role::village, village), {"title"}, "*")), ProblemCode::forbidden);
  EXPECT_EQ(code_of(choose(person(Role::station, "500118113000"), {"title"}, "*")), ProblemCode::not_found);
  EXPECT_EQ(code_of(choose(station(), {"title"}, "")), ProblemCode::if_match_required);
  ASSERT_TRUE(choose(station(), {"title"}, "\"0\""));
  EXPECT_EQ(code_of(choose(station(), {"date"}, "\"0\"")), ProblemCode::stale);
  EXPECT_TRUE(choose(station(), {"date"}, "\"1\""));
}

TEST_P(LedgersTest, RefuseColumnsThereAreNotAndColumnsTwice) {
  EXPECT_EQ(code_of(choose(station(), {"title", "salary"}, "*")), ProblemCode::unknown_choice);
  EXPECT_EQ(code_of(choose(station(), {"title", "title"}, "*")), ProblemCode::duplicate);
  EXPECT_EQ(code_of(choose(station(), {}, "*")), ProblemCode::required);
}

TEST_P(LedgersTest, AreFilesNamedAsTheCampaignSays) {
  const auto order = open(station());
  EXPECT_EQ(file_name(*order, Ledger::activities, spreadsheets::Format::excel, Language::chinese),
            "宝峰镇2023年消防宣传“五进”活动台账.xlsx");
  EXPECT_EQ(file_name(*order, Ledger::filing, spreadsheets::Format::csv, Language::chinese),
            "宝峰镇2023年消防宣传“五进”报送情况.csv");
}

TEST_P(LedgersTest, NameTheFileOfAMonthsPicturesByPlaceAndMonth) {
  const auto order = open(station());
  using std::chrono::January;
  using std::chrono::October;
  using std::chrono::year;
  const auto name = [&](Month month, const char* place) {
    return photos_file_name(*order, month, places::PlaceId(place), Language::chinese);
  };
  EXPECT_EQ(name(year(2023) / October, town), "宝峰镇2023年消防宣传“五进”10月照片原图.zip");
  EXPECT_EQ(name(year(2023) / October, village), "宝峰镇2023年消防宣传“五进”泸永桥村10月照片原图.zip");
  EXPECT_EQ(name(year(2024) / January, town), "宝峰镇2023年消防宣传“五进”2024年1月照片原图.zip");
  EXPECT_EQ(photos_file_name(*order, year(2023) / October, std::nullopt, Language::english),
            "宝峰镇2023年消防宣传“五进” pictures 2023-10.zip");
}

TEST_P(LedgersTest, SayOfAnActivityWhatTheCampaignCallsIt) {
  const auto order = open(station());
  activities::CountedActivity activity;
  activity.campaign = campaign;
  activity.place = places::PlaceId(village);
  activity.entry = "countryside";
  activity.started_at = *parse_instant("2023-10-25T23:30:00+08:00");
  activity.ended_at = *parse_instant("2023-10-26T00:10:00+08:00");
  activity.title = "院坝会";
  activity.people_about = 40;
  activity.organizer = activities::Organizer::station;
  activity.partners = {{"派出所", "供电所"}};
  activity.photo_count = 3;
  const Reading reading{order->bundle->campaign, order->tree, Language::chinese};
  const auto columns = chosen_columns(
      Ledger::activities, {"date", "time", "place", "organizer", "entry", "people", "leaflets", "partners", "photos"});
  EXPECT_THAT(row_of(activity, reading, *columns),
              ElementsAre(Cell(*parse_date("2023-10-25")), Cell("23:30—00:10"), Cell("泸永桥村"),
                          Cell(order->bundle->campaign.station_name), Cell("进农村"), Cell(std::int64_t{40}), Cell(),
                          Cell("派出所、供电所"), Cell(std::int64_t{3})));
  activity.date_only = true;
  activity.entry = "dropped_since";
  const auto few = chosen_columns(Ledger::activities, {"time", "entry"});
  EXPECT_THAT(row_of(activity, reading, *few), ElementsAre(Cell(), Cell("dropped_since")));
  EXPECT_EQ(row_of(activity, reading, usual_columns(Ledger::activities)).size(), usual_columns(Ledger::activities).size());
}

TEST(LedgerColumns, AreHeadedInTheLanguageAskedFor) {
  const auto columns = chosen_columns(Ledger::activities, {"date", "people"});
  EXPECT_EQ(heads_of(*columns, Language::chinese).back().heading, "参加人数（约）");
  EXPECT_EQ(heads_of(*columns, Language::english).back().heading, "People (about)");
}

TEST_P(LedgersTest, SayOfWhatIsOwedHowItStands) {
  deadlines::PlaceRow place;
  place.place_name = "泸永桥村";
  deadlines::Cell cell;
  cell.name = "10月工作情况";
  cell.state = handins::Standing::accepted;
  cell.due_at = *parse_instant("2023-10-29T00:00:00+08:00");
  cell.submitted_at = *parse_instant("2023-10-30T08:05:00+08:00");
  cell.on_time = false;
  cell.late_days = 2;
  EXPECT_THAT(row_of(place, cell, Language::chinese, usual_columns(Ledger::filing)),
              ElementsAre(Cell("泸永桥村"), Cell("10月工作情况"), Cell(*parse_date("2023-10-28")), Cell("已审核"),
                          Cell("2023-10-30 08:05"), Cell("逾期"), Cell(std::int64_t{2})));
}

TEST(PlanLedger, SaysOfARowWhereWhenAndHowMuchOfItWasHeld) {
  plans::PlanAnswer plan;
  plan.place_name = "泸永桥村";
  plan.state = handins::Standing::submitted;
  plans::RowAnswer row;
  row.week_label = "10月第三周";
  row.from = *parse_date("2023-10-16");
  row.to = *parse_date("2023-10-22");
  row.place_names = {"泸永桥村", "宝峰场社区"};
  row.focus = "三组院坝";
  row.in_charge = "示例员";
  row.done.resize(2);
  const auto columns = chosen_columns(Ledger::plans, {"week", "from", "places", "topic", "done", "state"});
  EXPECT_THAT(row_of(plan, row, Language::chinese, *columns),
              ElementsAre(Cell("10月第三周"), Cell(row.from), Cell("泸永桥村、宝峰场社区"), Cell(), Cell(std::int64_t{2}),
                          Cell("已报送，待审核")));
}

TEST(ReportLedger, LeavesBlankWhatHasNotHappened) {
  reports::ReportEntry report;
  report.place_name = "泸永桥村";
  report.month = std::chrono::year(2023) / std::chrono::October;
  report.state = handins::Standing::due;
  report.activities = 7;
  const auto columns = chosen_columns(
      Ledger::reports, {"month", "place", "activities", "none_held", "state", "submitted", "timeliness", "late_days"});
  EXPECT_THAT(row_of(report, Language::english, *columns), ElementsAre(Cell("2023-10"), Cell("泸永桥村"), Cell(std::int64_t{7}),
                                                                       Cell(), Cell("To hand in"), Cell(), Cell(), Cell()));
}

}  // namespace
}  // namespace wujin::ledgers
