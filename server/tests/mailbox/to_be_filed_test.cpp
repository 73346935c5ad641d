#include "mailbox/to_be_filed.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "base/text.h"
#include "campaigns/load.h"

namespace wujin::mailbox {
namespace {

template <class T>
Finding<T> sure(T value) {
  return {std::move(value), 100, Why::person, ""};
}

std::string repeated(std::string_view piece, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += piece;
  return text;
}

class ToBeFiledTest : public testing::Test {
 protected:
  ToBeFiledTest() {
    found_.held_on = sure(parse_date("2023-10-07").value());
    found_.entry = sure<std::string>("countryside");
    found_.heading = "院坝会";
    found_.text = "讲解。";
  }

  Understanding october() const {
    Understanding understood;
    understood.place = sure(PlaceId("500118112200"));
    understood.form = sure(Deliverable::report);
    understood.month = sure(parse_month("2023-10").value());
    understood.activities = {found_};
    return understood;
  }
  ToBeFiled settled(const Understanding& understood) const {
    return std::get<ToBeFiled>(to_be_filed(understood, campaign_, bundle_->tree()));
  }
  ActivityToFile activity() const { return settled(october()).activities.at(0); }

  const std::shared_ptr<const campaigns::CampaignBundle> bundle_ =
      campaigns::load_campaign(std::string(WUJIN_SOURCE_DIR) + "/campaigns/baofeng-2023").bundle;
  campaigns::Campaign campaign_ = bundle_->campaign;
  FoundActivity found_;
};

TEST_F(ToBeFiledTest, files_no_summary_where_the_campaign_asks_for_none) {
  Understanding summary = october();
  summary.form = sure(Deliverable::summary);
  EXPECT_EQ(settled(summary).texts.size(), 1u);
  std::erase_if(campaign_.deadlines, [](const campaigns::Deadline& one) { return one.deliverable == Deliverable::summary; });
  EXPECT_EQ(std::get<Unfiled>(to_be_filed(summary, campaign_, bundle_->tree())).hindrance, Hindrance::other_form);
}

TEST_F(ToBeFiledTest, writes_a_summary_without_a_heading_of_the_campaign_where_it_is_told_what_was_done) {
  found_.heading = "工作情况";
  found_.text = repeated("讲", 4990);
  Understanding summary = october();
  summary.form = sure(Deliverable::summary);
  const auto texts = settled(summary).texts;
  EXPECT_EQ(texts.at(0).part, "work");
  EXPECT_TRUE(texts.at(0).text.starts_with("工作情况\n讲"));
  summary.activities.push_back(found_);
  const auto unfiled = std::get<Unfiled>(to_be_filed(summary, campaign_, bundle_->tree()));
  EXPECT_EQ(unfiled.faults.at(0).field, "activities[1].text");
  EXPECT_EQ(unfiled.faults.at(0).code, ProblemCode::too_long);
}

TEST_F(ToBeFiledTest, files_no_month_that_began_after_its_place_ended) {
  auto places = bundle_->tree().places();
  auto& village = *std::ranges::find(places, PlaceId("500118112200"), &places::Place::id);
  village.ending = places::Ending{parse_date("2023-10-01").value(), {}, "并村"};
  EXPECT_TRUE(std::holds_alternative<ToBeFiled>(to_be_filed(october(), campaign_, places::Tree(places))));
  village.ending->on = parse_date("2023-09-30").value();
  const auto unfiled = std::get<Unfiled>(to_be_filed(october(), campaign_, places::Tree(places)));
  EXPECT_EQ(unfiled.hindrance, Hindrance::not_settled);
  EXPECT_EQ(unfiled.faults.at(0).field, "month");
  EXPECT_EQ(unfiled.faults.at(0).code, ProblemCode::place_dissolved);
}

TEST_F(ToBeFiledTest, names_an_activity_by_its_heading_else_by_its_entry) {
  EXPECT_EQ(activity().content.title, "院坝会");
  found_.heading = " 　";
  EXPECT_EQ(activity().content.title, campaigns::find_choice(campaign_.entries, "countryside")->name);
}

TEST_F(ToBeFiledTest, shortens_names_and_captions_between_characters) {
  found_.heading = repeated("消防", 100);
  found_.pictures = {{0, 0, repeated("图", 100)}, {0, 1, repeated("图a", 80)}};
  const auto wanted = activity();
  EXPECT_EQ(wanted.content.title, repeated("消防", 60));
  EXPECT_EQ(wanted.pictures.at(0).caption, repeated("图", 100));
  EXPECT_EQ(wanted.pictures.at(1).caption, repeated("图a", 50));
}

TEST_F(ToBeFiledTest, puts_a_week_on_the_first_of_its_days_in_the_campaign) {
  found_.held_on = {};
  found_.week = sure(1);
  campaign_.starts_on = parse_date("2023-10-05").value();
  EXPECT_EQ(to_string(china_date(activity().content.started_at)), "2023-10-05");
  found_.week = sure(2);
  EXPECT_EQ(to_string(china_date(activity().content.started_at)), "2023-10-09");
}

TEST_F(ToBeFiledTest, takes_the_days_after_the_cut_off_into_their_report) {
  found_.held_on = sure(parse_date("2023-10-30").value());
  EXPECT_EQ(to_string(china_date(activity().content.started_at)), "2023-10-30");
}

TEST_F(ToBeFiledTest, says_why_nothing_was_held_only_when_nothing_was) {
  Understanding understood = october();
  understood.no_activity_reason = "农忙。";
  EXPECT_EQ(settled(understood).no_activity_reason, "");
  understood.activities.clear();
  EXPECT_EQ(settled(understood).no_activity_reason, "农忙。");
}

TEST_F(ToBeFiledTest, digests_alike_what_is_filed_alike) {
  const auto digest = [&] { return digest_of(settled(october())); };
  const std::string before = digest();
  found_.entry.percent = 81;
  found_.text += "\n";
  EXPECT_EQ(digest(), before) << "how sure it is changes nothing";
  for (const auto& change : {
           std::function<void()>([&] { found_.text = "另讲。"; }),
           std::function<void()>([&] {
             found_.pictures.push_back({0, 3, ""});
           }),
           std::function<void()>([&] { found_.leaflets = 3; }),
       }) {
    const std::string last = digest();
    change();
    EXPECT_NE(digest(), last);
  }
}

TEST_F(ToBeFiledTest, makes_ids_that_are_uuids_and_follow_from_their_name) {
  const Uuid id = named_uuid("one");
  EXPECT_EQ(id, named_uuid("one"));
  EXPECT_NE(id, named_uuid("two"));
  const std::string text = id.to_string();
  EXPECT_EQ(text[14], '8');
  EXPECT_NE(std::string("89ab").find(text[19]), std::string::npos);
}

}  // namespace
}  // namespace wujin::mailbox
