#include "campaigns/campaigns_actions.h"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "audit/trail.h"
#include "base/json.h"
#include "base/text.h"
#include "campaigns/campaign_answer.h"
#include "campaigns/campaigns_store.h"
#include "changes/feed.h"
#include "database/engines.h"
#include "places/place_store.h"

namespace wujin::campaigns {
namespace {

using people::Role;

const std::filesystem::path campaigns_folder = std::filesystem::path(WUJIN_SOURCE_DIR) / "campaigns";
const CampaignId antifraud("antifraud-sample");

class CampaignsActionsTest : public test::StoreTest {
 protected:
  CampaignsActionsTest()
      : StoreTest({audit::migrations(), changes::migrations(), places::migrations(), campaigns::migrations()}) {}

  static CampaignBundle shipped(const std::string& id) { return *load_campaign(campaigns_folder / id).bundle; }

  // The campaign with one thing of its file written otherwise.
  static CampaignBundle rewritten(const std::string& from, const std::string& to) {
    auto files = shipped(antifraud.text()).files;
    files["campaign.toml"] = replaced(files["campaign.toml"], from, to);
    const auto outcome = read_campaign(antifraud, files);
    EXPECT_TRUE(outcome.bundle);
    return *outcome.bundle;
  }

  Result<Kept> keep(const CampaignBundle& bundle, const std::vector<InUse>& in_use = {},
                    std::optional<people::Actor> actor = {}) {
    return database().write_now(
        [&](Transaction& transaction) { return keep_campaign(transaction, catalogue_, actor, bundle, in_use, clock().now()); });
  }

  static people::Actor person(Role role, const char* place) {
    people::Actor actor;
    actor.grants = {{role, PlaceId(place)}};
    return actor;
  }

  std::vector<std::string> seen_by(const people::Actor& actor) {
    return database().read_now([&](Snapshot& snapshot) {
      std::vector<std::string> ids;
      for (const auto& bundle : visible_campaigns(snapshot, catalogue_, actor, clock().now()))
        ids.push_back(bundle->campaign.id.text());
      return ids;
    });
  }

  // What the newest entry tells.
  std::string trail() {
    return database().read_now([&](Snapshot& snapshot) { return audit::list(snapshot, {}, {}, 1).front().entry.after; });
  }

  Catalogue catalogue_;
};

WUJIN_ON_BOTH_ENGINES(CampaignsActionsTest);

TEST_P(CampaignsActionsTest, keeps_a_campaign_whole_with_its_templates_and_places) {
  const auto bundle = shipped("baofeng-2023");
  const auto kept = keep(bundle);
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->version, 1);
  const auto read = database().read_now([&](Snapshot& snapshot) { return catalogue_.latest(snapshot, bundle.campaign.id); });
  ASSERT_TRUE(read);
  EXPECT_EQ(read->files, bundle.files);
  EXPECT_EQ(read->campaign.version, 1);
  const auto tree =
      database().read_now([&](Snapshot& snapshot) { return places::read_tree(snapshot, china_date(clock().now())); });
  EXPECT_EQ(tree.places(), bundle.places);
}

TEST_P(CampaignsActionsTest, gives_the_same_content_the_same_version) {
  EXPECT_EQ(keep(shipped("antifraud-sample"))->version, 1);
  const auto again = keep(shipped("antifraud-sample"));
  EXPECT_EQ(again->version, 1);
  EXPECT_FALSE(again->is_new);
}

TEST_P(CampaignsActionsTest, keeps_an_older_version_as_it_was) {
  keep(shipped("antifraud-sample"));
  EXPECT_EQ(keep(rewritten("反诈宣传月\"", "反诈月\""))->version, 2);
  database().read_now([&](Snapshot& snapshot) {
    EXPECT_EQ(catalogue_.latest(snapshot, antifraud)->campaign.short_title, "反诈月");
    EXPECT_EQ(catalogue_.version(snapshot, antifraud, 1)->campaign.short_title, "反诈宣传月");
    EXPECT_EQ(catalogue_.version(snapshot, antifraud, 3), nullptr);
    EXPECT_EQ(catalogue_.latest(snapshot, CampaignId("none")), nullptr);
    return 0;
  });
}

TEST_P(CampaignsActionsTest, takes_back_an_older_content_as_a_new_version) {
  keep(shipped("antifraud-sample"));
  keep(rewritten("反诈宣传月\"", "反诈月\""));
  EXPECT_EQ(keep(shipped("antifraud-sample"))->version, 3);
}

TEST_P(CampaignsActionsTest, says_on_the_trail_which_deadlines_moved) {
  keep(shipped("antifraud-sample"));
  keep(rewritten("反诈宣传月\"", "反诈月\""));
  const auto unmoved = trail();
  EXPECT_THAT(unmoved, testing::HasSubstr(R"("moved_dues":[])"));
  keep(rewritten("on = 2024-03-01\ninclusive", "on = 2024-02-27\ninclusive"));
  EXPECT_THAT(trail(), testing::HasSubstr(R"({"deadline":"plan","period":"2024","from":"2024-02-29","to":"2024-02-26"})"));
}

TEST_P(CampaignsActionsTest, refuses_to_drop_an_identifier_that_records_name) {
  keep(shipped("antifraud-sample"));
  const auto without_classes = rewritten("id = \"classes\"", "id = \"lessons\"");
  const InUse used = [](Snapshot&, const CampaignId& campaign, IdentifierKind kind, const std::string& id) {
    return campaign == antifraud && kind == IdentifierKind::entry && id == "classes";
  };
  const auto refused = keep(without_classes, {used});
  ASSERT_FALSE(refused);
  const Problem problem = refused.error();
  ASSERT_EQ(problem.faults().size(), 1U);
  EXPECT_EQ(problem.faults()[0].code, ProblemCode::identifier_in_use);
  const auto version = database().read_now([&](Snapshot& snapshot) { return latest_version(snapshot, antifraud)->version; });
  EXPECT_EQ(version, 1);
  EXPECT_EQ(keep(without_classes)->version, 2);
}

TEST_P(CampaignsActionsTest, reads_anew_when_a_number_was_given_to_a_content_that_was_rolled_back) {
  keep(shipped("antifraud-sample"));
  const auto rolled_back = database().write_now([&](Transaction& transaction) -> Result<> {
    const auto bundle = rewritten("反诈宣传月\"", "反诈月\"");
    EXPECT_TRUE(keep_campaign(transaction, catalogue_, {}, bundle, {}, clock().now()));
    EXPECT_EQ(catalogue_.latest(transaction, antifraud)->campaign.short_title, "反诈月");
    return Problem(ProblemCode::conflict);
  });
  EXPECT_FALSE(rolled_back);
  keep(rewritten("反诈宣传月\"", "防骗月\""));
  database().read_now([&](Snapshot& snapshot) {
    EXPECT_EQ(catalogue_.latest(snapshot, antifraud)->campaign.short_title, "防骗月");
    return 0;
  });
}

TEST_P(CampaignsActionsTest, lets_only_station_and_district_load) {
  keep(shipped("antifraud-sample"));
  const auto changed = rewritten("反诈宣传月\"", "反诈月\"");
  EXPECT_EQ(Problem(keep(changed, {}, person(Role::village, "qingshi-east")).error()).code(), ProblemCode::forbidden);
  EXPECT_EQ(Problem(keep(changed, {}, person(Role::system, "qingshi")).error()).code(), ProblemCode::forbidden);
  EXPECT_TRUE(keep(changed, {}, person(Role::station, "qingshi")));
}

TEST_P(CampaignsActionsTest, shows_a_campaign_to_those_of_its_town_only) {
  keep(shipped("antifraud-sample"));
  keep(shipped("baofeng-2023"));
  EXPECT_THAT(seen_by(person(Role::village, "qingshi-east")), testing::ElementsAre("antifraud-sample"));
  EXPECT_THAT(seen_by(person(Role::district, "500118000000")), testing::ElementsAre("baofeng-2023"));
  EXPECT_THAT(seen_by(person(Role::station, "500118112000")), testing::ElementsAre("baofeng-2023"));
  EXPECT_THAT(seen_by(people::Actor()), testing::IsEmpty());
  const auto hidden = database().read_now([&](Snapshot& snapshot) {
    return visible_campaign(snapshot, catalogue_, person(Role::village, "qingshi-east"), CampaignId("baofeng-2023"),
                            clock().now());
  });
  EXPECT_EQ(Problem(hidden.error()).code(), ProblemCode::not_found);
}

TEST_P(CampaignsActionsTest, adds_the_sample_s_place_beside_the_campaign_s_own) {
  keep(shipped("antifraud-sample"));
  auto places = shipped("antifraud-sample").places;
  places::Place extra = places.back();
  extra.id = PlaceId("qingshi-new");
  extra.code = "QS-9";
  extra.name = extra.short_name = "新村（示例）";
  extra.order = 9;
  EXPECT_TRUE(database().write_now([&](Transaction& transaction) { return keep_places(transaction, {extra}, clock().now()); }));
  const auto tree =
      database().read_now([&](Snapshot& snapshot) { return places::read_tree(snapshot, china_date(clock().now())); });
  EXPECT_EQ(tree.places().size(), places.size() + 1);
}

TEST(CampaignAnswer, tells_dues_weeks_and_who_answers) {
  const auto bundle = load_campaign(campaigns_folder / "baofeng-2023").bundle;
  const auto answer = answer_of(*bundle, bundle->tree(), true);
  EXPECT_EQ(answer.town_name, "宝峰镇");
  EXPECT_TRUE(answer.sample);
  ASSERT_EQ(answer.deadlines.size(), 3U);
  EXPECT_EQ(answer.deadlines[1].dues.size(), 5U);
  EXPECT_EQ(to_string(answer.deadlines[1].dues[2].due_at), "2023-10-29T00:00:00.000+08:00");
  ASSERT_EQ(answer.report_periods.size(), 5U);
  EXPECT_EQ(answer.report_periods[2].weeks.size(), 4U);
  EXPECT_EQ(answer.report_periods[2].weeks[0].label, "10月第一周");
  EXPECT_EQ(answer.report_periods[2].title, "2023年10月");
  EXPECT_EQ(encode_json(answer).find("null"), std::string::npos);
}

}  // namespace
}  // namespace wujin::campaigns
