#include <gtest/gtest.h>

#include "people/house.h"
#include "people/places_api.h"
#include "places/point_store.h"

namespace wujin::people {
namespace {

// A town as large as any: sixty villages and communities, and two thousand points, all of them below one village.
class LargestTown : public House {
 protected:
  static constexpr int villages = 60, points = 2000;

  LargestTown() {
    add_place_routes(router_, {database(), sessions_, clock()});
    write([&](Transaction& transaction) -> Result<> {
      places::write_places(transaction, tree(), china_date(clock().now()));
      for (int i = 0; i < points; ++i) {
        places::remember_point(transaction, village, "第" + std::to_string(i) + "村民小组院坝会场", clock().now());
      }
      return {};
    });
    add("zhan", {{Role::station, town}});
  }

  static std::vector<places::Place> tree() {
    std::vector<places::Place> made = {place(district, "永川区", places::PlaceKind::district, std::nullopt),
                                       place(town, "试验镇", places::PlaceKind::town, district)};
    for (int i = 0; i < villages; ++i) {
      const PlaceId id{std::to_string(500118112201 + i)};
      made.push_back(place(id, "五进示范文明和谐平安" + std::to_string(10 + i) + "村", places::PlaceKind::village, town));
    }
    return made;
  }

  static std::size_t bytes_of(const Answer& answer) { return std::get<std::string>(answer.response.body).size(); }
};
WUJIN_ON_BOTH_ENGINES(LargestTown);

TEST_P(LargestTown, is_listed_in_one_small_answer) {
  const auto list = get("/api/v1/places", token_of("zhan"));
  EXPECT_EQ(list.body.at("items").as_array().size(), villages + 2u);
  EXPECT_LT(bytes_of(list), 16u * 1024);
}

TEST_P(LargestTown, offers_points_in_small_answers_and_finds_the_others_by_their_words) {
  const auto token = token_of("zhan");
  const auto at = "/api/v1/places/" + village.text() + "/points";
  const auto usual = get(at, token);
  EXPECT_EQ(usual.body.at("items").as_array().size(), 50u);
  const auto most = get(at + "?limit=200", token);
  EXPECT_EQ(most.body.at("items").as_array().size(), 200u);
  EXPECT_LT(bytes_of(most), 20u * 1024);
  EXPECT_EQ(get(at + "?limit=2000", token).status, 422u);
  EXPECT_EQ(get(at + "?q=1999", token).body.at("items").as_array().size(), 1u);
}

}  // namespace
}  // namespace wujin::people
