#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "campaigns/form_values.h"
#include "documents/zip_reader.h"
#include "reports/comments_actions.h"
#include "reports/report_answer.h"
#include "reports/report_list.h"
#include "reports/town.h"

namespace wujin::reports {
namespace {

using people::Role;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class ReportsTest : public fixture::TownTest {
 protected:
  const people::Actor staff_ = actor(Role::village, village_);
  const people::Actor officer_ = actor(Role::station, town_);

  static ReportChange reason(const std::string& words) {
    ReportChange change;
    change.no_activity_reason = words;
    return change;
  }
  ReportAnswer answer(const people::Actor& who) { return answer_of(look(who, october()).value(), who, clock().now()); }
};

WUJIN_ON_BOTH_ENGINES(ReportsTest);

TEST_P(ReportsTest, are_found_only_where_they_may_be_read) {
  const struct {
    people::Actor who;
    ReportKey key;
    bool is_found;
  } table[] = {
      {staff_, october(), true},
      {officer_, october(), true},
      {actor(Role::resident_leader, village_), october(), true},
      {actor(Role::village, other_), october(), false},
      {actor(Role::system, town_), october(), false},
      {actor(Role::auditor, town_), october(), false},
      {staff_, {CampaignId("nothing-2023"), village_, parse_month("2023-10").value()}, false},
      {staff_, {CampaignId("baofeng-2023"), village_, parse_month("2023-07").value()}, false},
      {staff_, {CampaignId("baofeng-2023"), PlaceId("no place"), parse_month("2023-10").value()}, false},
  };
  for (const auto& row : table) {
    const auto report = look(row.who, row.key);
    EXPECT_EQ(report.has_value(), row.is_found);
    if (report) continue;
    EXPECT_EQ(report.error().code(), ProblemCode::not_found);
  }
}

TEST_P(ReportsTest, carry_the_stations_comments_until_the_place_settles_them) {
  const auto activity = record("2023-10-07T09:00:00+08:00");
  const Uuid id = Uuid::random(randomness());
  const auto put = [&](const people::Actor& who, const std::string& text) {
    return database().write_now([&](Transaction& transaction) {
      return put_comment(transaction, catalogue_, who, october(), id, {activity, {}, text}, clock().now());
    });
  };
  const auto settle = [&](const people::Actor& who) {
    return database().write_now(
        [&](Transaction& transaction) { return settle_comment(transaction, catalogue_, who, october(), id, clock().now()); });
  };
  EXPECT_EQ(put(staff_, "写具体些。").error().code(), ProblemCode::forbidden);
  EXPECT_EQ(settle(staff_).error().code(), ProblemCode::not_found);
  ASSERT_TRUE(put(officer_, "写具体些。"));
  const auto noted = answer(staff_);
  ASSERT_EQ(noted.comments.size(), 1U);
  EXPECT_EQ(noted.comments[0].text, "写具体些。");
  EXPECT_THAT(noted.may, ElementsAre("edit", "submit", "settle"));
  EXPECT_EQ(settle(officer_).error().code(), ProblemCode::forbidden);
  ASSERT_TRUE(settle(staff_));
  EXPECT_TRUE(answer(officer_).comments[0].settled_at);
  // Other words are another request: it waits again.
  ASSERT_TRUE(put(officer_, "写明到了哪几户。"));
  EXPECT_FALSE(answer(staff_).comments[0].settled_at);
  for (int time = 1; time <= 2; ++time) {
    ASSERT_TRUE(database().write_now([&](Transaction& transaction) {
      return remove_comment(transaction, catalogue_, officer_, october(), id, clock().now());
    }));
  }
  EXPECT_TRUE(answer(officer_).comments.empty());
}

TEST_P(ReportsTest, are_edited_by_the_village_under_the_etag_it_saw) {
  const auto activity = record("2023-10-07T09:00:00+08:00");
  ReportChange change_text;
  change_text.sections = {{{activity, "改过的文字。", {}, {}}}};
  const std::string etag = look(staff_, october()).value().etag;
  EXPECT_EQ(change(staff_, change_text, std::nullopt).error().code(), ProblemCode::if_match_required);
  EXPECT_EQ(change(officer_, change_text, etag).error().code(), ProblemCode::forbidden);
  const auto changed = change(staff_, change_text, etag);
  ASSERT_TRUE(changed);
  EXPECT_EQ(changed->layout.weeks[0].sections[0].text, "改过的文字。");
  EXPECT_NE(changed->etag, etag);
  EXPECT_EQ(change(staff_, change_text, etag).error().code(), ProblemCode::stale);
  record("2023-10-08T09:00:00+08:00");
  EXPECT_NE(look(staff_, october()).value().etag, changed->etag);
  EXPECT_EQ(look(staff_, october()).value().layout.weeks[0].sections[0].text, "改过的文字。");
}

TEST_P(ReportsTest, say_as_a_letter_does_why_nothing_was_held_though_a_hand_in_stands) {
  const auto take = [&](const people::Actor& who, const std::string& words) {
    return database().write_now([&](Transaction& transaction) {
      return take_no_activity_reason(transaction, catalogue_, who, october(), words, clock().now());
    });
  };
  ASSERT_TRUE(take(staff_, "本月农忙。"));
  ASSERT_TRUE(hand_in(staff_));
  EXPECT_EQ(change(staff_, reason("连续下雨。")).error().code(), ProblemCode::report_locked);
  EXPECT_EQ(take(actor(Role::resident_leader, village_), "连续下雨。").error().code(), ProblemCode::forbidden);
  EXPECT_EQ(take(staff_, std::string(1001, 'x')).error().code(), ProblemCode::validation);
  EXPECT_EQ(take(staff_, " 本月农忙。 ")->material.draft.version, 1) << "the same words change nothing";
  EXPECT_EQ(take(staff_, "连续下雨。")->material.draft.no_activity_reason, "连续下雨。");
  EXPECT_TRUE(hand_in(staff_));
}

TEST_P(ReportsTest, that_came_by_letter_are_judged_by_when_it_arrived) {
  record("2023-10-07T09:00:00+08:00");
  const auto arrived_at = parse_instant("2023-10-28T23:00:00+08:00").value();
  set_clock("2023-10-30T09:00:00+08:00");
  const auto document = make_document(staff_);
  const auto take = [&](const people::Actor& who, const MadeDocument& made) {
    return database().write_now([&](Transaction& transaction) {
      return hand_in_arrived_report(transaction, catalogue_, who, october(), made, arrived_at, clock().now());
    });
  };
  EXPECT_EQ(take(officer_, document).error().code(), ProblemCode::forbidden);
  EXPECT_EQ(take(staff_, {document.sha256, "of something else"}).error().code(), ProblemCode::busy);
  const auto report = take(staff_, document);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->versions.at(0).submitted_at, arrived_at);
  EXPECT_TRUE(report->versions.at(0).timeliness.on_time);
  EXPECT_EQ(take(staff_, document).error().code(), ProblemCode::already_handed_in);
}

TEST_P(ReportsTest, are_never_handed_in_empty) {
  const auto refused = hand_in(staff_);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().faults().at(0).code, ProblemCode::report_empty);
  ASSERT_TRUE(change(staff_, reason("本月道路中断，未能开展。")));
  const auto report = hand_in(staff_);
  ASSERT_TRUE(report);
  EXPECT_TRUE(report->versions.at(0).no_activity);
  EXPECT_EQ(report->versions.at(0).activities, 0);
  const auto parts = documents::read_zip(vault_->read([&] {
                       std::string bytes;
                       from_hex(report->versions.at(0).sha256, bytes);
                       return bytes;
                     }()))
                         .value();
  EXPECT_THAT(parts.at("word/document.xml"), HasSubstr("本月道路中断，未能开展。"));
}

TEST_P(ReportsTest, are_judged_by_the_servers_clock) {
  record("2023-10-07T09:00:00+08:00");
  const struct {
    const char* moment;
    bool on_time;
    int late_days;
  } table[] = {
      {"2023-10-28T23:59:59+08:00", true, 0}, {"2023-10-29T00:00:00+08:00", false, 1}, {"2023-11-01T12:00:00+08:00", false, 4}};
  for (const auto& row : table) {
    set_clock(row.moment);
    const auto report = hand_in(staff_);
    ASSERT_TRUE(report) << row.moment;
    EXPECT_EQ(report->versions.back().timeliness.on_time, row.on_time) << row.moment;
    EXPECT_EQ(report->versions.back().timeliness.late_days, row.late_days) << row.moment;
    ASSERT_TRUE(withdraw(staff_));  // one that was withdrawn does not count
  }
  EXPECT_EQ(answer(staff_).state, handins::Standing::withdrawn);
  EXPECT_FALSE(answer(staff_).deadline->on_time);
}

TEST_P(ReportsTest, keep_the_time_of_the_first_valid_hand_in_through_a_return) {
  record("2023-10-07T09:00:00+08:00");
  set_clock("2023-10-28T20:00:00+08:00");
  ASSERT_TRUE(hand_in(staff_));
  set_clock("2023-10-30T09:00:00+08:00");
  ASSERT_TRUE(give_back(officer_, "第二周缺活动文字，请补两三句。"));
  const auto returned = answer(staff_);
  EXPECT_EQ(returned.state, handins::Standing::returned);
  EXPECT_EQ(returned.returned->reason, "第二周缺活动文字，请补两三句。");
  EXPECT_EQ(to_string(*returned.returned->correct_by), "2023-11-02");
  EXPECT_THAT(returned.may, ElementsAre("edit", "submit"));
  set_clock("2023-11-01T09:00:00+08:00");
  ASSERT_TRUE(hand_in(staff_));
  const auto corrected = answer(officer_);
  EXPECT_EQ(corrected.state, handins::Standing::resubmitted);
  EXPECT_TRUE(*corrected.deadline->on_time);
  EXPECT_FALSE(corrected.versions[0].on_time);
  EXPECT_EQ(corrected.versions[0].number, 2);
  EXPECT_THAT(corrected.may, ElementsAre("return", "accept", "comment"));
  const auto receipt = receipt_of(look(staff_, october()).value()).value();
  EXPECT_EQ(receipt.number, 2);
  EXPECT_TRUE(receipt.on_time);
  EXPECT_EQ(to_string(*receipt.first_submitted_at), "2023-10-28T20:00:00.000+08:00");
  EXPECT_EQ(receipt.station_name, "镇消防工作站");
}

TEST_P(ReportsTest, are_locked_while_a_hand_in_stands) {
  record("2023-10-07T09:00:00+08:00");
  ASSERT_TRUE(hand_in(staff_));
  EXPECT_EQ(change(staff_, reason("x")).error().code(), ProblemCode::report_locked);
  EXPECT_EQ(hand_in(staff_).error().code(), ProblemCode::already_handed_in);
  ReportChange explanation;
  explanation.explanation = "停电两天。";
  const auto explained = change(staff_, explanation);
  ASSERT_TRUE(explained);
  EXPECT_EQ(explained->versions.at(0).explanation, "停电两天。");
  EXPECT_FALSE(handins::is_changed(explained->versions, explained->digest));
  ASSERT_TRUE(withdraw(staff_));
  EXPECT_TRUE(change(staff_, reason("x")));
}

TEST_P(ReportsTest, tell_what_was_held_after_the_hand_in_and_take_it_as_a_supplement) {
  record("2023-10-07T09:00:00+08:00");
  set_clock("2023-10-28T09:00:00+08:00");
  ASSERT_TRUE(hand_in(staff_));
  EXPECT_FALSE(answer(staff_).changed_since_hand_in);
  ASSERT_TRUE(accept(officer_));
  record("2023-10-30T09:00:00+08:00");
  EXPECT_TRUE(answer(staff_).changed_since_hand_in);
  EXPECT_THAT(answer(staff_).may, ElementsAre("edit", "submit"));
  set_clock("2023-10-31T09:00:00+08:00");
  const auto again = hand_in(staff_);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->versions.size(), 2u);
  EXPECT_EQ(again->versions.back().activities, 2);
  EXPECT_TRUE(handins::timeliness_of(again->versions, nullptr)->on_time);
}

TEST_P(ReportsTest, keep_the_name_their_place_had_when_the_month_ended) {
  const auto rename = [&](const char* name, const char* day) {
    return database().write_now([&](Transaction& transaction) -> Result<> {
      auto renamed = *places::read_tree(transaction, *parse_date(day)).find(village_);
      renamed.name = renamed.short_name = name;
      places::write_places(transaction, {renamed}, *parse_date(day));
      return {};
    });
  };
  record("2023-10-07T09:00:00+08:00");
  set_clock("2023-10-27T09:00:00+08:00");
  ASSERT_TRUE(rename("新桥村", "2023-10-27"));
  EXPECT_THAT(answer(staff_).title, HasSubstr("新桥村"));
  set_clock("2023-10-28T09:00:00+08:00");
  ASSERT_TRUE(hand_in(staff_));
  ASSERT_TRUE(accept(officer_));
  set_clock("2023-11-05T09:00:00+08:00");
  ASSERT_TRUE(rename("长桥村", "2023-11-02"));
  const auto october = answer(staff_);
  EXPECT_EQ(october.place_name, "长桥村");
  EXPECT_THAT(october.title, HasSubstr("新桥村"));
  EXPECT_FALSE(october.changed_since_hand_in);
  const auto november = look(staff_, {CampaignId("baofeng-2023"), village_, parse_month("2023-11").value()});
  EXPECT_THAT(november->layout.title, HasSubstr("长桥村"));
}

TEST_P(ReportsTest, are_not_owed_once_their_place_ended_but_taken_for_the_months_it_stood) {
  const auto end = [&](const char* on) {
    ASSERT_TRUE(database().write_now([&](Transaction& transaction) -> Result<> {
      places::write_ending(transaction, village_, places::Ending{*parse_date(on), {}, "并村"});
      return {};
    }));
  };
  record("2023-10-02T09:00:00+08:00");
  set_clock("2023-11-05T09:00:00+08:00");
  end("2023-09-30");
  const auto after = look(staff_, october());
  ASSERT_TRUE(after);
  const auto answer = answer_of(*after, staff_, clock().now());
  EXPECT_EQ(answer.state, handins::Standing::na);
  EXPECT_EQ(std::ranges::count(answer.may, "submit"), 0);
  EXPECT_EQ(std::ranges::count(answer_of(*after, officer_, clock().now()).may, "exempt"), 0);
  EXPECT_EQ(Problem(hand_in(staff_).error()).code(), ProblemCode::validation);
  end("2023-10-20");
  EXPECT_EQ(answer_of(*look(staff_, october()), staff_, clock().now()).state, handins::Standing::na);
  ASSERT_TRUE(hand_in(staff_));
  EXPECT_EQ(answer_of(*look(staff_, october()), staff_, clock().now()).state, handins::Standing::submitted);
}

TEST_P(ReportsTest, are_accepted_by_somebody_else) {
  auto both = actor(Role::village, village_);
  both.grants.push_back({Role::station, town_});
  record("2023-10-07T09:00:00+08:00");
  ASSERT_TRUE(hand_in(both));
  EXPECT_EQ(accept(both).error().code(), ProblemCode::own_hand_in);
  EXPECT_THAT(answer(both).may, ElementsAre("withdraw", "return", "comment"));
  EXPECT_EQ(accept(staff_).error().code(), ProblemCode::forbidden);
  EXPECT_TRUE(accept(officer_));
  EXPECT_EQ(answer(staff_).state, handins::Standing::accepted);
  EXPECT_EQ(withdraw(staff_).error().code(), ProblemCode::already_reviewed);
}

TEST_P(ReportsTest, are_frozen_only_as_they_were_made) {
  record("2023-10-07T09:00:00+08:00");
  const auto document = make_document(staff_);
  const std::string etag = look(staff_, october()).value().etag;
  record("2023-10-08T09:00:00+08:00");
  EXPECT_EQ(hand_in(staff_, document).error().code(), ProblemCode::busy);
  EXPECT_EQ(hand_in(staff_, make_document(staff_), {}, etag).error().code(), ProblemCode::stale);
  EXPECT_TRUE(look(staff_, october()).value().versions.empty());
  const auto report = hand_in(staff_, make_document(staff_), {"停电"});
  ASSERT_TRUE(report);
  EXPECT_EQ(report->versions.at(0).explanation, "停电");
  EXPECT_EQ(report->versions.at(0).campaign_version, 1);
}

TEST_P(ReportsTest, are_handed_in_by_their_own_place_only) {
  record("2023-10-07T09:00:00+08:00");
  const auto document = make_document(officer_);
  EXPECT_EQ(hand_in(officer_, document).error().code(), ProblemCode::forbidden);
  EXPECT_EQ(hand_in(actor(Role::resident_leader, village_), document).error().code(), ProblemCode::forbidden);
  EXPECT_EQ(hand_in(actor(Role::village, other_), document).error().code(), ProblemCode::not_found);
}

TEST_P(ReportsTest, leave_a_trail_and_a_mark_in_the_feed) {
  record("2023-10-07T09:00:00+08:00");
  ASSERT_TRUE(change(staff_, reason("x")));
  ASSERT_TRUE(hand_in(staff_));
  audit::Filter filter;
  filter.kind = "report";
  const auto trail = database().read_now([&](Snapshot& snapshot) { return audit::list(snapshot, filter, {}, 10); });
  ASSERT_EQ(trail.size(), 2u);
  EXPECT_EQ(trail[0].entry.verb, "hand_in");
  EXPECT_EQ(trail[1].entry.verb, "change_report");
  EXPECT_EQ(trail[1].entry.record, "baofeng-2023/500118112200/2023-10");
  EXPECT_THAT(trail[1].entry.after, HasSubstr("\"no_activity_reason\":\"x\""));
}

TEST_P(ReportsTest, freeze_the_pictures_that_are_here_and_count_those_still_being_drawn) {
  const auto drawn = photo("drawn", photos::Drawing::ready), waiting = photo("waiting", photos::Drawing::waiting),
             unreadable = photo("unreadable", photos::Drawing::unreadable);
  record("2023-10-07T09:00:00+08:00", "讲解用火用电常识。", {drawn, waiting, unreadable});
  const auto report = look(staff_, october()).value();
  EXPECT_EQ(report.layout.photos, 3);
  EXPECT_EQ(report.layout.photos_missing, 0);
  const auto making =
      database()
          .read_now([&](Snapshot& snapshot) -> Result<Making> { return prepare(snapshot, forms_, *vault_, report); })
          .value();
  EXPECT_EQ(making.undrawn, 1);
  const auto parts = documents::read_zip(make(making).value()).value();
  EXPECT_EQ(parts.at("word/media/picture1.jpg"), "rendition of drawn");
  EXPECT_FALSE(parts.contains("word/media/picture2.jpg"));
  const auto handed_in = hand_in(staff_);
  ASSERT_TRUE(handed_in);
  EXPECT_EQ(handed_in->versions.at(0).photos, 3);
}

TEST_P(ReportsTest, carry_a_signature_line_for_forms_that_have_one) {
  record("2023-10-07T09:00:00+08:00");
  const auto signed_values = [&] {
    const auto report = look(staff_, october()).value();
    auto making = database()
                      .read_now([&](Snapshot& snapshot) -> Result<Making> { return prepare(snapshot, forms_, *vault_, report); })
                      .value();
    handins::sign(making, report.versions);
    std::vector<std::string> told;
    for (const auto* tag : {"prepared_by", "submitted_on", "reviewed_by"}) {
      const auto value = making.values.find(tag);
      told.push_back(value == making.values.end() ? "" : *value->second.text());
    }
    return told;
  };
  EXPECT_THAT(signed_values(), ElementsAre("", "", "")) << "a draft is nobody's yet";
  ASSERT_TRUE(hand_in(staff_));
  const std::string day = campaigns::whole_date(china_date(clock().now()));
  EXPECT_THAT(signed_values(), ElementsAre(staff_.display_name, day, ""));
  ASSERT_TRUE(accept(officer_));
  EXPECT_THAT(signed_values(), ElementsAre(staff_.display_name, day, officer_.display_name));
  record("2023-10-09T09:00:00+08:00");
  EXPECT_THAT(signed_values(), ElementsAre("", "", "")) << "what differs from it was not signed";
}

TEST_P(ReportsTest, are_listed_by_place_and_paged) {
  record("2023-10-07T09:00:00+08:00");
  ASSERT_TRUE(hand_in(staff_));
  const auto page_of = [&](const people::Actor& who, int limit, std::optional<std::string> after) {
    return database().read_now([&](Snapshot& snapshot) {
      return list_reports(snapshot, catalogue_, who, {CampaignId("baofeng-2023"), parse_month("2023-10").value(), after, limit},
                          clock().now());
    });
  };
  const auto all = page_of(officer_, 50, {}).value();
  ASSERT_EQ(all.items.size(), 6u);
  EXPECT_FALSE(all.next_cursor);
  EXPECT_EQ(all.items[1].place, village_);
  EXPECT_EQ(all.items[1].state, handins::Standing::submitted);
  EXPECT_EQ(all.items[1].activities, 1);
  EXPECT_EQ(all.items[0].state, handins::Standing::due);
  const auto first = page_of(officer_, 2, {}).value();
  ASSERT_TRUE(first.next_cursor);
  EXPECT_EQ(page_of(officer_, 2, *first.next_cursor).value().items[0].place, all.items[2].place);
  EXPECT_EQ(page_of(staff_, 50, {}).value().items.size(), 1u);
  EXPECT_EQ(page_of(actor(Role::auditor, town_), 50, {}).error().code(), ProblemCode::not_found);
  EXPECT_EQ(page_of(officer_, 2, "nowhere").error().code(), ProblemCode::validation);
}

}  // namespace
}  // namespace wujin::reports
