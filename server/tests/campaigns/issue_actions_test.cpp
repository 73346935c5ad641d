#include "campaigns/issue_actions.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "audit/trail.h"
#include "campaigns/campaign_answer.h"
#include "campaigns/campaigns_store.h"
#include "campaigns/forms.h"
#include "campaigns/model.h"
#include "changes/feed.h"
#include "database/engines.h"
#include "places/place_store.h"

namespace wujin::campaigns {
namespace {

using people::Role;
using test::district;
using test::district_model;
using test::first_town;
using test::model_id;
using test::reworded;
using test::second_town;
using testing::ElementsAre;
using testing::IsEmpty;

const CampaignId first_campaign("yongchuan-2023-500118112000");

class IssueActionsTest : public test::StoreTest {
 protected:
  IssueActionsTest() : StoreTest({audit::migrations(), changes::migrations(), places::migrations(), campaigns::migrations()}) {
    keep(district_model());
  }

  Result<Kept> keep(const CampaignBundle& bundle) {
    return database().write_now(
        [&](Transaction& transaction) { return keep_campaign(transaction, catalogue_, {}, bundle, {}, clock().now()); });
  }
  Result<Issued> issue(const PlaceId& town, const std::vector<InUse>& in_use = {}, const people::Actor& actor = officer(),
                       const CampaignId& model = model_id) {
    return database().write_now([&](Transaction& transaction) {
      return issue_campaign(transaction, catalogue_, actor, model, town, in_use, clock().now());
    });
  }
  Result<IssuedCampaign> tighten(const Tightening& wanted, const char* etag, const people::Actor& actor = station(),
                                 const CampaignId& id = first_campaign) {
    return database().write_now([&](Transaction& transaction) {
      return tighten_campaign(transaction, catalogue_, actor, id, wanted, etag, {}, clock().now());
    });
  }
  Catalogue::Bundle latest(const CampaignId& id) {
    return database().read_now([&](Snapshot& snapshot) { return catalogue_.latest(snapshot, id); });
  }
  std::vector<std::string> seen_by(const people::Actor& actor) {
    return database().read_now([&](Snapshot& snapshot) {
      std::vector<std::string> ids;
      for (const auto& bundle : visible_campaigns(snapshot, catalogue_, actor, clock().now()))
        ids.push_back(bundle->campaign.id.text());
      return ids;
    });
  }
  std::vector<ModelStanding> models(const people::Actor& actor) {
    return database().read_now([&](Snapshot& snapshot) { return readable_models(snapshot, catalogue_, actor, clock().now()); });
  }
  std::vector<std::string> verbs() {
    return database().read_now([&](Snapshot& snapshot) {
      std::vector<std::string> verbs;
      for (const auto& listed : audit::list(snapshot, {}, {}, 100)) verbs.push_back(listed.entry.verb);
      return verbs;
    });
  }

  Result<PutForm> put(FormKind kind, const std::string& word) {
    return database().write_now([&](Transaction& transaction) {
      return put_form(transaction, catalogue_, station(), first_campaign, kind, word, "*", {}, clock().now());
    });
  }
  std::string form_in(FormKind kind) {
    const auto town = latest(first_campaign);
    return town->template_of(*form_of(town->campaign, kind));
  }
  std::string of_model(FormKind kind) {
    const auto model = models(officer()).front().model;
    return model->template_of(*form_of(model->campaign, kind));
  }

  static people::Actor person(Role role, const PlaceId& place) {
    people::Actor actor;
    actor.grants = {{role, place}};
    return actor;
  }
  static people::Actor officer() { return person(Role::district, district); }
  static people::Actor station() { return person(Role::station, first_town); }

  static Tightening by_the_25th() { return {{{"report", {}, 25, {}, "每月25日前"}}, {}}; }
  static int day_of_report(const Catalogue::Bundle& bundle) {
    return std::ranges::find(bundle->campaign.deadlines, "report", &Deadline::id)->day;
  }
  static ProblemCode refusal(const Problem& problem) { return problem.code(); }

  Catalogue catalogue_;
};

WUJIN_ON_BOTH_ENGINES(IssueActionsTest);

TEST_P(IssueActionsTest, keeps_a_model_that_nobody_can_record_in) {
  EXPECT_EQ(latest(model_id), nullptr);
  EXPECT_THAT(seen_by(officer()), IsEmpty());
  EXPECT_THAT(seen_by(station()), IsEmpty());
  ASSERT_EQ(models(officer()).size(), 1U);
  EXPECT_THAT(models(station()), IsEmpty());
  for (const auto role : {Role::system, Role::security, Role::auditor}) EXPECT_THAT(models(person(role, district)), IsEmpty());
}

TEST_P(IssueActionsTest, gives_each_town_a_campaign_of_its_own) {
  const auto first = issue(first_town);
  ASSERT_TRUE(first);
  EXPECT_TRUE(first->is_first);
  EXPECT_EQ(first->town.campaign, first_campaign);
  EXPECT_EQ(first->town.model_version, 1);
  ASSERT_TRUE(issue(second_town));
  EXPECT_EQ(latest(first_campaign)->campaign.title, "宝峰镇2023年消防宣传“五进”工作");
  EXPECT_THAT(seen_by(station()), ElementsAre(first_campaign.text()));
  EXPECT_EQ(seen_by(person(Role::station, second_town)).size(), 1U);
  EXPECT_EQ(seen_by(officer()).size(), 2U);
  const auto towns = models(officer()).front().towns;
  ASSERT_EQ(towns.size(), 2U);
  EXPECT_EQ(towns[0].places, 6);
  EXPECT_EQ(towns[1].town_name, "示例镇");
  EXPECT_EQ(towns[1].model_version, 1);
}

TEST_P(IssueActionsTest, changes_nothing_when_issued_again) {
  ASSERT_TRUE(issue(first_town));
  const auto again = issue(first_town);
  ASSERT_TRUE(again);
  EXPECT_FALSE(again->is_first);
  EXPECT_EQ(again->town.campaign_version, 1);
  EXPECT_THAT(verbs(), testing::UnorderedElementsAre("keep_campaign", "issue_campaign"));
}

TEST_P(IssueActionsTest, refuses_whoever_is_not_of_the_district_and_what_is_not_there) {
  const std::vector<std::tuple<people::Actor, CampaignId, PlaceId>> nothing_there = {
      {station(), model_id, first_town},
      {person(Role::system, district), model_id, first_town},
      {officer(), CampaignId("none"), first_town},
      {officer(), model_id, PlaceId("none")},
      {officer(), model_id, district},
      {officer(), model_id, PlaceId("shili-2-1")},
  };
  for (const auto& [actor, model, town] : nothing_there) {
    const auto refused = issue(town, {}, actor, model);
    ASSERT_FALSE(refused) << model.text() << " " << town.text();
    EXPECT_EQ(refusal(refused.error()), ProblemCode::not_found);
  }
  // A campaign of a town is no model.
  ASSERT_TRUE(issue(first_town));
  EXPECT_EQ(refusal(issue(second_town, {}, officer(), first_campaign).error()), ProblemCode::not_found);
}

TEST_P(IssueActionsTest, takes_no_id_that_another_campaign_has) {
  auto own = district_model().files;
  own["campaign.toml"] = replaced(own["campaign.toml"], "town = \"500118000000\"", "town = \"500118112000\"");
  ASSERT_TRUE(keep(*read_campaign(first_campaign, own).bundle));
  EXPECT_EQ(refusal(issue(first_town).error()), ProblemCode::conflict);
}

TEST_P(IssueActionsTest, lets_the_station_tighten_and_nobody_else) {
  ASSERT_TRUE(issue(first_town));
  const auto tight = tighten(by_the_25th(), "\"1\"");
  ASSERT_TRUE(tight);
  EXPECT_EQ(day_of_report(latest(first_campaign)), 25);
  EXPECT_EQ(models(officer()).front().towns[0].tightened, 1);
  EXPECT_TRUE(tighten(by_the_25th(), "\"1\""));
  EXPECT_EQ(latest(first_campaign)->campaign.version, 2);
  EXPECT_EQ(refusal(tighten({}, "\"1\"").error()), ProblemCode::stale);
  EXPECT_EQ(refusal(tighten({}, "\"2\"", officer()).error()), ProblemCode::forbidden);
  EXPECT_EQ(refusal(tighten({}, "\"2\"", person(Role::station, second_town)).error()), ProblemCode::not_found);
  EXPECT_EQ(refusal(tighten({{{"report", {}, 29, {}, "29日"}}, {}}, "\"2\"").error()), ProblemCode::validation);
  ASSERT_TRUE(tighten({}, "\"2\""));
  EXPECT_EQ(day_of_report(latest(first_campaign)), 28);
}

TEST_P(IssueActionsTest, knows_no_tightening_of_what_was_not_issued) {
  auto files = district_model().files;
  files["campaign.toml"] = replaced(files["campaign.toml"], "town = \"500118000000\"", "town = \"500118112000\"");
  ASSERT_TRUE(keep(*read_campaign(CampaignId("own"), files).bundle));
  EXPECT_EQ(refusal(tighten({}, "\"1\"", station(), CampaignId("own")).error()), ProblemCode::not_found);
}

TEST_P(IssueActionsTest, keeps_a_town_s_tightening_when_a_newer_version_comes) {
  ASSERT_TRUE(issue(first_town));
  ASSERT_TRUE(tighten(by_the_25th(), "\"1\""));
  ASSERT_TRUE(keep(district_model({{"rule = \"从8月起，每月28日前\"", "rule = \"每月28日前\""}})));
  const auto newer = issue(first_town);
  ASSERT_TRUE(newer);
  EXPECT_EQ(newer->town.model_version, 2);
  EXPECT_EQ(newer->town.tightened, 1);
  EXPECT_EQ(day_of_report(latest(first_campaign)), 25);
  // Once the model itself asks for more, that is what holds.
  ASSERT_TRUE(keep(district_model({{"day = 28\n", "day = 20\n"}})));
  const auto tighter = issue(first_town);
  ASSERT_TRUE(tighter);
  EXPECT_EQ(tighter->town.tightened, 0);
  EXPECT_EQ(day_of_report(latest(first_campaign)), 20);
}

TEST_P(IssueActionsTest, carries_a_form_of_the_town_s_own_into_a_newer_version) {
  ASSERT_TRUE(issue(first_town));
  const std::string own = reworded(form_in(FormKind::report), "{attachment_label}", "{attachment_label}（本镇）");
  ASSERT_TRUE(put(FormKind::report, own));
  ASSERT_TRUE(keep(district_model({{"day = 28\n", "day = 27\n"}})));
  const auto newer = issue(first_town);
  ASSERT_TRUE(newer);
  EXPECT_EQ(newer->town.model_version, 2);
  EXPECT_THAT(*newer->town.replaced_forms, IsEmpty());
  EXPECT_EQ(form_in(FormKind::report), own);
  EXPECT_EQ(form_in(FormKind::plan), of_model(FormKind::plan));
  EXPECT_EQ(issue(first_town)->town.campaign_version, newer->town.campaign_version) << "the same again changes nothing";
}

TEST_P(IssueActionsTest, gives_the_model_s_form_where_the_town_s_own_no_longer_fits_and_says_so) {
  ASSERT_TRUE(issue(first_town));
  const std::string plan = reworded(form_in(FormKind::plan), "{attachment_label}", "{attachment_label}（本镇）");
  ASSERT_TRUE(put(FormKind::plan, plan));
  ASSERT_TRUE(put(FormKind::appraisal, reworded(form_in(FormKind::appraisal), "{complete}", "{complete}（本镇）")));
  // The newer model looks at the same by another name; its own form says so.
  auto files = district_model({{"id = \"complete\"", "id = \"whole\""}}, {{"{complete}", "{whole}"}}).files;
  ASSERT_TRUE(keep(*read_campaign(model_id, files).bundle));
  const auto newer = issue(first_town);
  ASSERT_TRUE(newer);
  EXPECT_THAT(*newer->town.replaced_forms, ElementsAre(FormKind::appraisal));
  EXPECT_EQ(form_in(FormKind::appraisal), of_model(FormKind::appraisal));
  EXPECT_EQ(form_in(FormKind::plan), plan);
  EXPECT_THAT(*models(officer()).front().towns[0].replaced_forms, ElementsAre(FormKind::appraisal));
  EXPECT_EQ(issue(first_town)->town.campaign_version, newer->town.campaign_version) << "the same again changes nothing";
  // Once the town put one anew there is nothing left to say, and the next version carries it.
  const std::string mended = reworded(form_in(FormKind::appraisal), "{whole}", "{whole}（本镇）");
  ASSERT_TRUE(put(FormKind::appraisal, mended));
  EXPECT_THAT(*models(officer()).front().towns[0].replaced_forms, IsEmpty());
  files["campaign.toml"] = replaced(files["campaign.toml"], "day = 28\n", "day = 27\n");
  ASSERT_TRUE(keep(*read_campaign(model_id, files).bundle));
  EXPECT_THAT(*issue(first_town)->town.replaced_forms, IsEmpty());
  EXPECT_EQ(form_in(FormKind::appraisal), mended);
}

TEST_P(IssueActionsTest, keeps_what_records_of_the_town_name) {
  ASSERT_TRUE(issue(first_town));
  ASSERT_TRUE(keep(district_model({{"id = \"living_alone\"", "id = \"alone\""}})));
  const InUse used = [](Snapshot&, const CampaignId& campaign, IdentifierKind kind, const std::string& id) {
    return campaign == first_campaign && kind == IdentifierKind::audience && id == "living_alone";
  };
  const auto refused = issue(first_town, {used});
  ASSERT_FALSE(refused);
  EXPECT_EQ(Problem(refused.error()).faults().front().code, ProblemCode::identifier_in_use);
  EXPECT_EQ(latest(first_campaign)->campaign.issue->version, 1);
}

TEST_P(IssueActionsTest, holds_a_folder_loaded_by_command_to_the_model_too) {
  ASSERT_TRUE(issue(first_town));
  const auto loaded = [&](const std::string& from, const std::string& to) {
    auto files = district_model().files;
    auto& toml = files["campaign.toml"];
    toml = replaced(replaced(toml, "town = \"500118000000\"", "town = \"500118112000\""), from, to);
    return keep(*read_campaign(first_campaign, files).bundle);
  };
  const auto refused = loaded("day = 28\n", "day = 30\n");
  ASSERT_FALSE(refused);
  const Fault fault = Problem(refused.error()).faults().front();
  EXPECT_EQ(fault.field, "campaign.toml deadlines report.day");
  EXPECT_EQ(fault.code, ProblemCode::looser_than_model);
  EXPECT_EQ(Problem(loaded("town = \"500118112000\"", "town = \"Shili_2\"").error()).faults().front().field,
            "campaign.toml campaign.town");
  ASSERT_TRUE(loaded("day = 28\n", "day = 26\n"));
  EXPECT_EQ(latest(first_campaign)->campaign.issue, (Issue{model_id, 1}));
  EXPECT_EQ(models(officer()).front().towns[0].tightened, 1);
}

TEST_P(IssueActionsTest, takes_the_places_as_they_stand_today) {
  places::Place extra;
  extra.id = PlaceId("shili-new");
  extra.code = "SL1-9";
  extra.name = extra.short_name = "新村（示例）";
  extra.parent = first_town;
  extra.order = 99;
  ASSERT_TRUE(database().write_now([&](Transaction& transaction) { return keep_places(transaction, {extra}, clock().now()); }));
  const auto issued = issue(first_town);
  ASSERT_TRUE(issued);
  EXPECT_EQ(issued->town.places, 7);
  EXPECT_EQ(latest(first_campaign)->places.back().name, "新村（示例）");
}

}  // namespace
}  // namespace wujin::campaigns
