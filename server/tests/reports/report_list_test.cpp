#include "reports/report_list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "activities/activities_actions.h"
#include "activities/activity_owners.h"
#include "photos/photos_actions.h"
#include "reports/report_answer.h"
#include "reports/town.h"

namespace wujin::reports {
namespace {

using people::Role;

// The list keeps what it once found out about a report: whatever is written by the actions, it must go on saying what the report
// itself says.
class ReportListTest : public fixture::TownTest {
 protected:
  const people::Actor staff_ = actor(Role::village, village_);
  const people::Actor neighbour_ = actor(Role::village, other_);
  const people::Actor officer_ = actor(Role::station, town_);

  ReportPage list(const people::Actor& who) {
    const ListRequest request{CampaignId("baofeng-2023"), parse_month("2023-10").value(), {}, 50};
    return database()
        .read_now([&](Snapshot& snapshot) { return list_reports(snapshot, catalogue_, who, request, clock().now()); })
        .value();
  }

  void expect_the_list_to_follow() {
    for (const people::Actor* who : {&officer_, &staff_, &neighbour_}) {
      for (const ReportEntry& entry : list(*who).items) {
        const auto report = look(*who, october(entry.place)).value();
        const auto answer = answer_of(report, *who, clock().now());
        const Figures figures = figures_of(report);
        EXPECT_EQ(entry.activities, answer.activities) << entry.place.text();
        EXPECT_EQ(entry.photos, answer.photos) << entry.place.text();
        EXPECT_EQ(entry.near_duplicates, figures.near_duplicates) << entry.place.text();
        EXPECT_EQ(entry.changed_since_hand_in, answer.changed_since_hand_in) << entry.place.text();
        EXPECT_EQ(entry.state, answer.state) << entry.place.text();
        EXPECT_EQ(entry.may, answer.may) << entry.place.text();
      }
    }
  }
  ReportEntry entry_at(const PlaceId& place) {
    const auto page = list(officer_);
    return *std::ranges::find(page.items, place, &ReportEntry::place);
  }

  activities::ActivityChange change_at(const PlaceId& place, const std::string& text,
                                       const std::vector<Id<Photo>>& pictures = {}) {
    activities::ActivityChange change;
    change.campaign = CampaignId("baofeng-2023");
    change.place = place;
    change.entry = "countryside";
    change.started_at = parse_instant("2023-10-10T09:00:00+08:00").value();
    change.title = "院坝会";
    change.text = text;
    change.reason = "更正";
    for (const Id<Photo>& picture : pictures) {
      activities::PhotoClaim claim;
      claim.id = picture;
      claim.bytes = static_cast<std::int64_t>(file_.size);
      claim.sha256 = to_hex(file_.sha256);
      change.photos.push_back(claim);
    }
    return change;
  }

  activities::Activity submit(const Id<Activity>& id, const activities::ActivityChange& change,
                              std::optional<std::string> etag = {}) {
    const activities::Precondition precondition{std::move(etag), false};
    return database()
        .write_now([&](Transaction& transaction) {
          return activities::submit_activity(transaction, catalogue_, officer_, id, change, precondition, clock().now());
        })
        .value()
        .activity;
  }
  activities::Activity submit(const activities::ActivityChange& change) {
    return submit(Id<Activity>::random(randomness()), change);
  }

  void remove(const activities::Activity& activity) {
    EXPECT_TRUE(database().write_now([&](Transaction& transaction) {
      return activities::remove_activity(transaction, officer_, activity.id, {}, "记错了", clock().now());
    }));
  }

  void receive(const Id<Photo>& picture) {
    EXPECT_TRUE(database().write_now([&](Transaction& transaction) {
      const photos::House house{queue_, *vault_, owners_};
      return photos::receive(transaction, house, officer_.account.uuid(), picture, file_, clock().now());
    }));
  }

  // As the drawing of the later one notes it.
  void find_alike(const Id<Photo>& one, const Id<Photo>& other) {
    EXPECT_TRUE(database().write_now([&](Transaction& transaction) -> Result<> {
      photos::save_likeness(transaction, one, other, 3);
      for (const Id<Photo>& picture : {one, other}) {
        const auto photo = photos::find(transaction, picture);
        if (photo && photo->owner) owners_.touch(transaction, *photo->owner, clock().now());
      }
      return {};
    }));
  }

  jobs::Queue queue_{clock()};
  activities::ActivityOwners owners_{clock()};
  const files::FileFacts file_ = vault_->store("a picture");
};

WUJIN_ON_BOTH_ENGINES(ReportListTest);

TEST_P(ReportListTest, follows_what_is_recorded_changed_moved_and_removed) {
  expect_the_list_to_follow();
  const auto first = submit(change_at(village_, "讲解用电。"));
  EXPECT_EQ(entry_at(village_).activities, 1);
  ASSERT_TRUE(hand_in(staff_));
  EXPECT_FALSE(entry_at(village_).changed_since_hand_in);
  const auto edited = submit(first.id, change_at(village_, "讲解用气。"), activities::etag_of(first.version));
  EXPECT_TRUE(entry_at(village_).changed_since_hand_in);
  expect_the_list_to_follow();
  const auto moved = submit(edited.id, change_at(other_, "讲解用气。"), activities::etag_of(edited.version));
  EXPECT_EQ(entry_at(village_).activities, 0);
  EXPECT_EQ(entry_at(other_).activities, 1);
  expect_the_list_to_follow();
  remove(moved);
  EXPECT_EQ(entry_at(other_).activities, 0);
  expect_the_list_to_follow();
}

TEST_P(ReportListTest, follows_what_is_drafted) {
  const auto activity = submit(change_at(village_, "讲解用电。"));
  ASSERT_TRUE(hand_in(staff_));
  ASSERT_TRUE(withdraw(staff_));
  expect_the_list_to_follow();
  ReportChange wanted;
  wanted.sections = {{{activity.id, "改过的文字。", {}, {}}}};
  ASSERT_TRUE(change(staff_, wanted));
  expect_the_list_to_follow();
  ASSERT_TRUE(hand_in(staff_));
  EXPECT_FALSE(entry_at(village_).changed_since_hand_in);
  expect_the_list_to_follow();
}

TEST_P(ReportListTest, follows_the_pictures_that_arrive_and_those_that_look_alike) {
  const auto mine = Id<Photo>::random(randomness()), theirs = Id<Photo>::random(randomness());
  const auto here = submit(change_at(village_, "讲解用电。", {mine}));
  ASSERT_TRUE(hand_in(staff_));
  expect_the_list_to_follow();
  receive(mine);
  EXPECT_TRUE(entry_at(village_).changed_since_hand_in) << "a picture is printed that was not";
  const auto there = submit(change_at(other_, "讲解用电。", {theirs}));
  receive(theirs);
  expect_the_list_to_follow();
  find_alike(mine, theirs);
  EXPECT_EQ(entry_at(village_).near_duplicates, 1);
  expect_the_list_to_follow();
  remove(there);
  EXPECT_EQ(entry_at(village_).near_duplicates, 0) << "what looked like it is gone";
  expect_the_list_to_follow();
  remove(here);
  expect_the_list_to_follow();
}

TEST_P(ReportListTest, finds_the_likeness_of_a_picture_that_came_before_its_record) {
  const auto mine = Id<Photo>::random(randomness()), theirs = Id<Photo>::random(randomness());
  submit(change_at(village_, "讲解用电。", {mine}));
  receive(mine);
  receive(theirs);
  find_alike(mine, theirs);
  EXPECT_EQ(entry_at(village_).near_duplicates, 0) << "nobody shows the other";
  const auto there = submit(change_at(other_, "讲解用电。", {theirs}));
  EXPECT_EQ(entry_at(village_).near_duplicates, 1);
  expect_the_list_to_follow();
  submit(there.id, change_at(other_, "没有照片。"), activities::etag_of(there.version));
  EXPECT_EQ(entry_at(village_).near_duplicates, 0);
  expect_the_list_to_follow();
}

TEST_P(ReportListTest, follows_a_name_that_is_given_anew) {
  submit(change_at(village_, ""));
  ASSERT_TRUE(hand_in(staff_));
  expect_the_list_to_follow();
  EXPECT_TRUE(database().write_now([&](Transaction& transaction) -> Result<> {
    const Date today = china_date(clock().now());
    auto renamed = *places::read_tree(transaction, today).find(village_);
    renamed.name = renamed.short_name = "新桥村";
    places::write_places(transaction, {renamed}, today);
    return {};
  }));
  EXPECT_EQ(entry_at(village_).place_name, "新桥村");
  EXPECT_TRUE(entry_at(village_).changed_since_hand_in);
  expect_the_list_to_follow();
}

TEST_P(ReportListTest, is_ordered_by_its_heads_and_goes_on_where_a_page_ended) {
  const auto places = [&](const http::ListOrder& order, int limit) {
    std::string found;
    ListRequest request{CampaignId("baofeng-2023"), parse_month("2023-10").value(), {}, limit, order};
    do {
      const auto page =
          database()
              .read_now([&](Snapshot& snapshot) { return list_reports(snapshot, catalogue_, officer_, request, clock().now()); })
              .value();
      for (const ReportEntry& entry : page.items) found += entry.place.text().substr(9) + " ";
      request.after = page.next_cursor;
    } while (request.after);
    return found;
  };
  submit(change_at(other_, "讲解用电。"));
  submit(change_at(other_, "讲解用气。"));
  submit(change_at(village_, "讲解用电。"));
  const std::string by_place = places({}, 50);
  ASSERT_EQ(by_place, "001 200 201 202 203 204 ");
  for (const int limit : {1, 2, 50}) {
    EXPECT_EQ(places({}, limit), by_place);
    EXPECT_EQ(places({"activities", true}, limit), "201 200 001 202 203 204 ");
    EXPECT_EQ(places({"activities", false}, limit), "001 202 203 204 200 201 ");
    EXPECT_EQ(places({"submitted_at", false}, limit), by_place) << "nothing was handed in";
  }
  ASSERT_TRUE(hand_in(staff_));
  for (const int limit : {1, 2, 50}) {
    EXPECT_EQ(places({"submitted_at", true}, limit), "200 001 201 202 203 204 ");
    EXPECT_EQ(places({"late_days", false}, limit), "200 001 201 202 203 204 ");
    EXPECT_EQ(places({"state", false}, limit), "001 201 202 203 204 200 ");
  }
}

TEST_P(ReportListTest, refuses_the_cursor_of_another_list) {
  ListRequest request{
      CampaignId("baofeng-2023"), parse_month("2023-10").value(), "x/" + village_.text(), 2, {"activities", false}};
  const auto refused = [&](const std::string& cursor) {
    request.after = cursor;
    const auto page = database().read_now(
        [&](Snapshot& snapshot) { return list_reports(snapshot, catalogue_, officer_, request, clock().now()); });
    return !page && page.error().code() == ProblemCode::validation;
  };
  EXPECT_TRUE(refused("x/" + village_.text()));
  EXPECT_TRUE(refused("1/nowhere"));
  EXPECT_TRUE(refused(village_.text()));
  EXPECT_FALSE(refused("1/" + village_.text()));
}

}  // namespace
}  // namespace wujin::reports
