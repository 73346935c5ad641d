#include "suggestions/suggestions_actions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "audit/trail.h"
#include "base/json.h"
#include "campaigns/campaigns_store.h"
#include "database/engines.h"
#include "places/place_store.h"
#include "secrets/token.h"
#include "suggestions/suggestion_answer.h"

namespace wujin::suggestions {
namespace {

using people::Role;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr const char* district = "500118000000";
constexpr const char* town = "500118112000";
constexpr const char* village = "500118112200";
constexpr const char* other_village = "500118112201";
constexpr const char* other_town = "500118113000";
constexpr const char* abroad = "500118113200";  // a village of the other town

template <class T>
ProblemCode code_of(const Result<T>& result) {
  if (result) return ProblemCode::internal;
  const Problem problem = result.error();
  return problem.faults().empty() ? problem.code() : problem.faults().front().code;
}

class SuggestionsTest : public test::StoreTest {
 protected:
  SuggestionsTest() : StoreTest({audit::migrations(), places::migrations(), campaigns::migrations(), migrations()}) {
    using places::PlaceKind;
    const PlaceId above(district), of_town(town), of_other(other_town);
    const std::vector<places::Place> all = {
        {above, district, "示例区", "示例区", PlaceKind::district, {}, 0},
        {of_town, town, "宝峰镇", "宝峰镇", PlaceKind::town, above, 1},
        {PlaceId(village), village, "泸永桥村", "泸永桥", PlaceKind::village, of_town, 2},
        {PlaceId(other_village), other_village, "龙凤桥村", "龙凤桥", PlaceKind::village, of_town, 3},
        {of_other, other_town, "邻镇", "邻镇", PlaceKind::town, above, 4},
        {PlaceId(abroad), abroad, "邻村", "邻村", PlaceKind::village, of_other, 5}};
    EXPECT_TRUE(database().write_now([&](Transaction& transaction) -> Result<> {
      places::write_places(transaction, all, china_date(clock().now()));
      return {};
    }));
  }

  people::Actor person(Role role, const char* place) {
    people::Actor actor;
    actor.account = Id<people::Account>::random(randomness());
    actor.display_name = "示例甲";
    actor.grants = {{role, PlaceId(place)}};
    return actor;
  }
  Id<Suggestion> new_id() { return Id<Suggestion>::random(randomness()); }
  NewSuggestion saying(const std::string& text) { return {text, secrets::make_token(randomness())}; }

  Result<Received> put(const char* box, const NewSuggestion& entered, const Id<Suggestion>& id) {
    return database().write_now(
        [&](Transaction& transaction) { return put_suggestion(transaction, PlaceId(box), id, entered, "r", clock().now()); });
  }
  Id<Suggestion> put_one(const char* box, const std::string& text) {
    const auto id = new_id();
    EXPECT_TRUE(put(box, saying(text), id));
    return id;
  }
  Result<Suggestion> settle(const people::Actor& actor, const Id<Suggestion>& id, const Settlement& settlement,
                            const std::optional<std::string>& etag = "\"v1\"") {
    return database().write_now(
        [&](Transaction& transaction) { return settle_suggestion(transaction, actor, id, settlement, etag, clock().now()); });
  }
  Result<std::vector<Suggestion>> list(const people::Actor& actor, const char* place, State state = State::open,
                                       std::optional<Position> below = {}, int limit = 50) {
    return database().read_now([&](Snapshot& snapshot) {
      return list_suggestions(snapshot, actor, {PlaceId(place), state, below, limit}, clock().now());
    });
  }
  std::vector<std::string> texts(const people::Actor& actor, const char* place, State state = State::open) {
    std::vector<std::string> told;
    for (const Suggestion& one : list(actor, place, state).value()) told.push_back(one.text.value_or("（已删除）"));
    return told;
  }
  Result<std::vector<BoxStanding>> boxes(const people::Actor& actor, const char* place) {
    return database().read_now([&](Snapshot& snapshot) { return list_boxes(snapshot, actor, PlaceId(place), clock().now()); });
  }
  std::vector<audit::ListedEntry> trail() {
    audit::Filter filter;
    filter.kind = "suggestion";
    return database().read_now([&](Snapshot& snapshot) { return audit::list(snapshot, filter, std::nullopt, 100); });
  }

  const Settlement answer_{State::answered, "已报供电所。", std::nullopt};
  people::Actor own_ = person(Role::village, village), station_ = person(Role::station, town);
};

WUJIN_ON_BOTH_ENGINES(SuggestionsTest);

TEST_P(SuggestionsTest, LieInTheBoxOfTheirPlaceTheNewestFirst) {
  put_one(village, "  路灯下电线老化\r\n请看一看　");
  clock().advance(std::chrono::minutes(1));
  put_one(town, "讲座能不能放在晚上");
  clock().advance(std::chrono::minutes(1));
  put_one(other_village, "楼道里停着电动车");
  EXPECT_THAT(texts(own_, village), ElementsAre("路灯下电线老化\n请看一看"));
  EXPECT_THAT(texts(station_, other_village), ElementsAre("楼道里停着电动车"));
  EXPECT_THAT(texts(station_, town), ElementsAre("楼道里停着电动车", "讲座能不能放在晚上", "路灯下电线老化\n请看一看"));
}

TEST_P(SuggestionsTest, AreTheSameWhenSentAgainAndNeverOverwritten) {
  const auto id = new_id();
  const NewSuggestion first = saying("路灯");
  EXPECT_TRUE(put(village, first, id)->is_new);
  EXPECT_FALSE(put(village, {"路灯 ", first.token}, id)->is_new);
  EXPECT_EQ(code_of(put(village, {"别的", first.token}, id)), ProblemCode::conflict);
  EXPECT_EQ(code_of(put(village, saying("路灯"), id)), ProblemCode::conflict);
  EXPECT_EQ(code_of(put(other_village, first, id)), ProblemCode::conflict);
  EXPECT_EQ(code_of(put(village, first, new_id())), ProblemCode::conflict) << "a token opens one only";
  EXPECT_THAT(texts(own_, village), ElementsAre("路灯"));
  EXPECT_EQ(trail().size(), 1U);
}

TEST_P(SuggestionsTest, AreRefusedWhereNoBoxStands) {
  EXPECT_EQ(code_of(put("none", saying("路灯"), new_id())), ProblemCode::not_found);
  EXPECT_EQ(code_of(put(district, saying("路灯"), new_id())), ProblemCode::not_found);
  EXPECT_EQ(code_of(put(village, saying(" "), new_id())), ProblemCode::required);
}

TEST_P(SuggestionsTest, FillABoxForTheDayAndAnsweringMakesRoom) {
  const auto first = put_one(village, "第一条");
  for (int n = 1; n < most_unanswered_of_a_day; ++n) put_one(village, "又一条");
  const auto refused = put(village, saying("太多"), new_id());
  ASSERT_EQ(code_of(refused), ProblemCode::too_many_requests);
  const auto until_midnight = std::chrono::ceil<std::chrono::seconds>(end_of(china_date(clock().now())) - clock().now());
  EXPECT_EQ(refused.error().parameters().front().second, std::to_string(until_midnight.count()));
  put_one(other_village, "别处的意见箱没有满");
  ASSERT_TRUE(settle(own_, first, answer_));
  put_one(village, "有地方了");
  EXPECT_EQ(code_of(put(village, saying("又满了"), new_id())), ProblemCode::too_many_requests);
  clock().advance(until_midnight);
  put_one(village, "第二天");
}

TEST_P(SuggestionsTest, AreReadBackByTheirTokenAlone) {
  const NewSuggestion entered = saying("路灯");
  const auto id = new_id();
  ASSERT_TRUE(put(village, entered, id));
  ASSERT_TRUE(settle(own_, id, answer_));
  const auto behind = [&](const std::string& token) {
    return database().read_now([&](Snapshot& snapshot) { return suggestion_behind(snapshot, token); });
  };
  EXPECT_EQ(behind(entered.token)->answer, answer_.answer);
  EXPECT_EQ(code_of(behind(std::string(43, 'A'))), ProblemCode::not_found);
  EXPECT_EQ(code_of(behind("")), ProblemCode::not_found);
  EXPECT_EQ(code_of(behind(id.to_string())), ProblemCode::not_found);
}

TEST_P(SuggestionsTest, AreAnsweredFromWhatWasReadAndNotOverAnother) {
  const auto id = put_one(village, "路灯");
  EXPECT_EQ(code_of(settle(own_, id, answer_, std::nullopt)), ProblemCode::stale);
  const auto answered = settle(own_, id, answer_);
  ASSERT_TRUE(answered);
  EXPECT_EQ(answered->version, 2);
  EXPECT_EQ(answered->settled_by, "示例甲");
  EXPECT_EQ(settle(station_, id, answer_)->version, 2) << "the same again is the same outcome";
  const Settlement other{State::answered, "另一种说法", std::nullopt};
  EXPECT_EQ(code_of(settle(station_, id, other)), ProblemCode::stale);
  EXPECT_EQ(settle(station_, id, other, "\"v2\"")->version, 3);
  EXPECT_THAT(texts(own_, village), IsEmpty());
  EXPECT_THAT(texts(own_, village, State::answered), ElementsAre("路灯"));
  EXPECT_EQ(code_of(settle(own_, new_id(), answer_)), ProblemCode::not_found);
  EXPECT_EQ(code_of(settle(own_, id, {State::answered, "", {}}, "\"v3\"")), ProblemCode::required);
}

TEST_P(SuggestionsTest, LoseTheirTextForGoodWhenTheyTellOfAPerson) {
  const NewSuggestion entered = saying("某人的电话是……");
  const auto id = new_id();
  ASSERT_TRUE(put(village, entered, id));
  ASSERT_TRUE(settle(own_, id, {State::set_aside, {}, SetAsideReason::personal}));
  EXPECT_THAT(texts(own_, village, State::set_aside), ElementsAre("（已删除）"));
  EXPECT_FALSE(put(village, entered, id)->is_new) << "sending it again does not bring it back";
  EXPECT_THAT(texts(own_, village, State::set_aside), ElementsAre("（已删除）"));
}

TEST_P(SuggestionsTest, AreReadAndAnsweredAtOnesOwnPlaceAndBelowOnesTownOnly) {
  const auto id = put_one(village, "路灯");
  struct Case {
    Role role;
    const char* at;
    bool may;
  };
  const Case cases[] = {
      {Role::village, village, true},     {Role::village, other_village, false},   {Role::station, town, true},
      {Role::station, other_town, false}, {Role::resident_leader, village, false}, {Role::district, district, false},
      {Role::system, town, false},        {Role::security, town, false},           {Role::auditor, town, false},
  };
  for (const Case& one : cases) {
    const auto actor = person(one.role, one.at);
    const auto why = ::testing::Message() << boost::describe::enum_to_string(one.role, "") << " at " << one.at;
    EXPECT_EQ(list(actor, village).has_value(), one.may) << why;
    // Of an answer given again the version does not matter.
    EXPECT_EQ(code_of(settle(actor, id, answer_, "\"v9\"")), one.may ? ProblemCode::stale : ProblemCode::not_found) << why;
  }
  EXPECT_EQ(code_of(list(own_, town)), ProblemCode::not_found) << "what lies in the town's box is not the village's";
  EXPECT_EQ(code_of(list(station_, district)), ProblemCode::not_found);
  EXPECT_EQ(code_of(list(station_, "none")), ProblemCode::not_found);
}

TEST_P(SuggestionsTest, ArePagedWithoutLossOrRepeat) {
  for (int n = 0; n < 7; ++n) put_one(n % 2 == 0 ? village : other_village, std::to_string(n));  // all at one moment
  std::vector<Id<Suggestion>> seen;
  std::optional<Position> below;
  for (;;) {
    const auto page = list(station_, town, State::open, below, 2).value();
    if (page.empty()) break;
    for (const Suggestion& one : page) seen.push_back(one.id);
    below = Position{page.back().received_at, page.back().id};
  }
  EXPECT_EQ(seen.size(), 7U);
  EXPECT_EQ(std::set(seen.begin(), seen.end()).size(), 7U);
}

TEST_P(SuggestionsTest, AreCountedByPlaceForWhoeverReadsItsRecords) {
  const auto answered = put_one(village, "一");
  const Instant first = clock().now();
  put_one(village, "二");
  clock().advance(std::chrono::hours(1));
  put_one(village, "三");
  ASSERT_TRUE(settle(own_, answered, answer_));
  ASSERT_TRUE(settle(station_, put_one(town, "广告"), {State::set_aside, {}, SetAsideReason::advertising}));
  put_one(abroad, "邻镇的");

  const auto of_town = boxes(station_, town).value();
  ASSERT_EQ(of_town.size(), 3U);
  EXPECT_EQ(of_town[0].place, PlaceId(town));
  EXPECT_EQ(of_town[0].set_aside, 1);
  EXPECT_EQ(of_town[1].open, 2);
  EXPECT_EQ(of_town[1].answered, 1);
  EXPECT_EQ(of_town[1].waiting_since, first);
  EXPECT_EQ(of_town[2].open, 0);
  EXPECT_EQ(of_town[2].waiting_since, std::nullopt);

  EXPECT_EQ(boxes(own_, town)->size(), 1U) << "a village sees its own";
  EXPECT_EQ(boxes(person(Role::resident_leader, village), village)->size(), 1U);
  const auto of_district = boxes(person(Role::district, district), district).value();
  ASSERT_EQ(of_district.size(), 5U);
  EXPECT_EQ(of_district[4].open, 1);
  EXPECT_EQ(code_of(boxes(station_, other_town)), ProblemCode::not_found);
  EXPECT_EQ(code_of(boxes(person(Role::auditor, town), town)), ProblemCode::not_found);
}

TEST_P(SuggestionsTest, LeaveNoWordOfTheirsInTheTrail) {
  const auto id = put_one(village, "路灯下电线老化");
  ASSERT_TRUE(settle(own_, id, answer_));
  const auto entries = trail();
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[0].entry.verb, "settle_suggestion");
  EXPECT_EQ(entries[0].entry.account, own_.account.uuid());
  EXPECT_EQ(entries[0].entry.before, R"({"state":"open"})");
  EXPECT_EQ(entries[0].entry.after, R"({"state":"answered"})");
  EXPECT_EQ(entries[1].entry.verb, "put_suggestion");
  EXPECT_EQ(entries[1].entry.account, std::nullopt) << "nobody is named";
  EXPECT_EQ(entries[1].entry.place, village);
  EXPECT_EQ(entries[1].entry.town, town);
}

TEST_P(SuggestionsTest, TellTheirWriterTheAnswerAndNotWhoGaveIt) {
  const auto id = put_one(village, "路灯");
  const auto answered = settle(own_, id, answer_).value();
  const auto tree =
      database().read_now([&](Snapshot& snapshot) { return places::read_tree(snapshot, china_date(clock().now())); });
  const std::string told = encode_json(answer_for_writer(answered, tree));
  EXPECT_THAT(told, HasSubstr("已报供电所。"));
  EXPECT_THAT(told, HasSubstr(R"("town_name":"宝峰镇")"));
  EXPECT_THAT(told, Not(HasSubstr("示例甲")));
  EXPECT_THAT(told, Not(HasSubstr(id.to_string())));
}

TEST_P(SuggestionsTest, StandInABoxThatSaysWhoseItIs) {
  campaigns::Catalogue catalogue;
  const auto box = [&](const char* place) {
    return database().read_now([&](Snapshot& snapshot) { return see_box(snapshot, catalogue, PlaceId(place), clock().now()); });
  };
  EXPECT_EQ(box(village)->place_name, "泸永桥村");
  EXPECT_EQ(box(village)->town_name, "宝峰镇");
  EXPECT_EQ(box(village)->title, std::nullopt) << "there is no campaign yet";
  EXPECT_EQ(box(town)->town_name, std::nullopt);
  EXPECT_EQ(code_of(box(district)), ProblemCode::not_found);
  EXPECT_EQ(code_of(box("none")), ProblemCode::not_found);
}

}  // namespace
}  // namespace wujin::suggestions
