#include "activities/activities_actions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "activities/read_page.h"
#include "activities/sample.h"
#include "campaigns/campaign_store_test.h"
#include "changes/feed.h"
#include "jobs/queue.h"
#include "photos/photos_store.h"
#include "places/place_store.h"
#include "places/point_store.h"
#include "tallies/tallies_store.h"

namespace wujin::activities {
namespace {

using people::Role;
using testing::ElementsAre;

constexpr const char* town = "500118112000";
constexpr const char* village = "500118112200";
constexpr const char* other_village = "500118112201";

class ActivitiesActionsTest : public test::CampaignStoreTest {
 protected:
  ActivitiesActionsTest()
      : CampaignStoreTest({audit::migrations(), changes::migrations(), jobs::migrations(), places::migrations(),
                           photos::migrations(), campaigns::migrations(), activities::migrations(), tallies::migrations()}) {}

  static ActivityChange recording(const char* place = village) {
    auto change = sample_change();
    change.photos.clear();
    change.place = PlaceId(place);
    return change;
  }

  Id<Activity> fresh() { return Id<Activity>::random(randomness()); }

  Result<Submitted> submit(const people::Actor& actor, const Id<Activity>& id, const ActivityChange& change,
                           std::optional<std::string> etag = {}, bool must_be_new = false) {
    const Precondition precondition{std::move(etag), must_be_new};
    return database().write_now([&](Transaction& transaction) {
      return submit_activity(transaction, catalogue_, actor, id, change, precondition, clock().now());
    });
  }

  void end(const char* place, const char* on, const char* into = nullptr) {
    places::Ending ending{*parse_date(on), {}, "并村"};
    if (into != nullptr) ending.into = PlaceId(into);
    EXPECT_TRUE(database().write_now([&](Transaction& transaction) -> Result<> {
      places::write_ending(transaction, PlaceId(place), ending);
      return {};
    }));
  }

  Result<> remove(const people::Actor& actor, const Id<Activity>& id, std::optional<std::string> etag = {},
                  std::optional<std::string> reason = {}) {
    return database().write_now(
        [&](Transaction& transaction) { return remove_activity(transaction, actor, id, etag, reason, clock().now()); });
  }

  Result<Activity> read(const people::Actor& actor, const Id<Activity>& id) {
    return database().read_now([&](Snapshot& snapshot) { return read_activity(snapshot, actor, id, clock().now()); });
  }

  Result<ReadPage> list(const people::Actor& actor, const ListRequest& request) {
    return database().read_now(
        [&](Snapshot& snapshot) { return read_page(snapshot, catalogue_, actor, request, clock().now()); });
  }
  static ListRequest everything() {
    ListRequest request;
    request.campaign = CampaignId("baofeng-2023");
    return request;
  }
  std::vector<std::string> titles(const people::Actor& actor, const ListRequest& request) {
    std::vector<std::string> names;
    const auto found = list(actor, request);
    if (!found) return {"refused"};
    for (const auto& activity : found->items) names.push_back(activity.title);
    return names;
  }

  template <class T>
  static ProblemCode code(const Result<T>& result) {
    return result ? ProblemCode::internal : Problem(result.error()).code();
  }
};

WUJIN_ON_BOTH_ENGINES(ActivitiesActionsTest);

TEST_P(ActivitiesActionsTest, comes_back_as_it_was_recorded) {
  const auto someone = person(Role::village, village);
  auto change = recording();
  change.audiences = {{"farmers"}};
  change.point = "三组院坝";
  change.people_about = 30;
  change.partners = {{"志愿小队"}};
  const auto id = fresh();
  const auto submitted = submit(someone, id, change);
  ASSERT_TRUE(submitted);
  EXPECT_TRUE(submitted->is_new);
  const auto read_back = read(someone, id);
  ASSERT_TRUE(read_back);
  EXPECT_EQ(read_back->title, change.title);
  EXPECT_EQ(read_back->started_at, change.started_at);
  EXPECT_EQ(read_back->audiences, change.audiences);
  EXPECT_EQ(read_back->partners, change.partners);
  EXPECT_EQ(read_back->people_about, 30);
  EXPECT_EQ(read_back->town, PlaceId(town));
  EXPECT_EQ(read_back->month, *parse_month("2023-10"));
  EXPECT_FALSE(read_back->supplement);
}

TEST_P(ActivitiesActionsTest, is_recorded_once_however_often_it_is_sent) {
  const auto someone = person(Role::village, village);
  const auto id = fresh();
  ASSERT_TRUE(submit(someone, id, recording()));
  const auto again = submit(someone, id, recording(), {}, true);
  ASSERT_TRUE(again);
  EXPECT_FALSE(again->is_new);
  EXPECT_EQ(again->activity.version, 1);
}

TEST_P(ActivitiesActionsTest, is_edited_only_by_who_saw_it_as_it_is) {
  const auto someone = person(Role::village, village);
  const auto id = fresh();
  ASSERT_TRUE(submit(someone, id, recording()));
  auto change = recording();
  change.title = "改过的标题";
  EXPECT_EQ(code(submit(someone, id, change)), ProblemCode::stale);
  EXPECT_EQ(code(submit(someone, id, change, etag_of(7))), ProblemCode::stale);
  EXPECT_EQ(code(submit(someone, id, change, etag_of(1), true)), ProblemCode::stale);
  ASSERT_TRUE(submit(someone, id, change, etag_of(1)));
  change.title = "又改";
  EXPECT_EQ(code(submit(someone, id, change, etag_of(1))), ProblemCode::stale);
  EXPECT_EQ(read(someone, id)->title, "改过的标题");
}

TEST_P(ActivitiesActionsTest, is_gone_for_ever_once_deleted) {
  const auto someone = person(Role::village, village);
  const auto id = fresh();
  ASSERT_TRUE(submit(someone, id, recording()));
  EXPECT_EQ(code(remove(someone, id, etag_of(7))), ProblemCode::stale);
  ASSERT_TRUE(remove(someone, id, etag_of(1)));
  EXPECT_EQ(code(remove(someone, id)), ProblemCode::gone);
  EXPECT_EQ(code(read(someone, id)), ProblemCode::gone);
  EXPECT_EQ(code(submit(someone, id, recording())), ProblemCode::gone);
  EXPECT_THAT(titles(someone, everything()), testing::IsEmpty());
  EXPECT_EQ(code(remove(someone, fresh())), ProblemCode::not_found);
}

TEST_P(ActivitiesActionsTest, is_recorded_by_those_of_the_place_and_the_station) {
  struct Case {
    Role role;
    const char* at;
    const char* place;
    ProblemCode expected;  // internal: it works
  };
  const Case table[] = {
      {Role::village, village, village, ProblemCode::internal},
      {Role::village, other_village, village, ProblemCode::forbidden},
      {Role::village, village, town, ProblemCode::forbidden},
      {Role::station, town, village, ProblemCode::internal},
      {Role::station, town, town, ProblemCode::internal},
      {Role::resident_leader, village, village, ProblemCode::forbidden},
      {Role::district, "500118000000", village, ProblemCode::forbidden},
      {Role::system, town, village, ProblemCode::forbidden},
      {Role::security, town, village, ProblemCode::forbidden},
      {Role::auditor, town, village, ProblemCode::forbidden},
  };
  for (const auto& each : table) {
    EXPECT_EQ(code(submit(person(each.role, each.at), fresh(), recording(each.place))), each.expected)
        << boost::describe::enum_to_string(each.role, "") << " at " << each.at << " for " << each.place;
  }
}

TEST_P(ActivitiesActionsTest, of_a_village_is_edited_by_the_station_with_a_reason_only) {
  const auto recorder = person(Role::village, village);
  const auto station = person(Role::station, town);
  const auto id = fresh();
  ASSERT_TRUE(submit(recorder, id, recording()));
  auto change = recording();
  change.title = "工作站改的标题";
  EXPECT_EQ(code(submit(station, id, change, etag_of(1))), ProblemCode::validation);
  change.reason = "   ";
  EXPECT_EQ(code(submit(station, id, change, etag_of(1))), ProblemCode::validation);
  change.reason = "村里来电更正";
  ASSERT_TRUE(submit(station, id, change, etag_of(1)));
  EXPECT_EQ(code(remove(station, id)), ProblemCode::validation);
  EXPECT_TRUE(remove(station, id, {}, "重复记录"));
}

TEST_P(ActivitiesActionsTest, of_the_station_is_never_edited_by_a_village) {
  const auto id = fresh();
  ASSERT_TRUE(submit(person(Role::station, town), id, recording()));
  auto change = recording();
  change.title = "村里改的标题";
  change.reason = "想改";
  EXPECT_EQ(code(submit(person(Role::village, village), id, change, etag_of(1))), ProblemCode::forbidden);
  EXPECT_EQ(code(remove(person(Role::village, village), id, {}, "想删")), ProblemCode::forbidden);
}

TEST_P(ActivitiesActionsTest, refuses_places_and_campaigns_that_are_not_there) {
  const auto station = person(Role::station, town);
  EXPECT_EQ(code(submit(station, fresh(), recording("elsewhere"))), ProblemCode::validation);
  auto change = recording();
  change.campaign = CampaignId("none");
  EXPECT_EQ(code(submit(station, fresh(), change)), ProblemCode::validation);
}

TEST_P(ActivitiesActionsTest, is_hidden_from_another_village) {
  const auto id = fresh();
  ASSERT_TRUE(submit(person(Role::village, village), id, recording()));
  EXPECT_EQ(code(read(person(Role::village, other_village), id)), ProblemCode::not_found);
  EXPECT_TRUE(read(person(Role::station, town), id));
  EXPECT_TRUE(read(person(Role::resident_leader, village), id));
  EXPECT_EQ(code(read(person(Role::auditor, town), id)), ProblemCode::not_found);
}

TEST_P(ActivitiesActionsTest, is_listed_latest_first_a_page_at_a_time) {
  const auto station = person(Role::station, town);
  for (const auto* at : {"2023-10-03", "2023-10-01", "2023-10-02", "2023-09-30"}) {
    auto change = recording();
    change.started_at = start_of(*parse_date(at)) + std::chrono::hours(9);
    change.title = at;
    ASSERT_TRUE(submit(station, fresh(), change));
  }
  auto request = everything();
  request.limit = 2;
  EXPECT_THAT(titles(station, request), ElementsAre("2023-10-03", "2023-10-02"));
  request.after = position_of(list(station, request)->next_cursor.value());
  EXPECT_THAT(titles(station, request), ElementsAre("2023-10-01", "2023-09-30"));
  EXPECT_EQ(list(station, request)->next_cursor, std::nullopt);
  request = everything();
  request.month = *parse_month("2023-09");
  EXPECT_THAT(titles(station, request), ElementsAre("2023-09-30"));
}

TEST_P(ActivitiesActionsTest, is_listed_oldest_first_or_by_place_when_asked_a_page_at_a_time) {
  const auto station = person(Role::station, town);
  const std::pair<const char*, const char*> recorded[] = {
      {other_village, "2023-10-01"}, {village, "2023-10-03"}, {other_village, "2023-10-04"}, {village, "2023-10-02"}};
  for (const auto& [place, at] : recorded) {
    auto change = recording(place);
    change.started_at = start_of(*parse_date(at)) + std::chrono::hours(9);
    change.title = at;
    ASSERT_TRUE(submit(station, fresh(), change));
  }
  const auto walk = [&](Order order) {
    auto request = everything();
    request.order = order;
    request.limit = 1;
    std::vector<std::string> all = titles(station, request);
    while (const auto next = list(station, request)->next_cursor) {
      request.after = position_of(*next);
      all.push_back(titles(station, request).at(0));
    }
    return all;
  };
  EXPECT_THAT(walk(Order::oldest), ElementsAre("2023-10-01", "2023-10-02", "2023-10-03", "2023-10-04"));
  EXPECT_THAT(walk(Order::place), ElementsAre("2023-10-02", "2023-10-03", "2023-10-01", "2023-10-04"));
}

TEST(ActivityCursor, is_refused_when_no_list_gave_it) {
  for (const auto* cursor :
       {"", ".", "1.2", "x.00000000-0000-4000-8000-000000000001.p", "1.no-id.p", "1.00000000-0000-4000-8000-000000000001"}) {
    EXPECT_FALSE(position_of(cursor)) << cursor;
  }
}

// A page is written from the rows, a single record from what was read of it: both must say the same.
TEST_P(ActivitiesActionsTest, reads_in_a_list_as_it_reads_alone) {
  const auto recorder = person(Role::village, village), station = person(Role::station, town);
  auto full = sample_change();
  full.title = "\"引号\"、\\ 与\n换行";
  full.date_only = true;
  full.kind = "visit";
  full.form = "stall";
  full.audiences = {{"farmers", "living_alone"}};
  full.partners = {{"志愿小队"}};
  full.point = "三组院坝";
  full.ended_at = full.started_at + std::chrono::hours(2);
  full.people_about = 30;
  full.leaflets = 50;
  full.plan_row = Id<plans::PlanRow>::random(randomness());
  full.on_behalf_reason = "村里没有网络";
  full.recorded_at = full.started_at;
  full.clock_offset_ms = -5;
  full.photos.front().caption = "讲解";
  full.photos.front().taken_at = full.started_at;
  full.photos.push_back(full.photos.front());
  full.photos.back().id = Id<Photo>::random(randomness());
  const auto plain = fresh(), filled = fresh();
  ASSERT_TRUE(submit(recorder, filled, full));
  auto little = recording(town);
  little.started_at = full.started_at - std::chrono::hours(1);
  ASSERT_TRUE(submit(station, plain, little));
  for (const auto& reader : {recorder, station}) {
    std::string expected;
    for (const auto& id : {filled, plain}) {
      const auto activity = read(reader, id);
      if (!activity) continue;
      const auto alone = database().read_now(
          [&](Snapshot& snapshot) { return answers_of(snapshot, reader, std::span(&*activity, 1), clock().now()); });
      expected += (expected.empty() ? "" : ",") + encode_json(alone.front());
    }
    const auto page = database().read_now([&](Snapshot& snapshot) {
      return page_of(snapshot, reader, *readable_query(snapshot, catalogue_, reader, everything(), clock().now()), clock().now());
    });
    EXPECT_EQ(page, R"({"items":[)" + expected + "]}");
  }
}

TEST_P(ActivitiesActionsTest, is_listed_as_before_once_its_missing_record_is_written) {
  const auto recorder = person(Role::village, village);
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(submit(recorder, fresh(), recording()));
  const auto page = [&] {
    return database().read_now([&](Snapshot& snapshot) {
      return page_of(snapshot, recorder, *readable_query(snapshot, catalogue_, recorder, everything(), clock().now()),
                     clock().now());
    });
  };
  const auto before = page();
  const auto written = database().write_now([](Transaction& transaction) -> Result<std::vector<int>> {
    transaction.execute("UPDATE activities SET record = NULL");
    return std::vector{write_missing_records(transaction, 2), write_missing_records(transaction, 2),
                       write_missing_records(transaction, 2)};
  });
  EXPECT_THAT(written.value(), ElementsAre(2, 1, 0));
  EXPECT_EQ(page(), before);
}

TEST_P(ActivitiesActionsTest, is_found_by_one_character_of_its_words) {
  const auto someone = person(Role::village, village);
  auto change = recording();
  change.title = "赶场天宣传";
  change.text = "讲解100%安全";
  ASSERT_TRUE(submit(someone, fresh(), change));
  change = recording();
  change.title = "入户走访";
  change.point = "砖厂";
  ASSERT_TRUE(submit(someone, fresh(), change));
  const auto found = [&](const char* words) {
    auto request = everything();
    request.words = words;
    return titles(someone, request);
  };
  EXPECT_THAT(found("场"), ElementsAre("赶场天宣传"));
  EXPECT_THAT(found("砖"), ElementsAre("入户走访"));
  EXPECT_THAT(found("100%"), ElementsAre("赶场天宣传"));
  EXPECT_THAT(found("0%全"), testing::IsEmpty());
  EXPECT_THAT(found("_"), testing::IsEmpty());
}

TEST_P(ActivitiesActionsTest, lists_to_each_what_they_may_read) {
  ASSERT_TRUE(submit(person(Role::village, village), fresh(), recording()));
  auto other = recording(other_village);
  other.title = "另一个村的";
  ASSERT_TRUE(submit(person(Role::village, other_village), fresh(), other));
  EXPECT_EQ(titles(person(Role::station, town), everything()).size(), 2U);
  EXPECT_THAT(titles(person(Role::village, other_village), everything()), ElementsAre("另一个村的"));
  auto request = everything();
  request.place = PlaceId(village);
  EXPECT_EQ(code(list(person(Role::village, other_village), request)), ProblemCode::not_found);
  EXPECT_EQ(code(list(person(Role::auditor, town), everything())), ProblemCode::not_found);
}

TEST_P(ActivitiesActionsTest, keeps_the_history_of_who_changed_what_and_why) {
  const auto recorder = person(Role::village, village);
  const auto station = person(Role::station, town);
  const auto id = fresh();
  ASSERT_TRUE(submit(recorder, id, recording()));
  auto change = recording();
  change.title = "工作站改的标题";
  change.reason = "村里来电更正";
  ASSERT_TRUE(submit(station, id, change, etag_of(1)));
  ASSERT_TRUE(remove(recorder, id));
  const auto history =
      database().read_now([&](Snapshot& snapshot) { return read_history(snapshot, recorder, id, clock().now()); });
  ASSERT_TRUE(history);
  ASSERT_EQ(history->size(), 3U);
  EXPECT_EQ((*history)[0].action, HistoryAction::deleted);
  EXPECT_EQ((*history)[1].action, HistoryAction::edited);
  EXPECT_EQ((*history)[1].reason, "村里来电更正");
  ASSERT_EQ((*history)[1].changes.size(), 1U);
  EXPECT_EQ((*history)[1].changes[0].field, "title");
  EXPECT_EQ((*history)[2].action, HistoryAction::created);
}

TEST_P(ActivitiesActionsTest, remembers_its_point_for_the_next_one) {
  auto change = recording();
  change.point = "三组院坝";
  ASSERT_TRUE(submit(person(Role::village, village), fresh(), change));
  const auto points =
      database().read_now([](Snapshot& snapshot) { return places::points_of(snapshot, PlaceId(village), "三", 10); });
  ASSERT_EQ(points.size(), 1U);
  EXPECT_EQ(points[0].name, "三组院坝");
}

TEST_P(ActivitiesActionsTest, keeps_the_identifiers_it_names_in_use) {
  using campaigns::IdentifierKind;
  auto change = recording();
  change.kind = "drill";
  change.topics = {{"heater", "ebike"}};
  change.work_item = "home_visits";
  ASSERT_TRUE(submit(person(Role::village, village), fresh(), change));
  const auto in_use = [&](IdentifierKind kind, const char* id, const char* campaign = "baofeng-2023") {
    return database().read_now(
        [&](Snapshot& snapshot) { return is_identifier_in_use(snapshot, CampaignId(campaign), kind, id); });
  };
  EXPECT_TRUE(in_use(IdentifierKind::entry, "countryside"));
  EXPECT_TRUE(in_use(IdentifierKind::kind, "drill"));
  EXPECT_TRUE(in_use(IdentifierKind::topic, "ebike"));
  EXPECT_TRUE(in_use(IdentifierKind::work_item, "home_visits"));
  EXPECT_FALSE(in_use(IdentifierKind::topic, "bike")) << "a part of an identifier is another one";
  EXPECT_FALSE(in_use(IdentifierKind::topic, "h_ater")) << "an underscore is no wildcard";
  EXPECT_FALSE(in_use(IdentifierKind::entry, "school"));
  EXPECT_FALSE(in_use(IdentifierKind::entry, "countryside", "antifraud-sample"));
}

TEST_P(ActivitiesActionsTest, stands_beside_the_plan_row_it_names) {
  const auto someone = person(Role::village, village);
  const auto row = Id<plans::PlanRow>::random(randomness());
  auto change = recording();
  change.plan_row = row;
  const auto id = fresh();
  ASSERT_TRUE(submit(someone, id, change));
  const auto done = [&] {
    return database().read_now([&](Snapshot& snapshot) {
      const std::vector rows = {row, Id<plans::PlanRow>::random(randomness())};
      return done_for(snapshot, CampaignId("baofeng-2023"), rows);
    });
  };
  ASSERT_EQ(done().size(), 1U);
  EXPECT_EQ(done()[0].activity, id);
  ASSERT_TRUE(remove(someone, id));
  EXPECT_TRUE(done().empty());
}

TEST_P(ActivitiesActionsTest, takes_what_was_held_before_a_place_ended_however_late_it_comes) {
  const auto someone = person(Role::village, village);
  end(village, "2023-10-10", other_village);
  auto before = recording();
  before.started_at = *parse_instant("2023-10-10T23:59:00+08:00");
  EXPECT_TRUE(submit(someone, fresh(), before));
  auto after = recording();
  after.started_at = *parse_instant("2023-10-11T00:00:00+08:00");
  const auto refused = submit(someone, fresh(), after);
  ASSERT_FALSE(refused);
  const Problem problem = refused.error();
  ASSERT_EQ(problem.faults().size(), 1U);
  EXPECT_EQ(problem.faults()[0].field, "started_at");
  EXPECT_EQ(sentence(problem.faults()[0].code, problem.faults()[0].parameters, Language::chinese),
            "泸永桥村到2023-10-10为止，之后已并入龙凤桥村，请记到龙凤桥村。");
  EXPECT_EQ(titles(someone, everything()).size(), 1U);
}

TEST_P(ActivitiesActionsTest, lets_what_was_recorded_before_be_mended_but_not_moved_past_the_end) {
  const auto someone = person(Role::village, village);
  const auto id = fresh();
  auto change = recording();  // on the 26th
  const auto kept = submit(someone, id, change);
  ASSERT_TRUE(kept);
  end(village, "2023-10-10");
  change.title = "改了标题";
  const auto mended = submit(someone, id, change, etag_of(kept->activity.version));
  ASSERT_TRUE(mended);
  change.started_at = *parse_instant("2023-10-25T10:00:00+08:00");
  EXPECT_EQ(code(submit(someone, id, change, etag_of(mended->activity.version))), ProblemCode::validation);
  change.started_at = *parse_instant("2023-10-09T10:00:00+08:00");
  EXPECT_TRUE(submit(someone, id, change, etag_of(mended->activity.version)));
}

}  // namespace
}  // namespace wujin::activities
