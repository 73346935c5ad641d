#include "places/place_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "database/engines.h"
#include "database/open.h"
#include "places/point_store.h"

namespace wujin::places {
namespace {

class PlaceStoreTest : public test::StoreTest {
 protected:
  PlaceStoreTest() : StoreTest({places::migrations()}) {}

  static Place place(const char* id, const char* name, PlaceKind kind, std::optional<PlaceId> parent) {
    Place made;
    made.id = PlaceId(id);
    made.code = id;
    made.name = made.short_name = name;
    made.kind = kind;
    made.parent = std::move(parent);
    return made;
  }
  std::vector<Place> town() {
    return {place("500118112000", "宝峰镇", PlaceKind::town, {}),
            place("500118112200", "泸永桥村", PlaceKind::village, PlaceId("500118112000"))};
  }
  void write(const std::vector<Place>& places, const char* day) {
    (void)database().write_now([&](Transaction& transaction) -> Result<> {
      write_places(transaction, places, *parse_date(day));
      return {};
    });
  }
  void end(const char* id, const std::optional<Ending>& ending) {
    (void)database().write_now([&](Transaction& transaction) -> Result<> {
      write_ending(transaction, PlaceId(id), ending);
      return {};
    });
  }
  Tree tree(const char* day) {
    return database().read_now([&](Snapshot& snapshot) { return read_tree(snapshot, *parse_date(day)); });
  }
};

WUJIN_ON_BOTH_ENGINES(PlaceStoreTest);

TEST_P(PlaceStoreTest, keeps_each_day_s_names) {
  write(town(), "2023-08-01");
  auto renamed = town();
  renamed[1].name = "永桥村";
  write(renamed, "2023-10-01");
  EXPECT_EQ(tree("2023-09-30").find(PlaceId("500118112200"))->name, "泸永桥村");
  EXPECT_EQ(tree("2023-10-01").find(PlaceId("500118112200"))->name, "永桥村");
  EXPECT_EQ(tree("2023-01-01").find(PlaceId("500118112200"))->name, "泸永桥村");  // before it was known
  EXPECT_EQ(tree("2023-10-01").places().size(), 2u);
}

TEST_P(PlaceStoreTest, changes_nothing_when_told_the_same_again) {
  write(town(), "2023-08-01");
  write(town(), "2023-10-01");
  EXPECT_EQ(tree("2023-10-01").places(), tree("2023-08-01").places());
}

TEST_P(PlaceStoreTest, refuses_to_make_a_village_a_community) {
  write(town(), "2023-08-01");
  auto other = town();
  other[1].kind = PlaceKind::community;
  EXPECT_THROW(write(other, "2023-10-01"), std::runtime_error);
}

TEST_P(PlaceStoreTest, reads_its_tree_once_until_a_place_changes) {
  write(town(), "2023-08-01");
  const Tree before = tree("2023-10-01");
  EXPECT_EQ(&tree("2023-10-01").places(), &before.places());
  write(town(), "2023-10-01");
  EXPECT_EQ(&tree("2023-10-01").places(), &before.places());
  auto renamed = town();
  renamed[1].name = "永桥村";
  write(renamed, "2023-09-01");
  EXPECT_EQ(tree("2023-10-01").find(PlaceId("500118112200"))->name, "永桥村");
  EXPECT_EQ(before.find(PlaceId("500118112200"))->name, "泸永桥村");  // whoever holds it keeps what was read
}

TEST_P(PlaceStoreTest, sees_what_another_process_wrote) {
  write(town(), "2023-08-01");
  EXPECT_EQ(tree("2023-10-01").find(PlaceId("500118112200"))->name, "泸永桥村");
  const auto other = open_database(engine().where());
  auto renamed = town();
  renamed[1].name = "永桥村";
  (void)other->write_now([&](Transaction& transaction) -> Result<> {
    write_places(transaction, renamed, *parse_date("2023-08-01"));
    return {};
  });
  EXPECT_EQ(tree("2023-10-01").find(PlaceId("500118112200"))->name, "永桥村");
}

TEST_P(PlaceStoreTest, forgets_what_was_rolled_back) {
  write(town(), "2023-08-01");
  auto renamed = town();
  renamed[1].name = "永桥村";
  const auto refused = database().write_now([&](Transaction& transaction) -> Result<> {
    write_places(transaction, renamed, *parse_date("2023-08-01"));
    EXPECT_EQ(read_tree(transaction, *parse_date("2023-10-01")).find(PlaceId("500118112200"))->name, "永桥村");
    return Problem(ProblemCode::conflict);
  });
  EXPECT_FALSE(refused.has_value());
  EXPECT_EQ(tree("2023-10-01").find(PlaceId("500118112200"))->name, "泸永桥村");
  renamed[1].name = "小桥村";
  write(renamed, "2023-08-01");
  EXPECT_EQ(tree("2023-10-01").find(PlaceId("500118112200"))->name, "小桥村");
}

TEST_P(PlaceStoreTest, keeps_the_trees_of_days_apart) {
  write(town(), "2023-08-01");
  auto renamed = town();
  renamed[1].name = "永桥村";
  write(renamed, "2023-10-01");
  for (int turn = 0; turn < 2; ++turn) {
    EXPECT_EQ(tree("2023-09-30").find(PlaceId("500118112200"))->name, "泸永桥村");
    EXPECT_EQ(tree("2023-10-01").find(PlaceId("500118112200"))->name, "永桥村");
  }
}

TEST_P(PlaceStoreTest, tells_an_ending_whatever_day_is_looked_at) {
  auto places = town();
  places.push_back(place("500118112201", "斑竹村", PlaceKind::village, PlaceId("500118112000")));
  write(places, "2023-08-01");
  const PlaceId village("500118112200");
  EXPECT_FALSE(tree("2023-12-01").find(village)->ending);
  const Ending merged{*parse_date("2023-10-10"), PlaceId("500118112201"), "并村"};
  end("500118112200", merged);
  EXPECT_EQ(tree("2023-09-01").find(village)->ending, merged);
  EXPECT_EQ(tree("2023-12-01").find(village)->ending, merged);
  const Ending dissolved{*parse_date("2023-11-30"), {}, "整村搬迁"};
  end("500118112200", dissolved);
  EXPECT_EQ(tree("2023-12-01").find(village)->ending, dissolved);
  end("500118112200", std::nullopt);
  EXPECT_FALSE(tree("2023-12-01").find(village)->ending);
}

TEST_P(PlaceStoreTest, keeps_an_ending_when_its_places_are_told_again) {
  write(town(), "2023-08-01");
  end("500118112200", Ending{*parse_date("2023-10-10"), {}, "并村"});
  const Tree before = tree("2023-11-01");
  write(town(), "2023-11-01");
  EXPECT_EQ(&tree("2023-11-01").places(), &before.places());  // nothing was written
  auto renamed = town();
  renamed[1].name = "永桥村";
  write(renamed, "2023-11-01");
  const Place& village = *tree("2023-11-01").find(PlaceId("500118112200"));
  EXPECT_EQ(village.name, "永桥村");
  EXPECT_EQ(village.ending->on, *parse_date("2023-10-10"));
}

TEST_P(PlaceStoreTest, offers_the_points_most_used_first_and_finds_one_character) {
  write(town(), "2023-08-01");
  const PlaceId village("500118112200");
  (void)database().write_now([&](Transaction& transaction) -> Result<> {
    for (const auto* name : {"三组院坝", "桥畔小学", "三组院坝", "100%厂"}) {
      remember_point(transaction, village, name, clock().now());
      clock().advance(std::chrono::minutes(1));
    }
    return {};
  });
  const auto names = [&](std::string_view words) {
    std::vector<std::string> list;
    const auto points = database().read_now([&](Snapshot& snapshot) { return points_of(snapshot, village, words, 10); });
    for (const Point& point : points) list.push_back(point.name);
    return list;
  };
  EXPECT_THAT(names(""), testing::ElementsAre("三组院坝", "100%厂", "桥畔小学"));
  EXPECT_THAT(names("学"), testing::ElementsAre("桥畔小学"));
  EXPECT_THAT(names("%"), testing::ElementsAre("100%厂"));
  EXPECT_THAT(names("_"), testing::ElementsAre());
}

}  // namespace
}  // namespace wujin::places
