#include "campaigns/tightening.h"

#include <algorithm>
#include <functional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json.h"
#include "campaigns/issue.h"
#include "campaigns/model.h"

namespace wujin::campaigns {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// A month's report is due on the 28th, two days of grace; the plan on 16 August; the station's quota is two a week.
const CampaignBundle& bundle() {
  static const CampaignBundle made = test::district_model({{"day = 28\nfirst_month", "day = 28\ngrace_days = 2\nfirst_month"}});
  return made;
}
const Campaign& model() { return bundle().campaign; }

Deadline& deadline(Campaign& campaign, const char* id) { return *std::ranges::find(campaign.deadlines, id, &Deadline::id); }
Quota& quota(Campaign& campaign, const char* id) { return *std::ranges::find(campaign.quotas, id, &Quota::id); }
AppraisalItem& item(Campaign& campaign, const char* id) {
  return *std::ranges::find(campaign.appraisal.items, id, &AppraisalItem::id);
}

struct Change {
  const char* what;
  std::function<void(Campaign&)> change;
  std::vector<std::string> less;  // "deadlines report.day <= 28"
};

std::vector<std::string> told(const std::vector<Loosening>& found) {
  std::vector<std::string> lines;
  for (const Loosening& one : found)
    lines.push_back(boost::describe::enum_to_string(one.list, "") + (" " + one.id) + "." + one.member + " " + one.limit);
  return lines;
}

TEST(Loosened, names_each_thing_in_which_a_town_asks_for_less_and_nothing_else) {
  const std::vector<Change> table = {
      {"the same", [](Campaign&) {}, {}},
      {"a day earlier", [](Campaign& town) { deadline(town, "report").day = 25; }, {}},
      {"a day later", [](Campaign& town) { deadline(town, "report").day = 29; }, {"deadlines report.day 28"}},
      {"before the day instead of on it", [](Campaign& town) { deadline(town, "report").inclusive = false; }, {}},
      {"the last day of the month", [](Campaign& town) { deadline(town, "report").day = 31; }, {"deadlines report.day 28"}},
      {"off-days move it on",
       [](Campaign& town) { deadline(town, "report").off_day_shift = OffDayShift::later; },
       {"deadlines report.day 28"}},
      {"off-days move it back", [](Campaign& town) { deadline(town, "report").off_day_shift = OffDayShift::earlier; }, {}},
      {"a month is left out",
       [](Campaign& town) { deadline(town, "report").first_month = *parse_month("2023-09"); },
       {"deadlines report.day 28"}},
      {"less grace", [](Campaign& town) { deadline(town, "report").grace_days = 0; }, {}},
      {"more grace", [](Campaign& town) { deadline(town, "report").grace_days = 3; }, {"deadlines report.grace_days 2"}},
      {"more grace behind an earlier day",
       [](Campaign& town) {
         deadline(town, "report").day = 20;
         deadline(town, "report").grace_days = 3;
       },
       {"deadlines report.grace_days 2"}},
      {"once, earlier", [](Campaign& town) { deadline(town, "plan").on = *parse_date("2023-08-10"); }, {}},
      {"once, later",
       [](Campaign& town) { deadline(town, "plan").on = *parse_date("2023-08-17"); },
       {"deadlines plan.on 2023-08-16"}},
      {"once instead of monthly",
       [](Campaign& town) { deadline(town, "report").on = *parse_date("2023-12-01"); },
       {"deadlines report.on 28"}},
      {"for fewer places",
       [](Campaign& town) { deadline(town, "plan").applies_to = {PlaceKind::village}; },
       {"deadlines plan. 消防宣传“五进”计划表"}},
      {"for more places", [](Campaign& town) { deadline(town, "plan").applies_to.push_back(PlaceKind::town); }, {}},
      {"of something else",
       [](Campaign& town) { deadline(town, "plan").deliverable = Deliverable::summary; },
       {"deadlines plan. 消防宣传“五进”计划表"}},
      {"left out",
       [](Campaign& town) { std::erase_if(town.deadlines, [](const Deadline& one) { return one.id == "plan"; }); },
       {"deadlines plan. 消防宣传“五进”计划表"}},
      {"one of the town's own", [](Campaign& town) { town.deadlines.push_back({}); }, {}},
      {"more of a quota", [](Campaign& town) { quota(town, "station_weekly").minimum = 3; }, {}},
      {"less of a quota", [](Campaign& town) { quota(town, "station_weekly").minimum = 1; }, {"quotas station_weekly.minimum 2"}},
      {"as many a month",
       [](Campaign& town) { quota(town, "station_weekly").period = QuotaPeriod::month; },
       {"quotas station_weekly. 工作站每周开展宣传活动不少于2次"}},
      {"no longer asked for",
       [](Campaign& town) { quota(town, "drill").optional = true; },
       {"quotas drill. 每个社区每年至少1次疏散演练"}},
      {"asked for now", [](Campaign& town) { quota(town, "experience_hall").optional = false; }, {}},
      {"anything counts",
       [](Campaign& town) { quota(town, "drill").kinds.clear(); },
       {"quotas drill. 每个社区每年至少1次疏散演练"}},
      {"a quota left out",
       [](Campaign& town) { std::erase_if(town.quotas, [](const Quota& one) { return one.id == "drill"; }); },
       {"quotas drill. 每个社区每年至少1次疏散演练"}},
      {"an appraisal that no longer looks at it",
       [](Campaign& town) { item(town, "on_time").enabled = false; },
       {"appraisal on_time. 按时报送"}},
      {"an appraisal of reports alone",
       [](Campaign& town) { item(town, "complete").deliverables = {Deliverable::report}; },
       {"appraisal complete. 材料齐全"}},
      {"another weight", [](Campaign& town) { item(town, "complete").weight = 5; }, {}},
      {"an item of the town's own", [](Campaign& town) { town.appraisal.items.push_back({}); }, {}},
  };
  for (const auto& [what, change, less] : table) {
    Campaign town = model();
    change(town);
    EXPECT_EQ(told(loosened(model(), town)), less) << what;
  }
}

struct Asked {
  const char* json;
  std::vector<std::string> faults;
};

TEST(Tightening, is_refused_with_every_field_that_is_wrong) {
  const std::vector<Asked> table = {
      {R"({"deadlines":[],"quotas":[]})", {}},
      {R"({"deadlines":[{"id":"report","day":25,"rule":"每月25日前"}],"quotas":[{"id":"station_weekly","minimum":3,"name":"每周3次"}]})",
       {}},
      {R"({"deadlines":[{"id":"report","grace_days":0}],"quotas":[]})", {}},
      {R"({"deadlines":[{"id":"report","day":28}],"quotas":[]})", {}},
      {R"({"deadlines":[{"id":"report","day":29,"rule":"29日"}],"quotas":[]})", {"deadlines[0].day looser_than_model"}},
      {R"({"deadlines":[{"id":"report","day":25}],"quotas":[]})", {"deadlines[0].rule required"}},
      {R"({"deadlines":[{"id":"report","day":25,"rule":" "}],"quotas":[]})", {"deadlines[0].rule required"}},
      {R"({"deadlines":[{"id":"report","day":32,"rule":"32日"}],"quotas":[]})", {"deadlines[0].day out_of_range"}},
      {R"({"deadlines":[{"id":"report","day":0,"rule":"0日"}],"quotas":[]})", {"deadlines[0].day out_of_range"}},
      {R"({"deadlines":[{"id":"report","on":"2023-10-01","rule":"10月1日"}],"quotas":[]})", {"deadlines[0].on invalid"}},
      {R"({"deadlines":[{"id":"plan","day":1,"rule":"1日"}],"quotas":[]})", {"deadlines[0].day invalid"}},
      {R"({"deadlines":[{"id":"plan","on":"2023-08-17","rule":"17日"}],"quotas":[]})", {"deadlines[0].on looser_than_model"}},
      {R"({"deadlines":[{"id":"plan","on":"2023-07-31","rule":"7月"}],"quotas":[]})", {"deadlines[0].on out_of_range"}},
      {R"({"deadlines":[{"id":"report","grace_days":3}],"quotas":[]})", {"deadlines[0].grace_days looser_than_model"}},
      {R"({"deadlines":[{"id":"report","grace_days":-1}],"quotas":[]})", {"deadlines[0].grace_days out_of_range"}},
      {R"({"deadlines":[{"id":"none","day":1}],"quotas":[{"id":"nothing","minimum":9}]})",
       {"deadlines[0].id unknown_choice", "quotas[0].id unknown_choice"}},
      {R"({"deadlines":[{"id":"report","grace_days":1},{"id":"report","grace_days":0}],"quotas":[]})",
       {"deadlines[1].id duplicate"}},
      {R"({"deadlines":[],"quotas":[{"id":"drill","minimum":1},{"id":"station_weekly","minimum":1}]})",
       {"quotas[1].minimum looser_than_model"}},
      {R"({"deadlines":[],"quotas":[{"id":"drill","minimum":2}]})", {"quotas[0].name required"}},
      {R"({"deadlines":[],"quotas":[{"id":"drill","minimum":0}]})", {"quotas[0].minimum out_of_range"}},
  };
  for (const auto& [json, faults] : table) {
    const auto asked = decode_json<Tightening>(json);
    ASSERT_TRUE(asked) << json;
    std::vector<std::string> found;
    for (const Fault& fault : check(*asked, model())) found.push_back(fault.field + " " + std::string(slug(fault.code)));
    EXPECT_EQ(found, faults) << json;
  }
}

TEST(Tightening, is_read_from_the_file_as_it_was_written) {
  Tightening tightening;
  tightening.deadlines = {{"report", {}, 25, 0, "每月25日前\n（镇里要求）\"提前\""},
                          {"plan", *parse_date("2023-08-10"), {}, {}, "8月10日前"}};
  tightening.quotas = {{"station_weekly", 3, "每周不少于3次", "3 a week"}, {"drill", 2, {}, {}}};
  auto files = bundle().files;
  put_tightening(files, tightening);
  const auto outcome = read_campaign(test::model_id, files);
  ASSERT_TRUE(outcome.bundle) << describe(outcome.faults.front(), Language::english);
  Campaign town = outcome.bundle->campaign;
  EXPECT_EQ(deadline(town, "report").day, 25);
  EXPECT_EQ(deadline(town, "report").rule, "每月25日前\n（镇里要求）\"提前\"");
  EXPECT_EQ(deadline(town, "plan").on, *parse_date("2023-08-10"));
  EXPECT_EQ(quota(town, "station_weekly").name_en, "3 a week");
  EXPECT_EQ(quota(town, "drill").minimum, 2);
  EXPECT_EQ(still_tighter(tightening_between(model(), town), model()).deadlines.size(), 2U);
  put_tightening(files, {});
  EXPECT_EQ(files, bundle().files);
}

TEST(Tightening, drops_the_model_s_english_with_its_figure) {
  const Campaign town = tightened(model(), {{}, {{"station_weekly", 3, "每周不少于3次", {}}}});
  EXPECT_EQ(std::ranges::find(town.quotas, "station_weekly", &Quota::id)->name_en, std::nullopt);
}

TEST(Tightening, keeps_of_itself_only_what_a_newer_model_does_not_ask_anyway) {
  Campaign newer = model();
  deadline(newer, "report").day = 24;
  deadline(newer, "report").grace_days = 5;
  quota(newer, "station_weekly").minimum = 3;
  std::erase_if(newer.deadlines, [](const Deadline& one) { return one.id == "plan"; });
  Tightening tightening;
  tightening.deadlines = {{"report", {}, 25, 1, "每月25日前"}, {"plan", *parse_date("2023-08-10"), {}, {}, "8月10日前"}};
  tightening.quotas = {{"station_weekly", 3, "每周3次", {}}, {"drill", 2, "2次", {}}};
  const Tightening kept = still_tighter(tightening, newer);
  EXPECT_THAT(kept.deadlines, ElementsAre(DeadlineTightening{"report", {}, {}, 1, {}}));
  EXPECT_THAT(kept.quotas, ElementsAre(QuotaTightening{"drill", 2, "2次", {}}));
  EXPECT_THAT(loosened(newer, tightened(newer, kept)), IsEmpty());
}

TEST(IssuedId, is_an_id_of_its_own_for_every_town) {
  const CampaignId id("wujin-2024");
  EXPECT_EQ(issued_id(id, PlaceId("500118112000")).text(), "wujin-2024-500118112000");
  const auto odd = issued_id(id, PlaceId("Town_1")), like_it = issued_id(id, PlaceId("town-1"));
  EXPECT_TRUE(odd.text().starts_with("wujin-2024-town-1-")) << odd.text();
  EXPECT_EQ(like_it.text(), "wujin-2024-town-1");
  const auto longest = issued_id(CampaignId(std::string(64, 'a')), PlaceId(std::string(64, 'b')));
  EXPECT_EQ(longest.text().size(), 64U);
  EXPECT_NE(longest, issued_id(CampaignId(std::string(64, 'a')), PlaceId(std::string(64, 'c'))));
}

TEST(Model, gives_its_words_the_name_of_the_place_it_is_for) {
  EXPECT_TRUE(model().is_model);
  EXPECT_EQ(model().title, "永川区2023年消防宣传“五进”工作");
  const auto tree = bundle().tree();
  auto with_version = bundle();
  with_version.campaign.version = 4;
  const auto outcome = read_campaign(CampaignId("of-a-town"), issued_files(with_version, tree, test::second_town, {}));
  ASSERT_TRUE(outcome.bundle) << describe(outcome.faults.front(), Language::english);
  const Campaign& town = outcome.bundle->campaign;
  EXPECT_FALSE(town.is_model);
  EXPECT_EQ(town.town, test::second_town);
  EXPECT_EQ(town.title, "示例镇2023年消防宣传“五进”工作");
  EXPECT_EQ(town.station_name, "示例镇消防工作站");
  EXPECT_EQ(town.issue, (Issue{test::model_id, 4}));
  ASSERT_EQ(outcome.bundle->places.size(), 3U);
  EXPECT_EQ(outcome.bundle->places.back().name, "示例村");
}

TEST(Model, gives_a_town_the_outlines_of_its_own_places) {
  const auto outline = [](const std::string& place) {
    return R"({"type":"Feature","properties":{"place":")" + place +
           R"("},"geometry":{"type":"Polygon","coordinates":[[[105.5,29.5],[105.6,29.5],[105.6,29.6],[105.5,29.5]]]}})";
  };
  const auto map_of = [&](const std::string& features) {
    return R"({"type":"FeatureCollection","features":[)" + features + "]}";
  };
  auto with_map = bundle();
  with_map.campaign.version = 1;
  with_map.files["places.geojson"] = map_of(outline("500118112200") + "," + outline("shili-2-1"));
  const auto tree = bundle().tree();
  const auto map = issued_files(with_map, tree, test::second_town, {}).at("places.geojson");
  EXPECT_THAT(map, testing::HasSubstr("shili-2-1"));
  EXPECT_THAT(map, testing::Not(testing::HasSubstr("500118112200")));
  const auto outcome = read_campaign(CampaignId("of-a-town"), issued_files(with_map, tree, test::second_town, {}));
  EXPECT_TRUE(outcome.bundle) << describe(outcome.faults.front(), Language::english);
  with_map.files["places.geojson"] = map_of(outline("500118112200"));
  EXPECT_FALSE(issued_files(with_map, tree, test::second_town, {}).contains("places.geojson"));
}

TEST(PlacesFile, is_written_so_that_it_reads_the_same) {
  auto places = bundle().places;
  places.back().name = "“东,西”村 \"旧称\"";
  const auto read = read_places("places.csv", write_places(places));
  ASSERT_THAT(read.faults, IsEmpty());
  EXPECT_EQ(read.places, places);
}

}  // namespace
}  // namespace wujin::campaigns
