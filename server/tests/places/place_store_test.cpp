#include "places/place_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "database/engines.h"
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
