#include "sites/sites_actions.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "audit/trail.h"
#include "database/engines.h"
#include "places/place_store.h"
#include "sites/site_owners.h"
#include "sites/sites_store.h"

namespace wujin::sites {
namespace {

using people::Role;
using testing::ElementsAre;

constexpr const char* town = "500118112000";
constexpr const char* community = "500118112001";
constexpr const char* village = "500118112200";
constexpr const char* other_village = "500118112201";

SiteChange site_at(const char* place, const char* name = "消防宣传角") {
  SiteChange change;
  change.place = PlaceId(place);
  change.name = name;
  return change;
}

photos::Claim claim_of(Id<Photo> id) {
  photos::Claim claim;
  claim.id = id;
  claim.bytes = 100;
  claim.sha256 = std::string(64, 'a');
  return claim;
}

class SitesTest : public test::StoreTest {
 protected:
  SitesTest() : StoreTest({audit::migrations(), places::migrations(), photos::migrations(), migrations()}) {
    using places::PlaceKind;
    const PlaceId of_town(town);
    const std::vector<places::Place> all = {
        {of_town, town, "宝峰镇", "宝峰镇", PlaceKind::town, {}, 0},
        {PlaceId(community), community, "宝峰场社区", "宝峰场", PlaceKind::community, of_town, 1},
        {PlaceId(village), village, "泸永桥村", "泸永桥", PlaceKind::village, of_town, 2},
        {PlaceId(other_village), other_village, "龙凤桥村", "龙凤桥", PlaceKind::village, of_town, 3}};
    EXPECT_TRUE(database().write_now([&](Transaction& transaction) -> Result<> {
      places::write_places(transaction, all, china_date(clock().now()));
      return {};
    }));
  }

  people::Actor person(Role role, const char* place) {
    people::Actor actor;
    actor.account = Id<people::Account>::random(randomness());
    actor.grants = {{role, PlaceId(place)}};
    return actor;
  }
  Result<Kept> keep_one(const people::Actor& actor, const Id<Site>& id, const SiteChange& change,
                        const std::optional<std::string>& etag = std::nullopt) {
    return database().write_now(
        [&](Transaction& transaction) { return keep_site(transaction, actor, id, change, etag, clock().now()); });
  }
  Result<> remove(const people::Actor& actor, const Id<Site>& id, const std::optional<std::string>& etag = std::nullopt) {
    return database().write_now(
        [&](Transaction& transaction) { return remove_site(transaction, actor, id, etag, clock().now()); });
  }
  Result<std::vector<Site>> list(const people::Actor& actor, const char* place, const std::optional<Position>& after = {},
                                 int limit = 50) {
    return database().read_now([&](Snapshot& snapshot) {
      return list_sites(snapshot, actor, {PlaceId(place), after, limit}, clock().now());
    });
  }
  std::vector<std::string> names(const people::Actor& actor, const char* place) {
    std::vector<std::string> told;
    for (const Site& site : list(actor, place).value()) told.push_back(site.name);
    return told;
  }
  Id<Site> new_id() { return Id<Site>::random(randomness()); }

  people::Actor own_ = person(Role::village, village), station_ = person(Role::station, town);
};

WUJIN_ON_BOTH_ENGINES(SitesTest);

template <class T>
ProblemCode code_of(const Result<T>& result) {
  if (result) return ProblemCode::internal;
  const Problem problem = result.error();
  return problem.faults().empty() ? problem.code() : problem.faults().front().code;
}

TEST_P(SitesTest, AreKeptAsEnteredAndListedInTheOrderOfPlaces) {
  SiteChange change = site_at(village, "  村委会消防宣传点　");
  change.address = " ";
  change.confirmed_on = china_date(clock().now());
  const auto id = new_id();
  const auto kept = keep_one(own_, id, change);
  ASSERT_TRUE(kept);
  EXPECT_TRUE(kept->is_new);
  ASSERT_TRUE(keep_one(station_, new_id(), site_at(community, "老街宣传角")));
  const auto own = list(own_, village).value();
  ASSERT_EQ(own.size(), 1U);
  EXPECT_EQ(own[0].name, "村委会消防宣传点");
  EXPECT_EQ(own[0].address, std::nullopt);
  EXPECT_EQ(own[0].confirmed_on, change.confirmed_on);
  EXPECT_EQ(own[0].town, PlaceId(town));
  EXPECT_THAT(names(station_, town), ElementsAre("老街宣传角", "村委会消防宣传点"));
}

TEST_P(SitesTest, AreReadPageByPageEachOnceAlsoWhenEnteredAtOneMoment) {
  std::vector<std::string> entered;
  for (const char* place : {other_village, village, community}) {
    for (const char* name : {"甲", "乙", "丙"}) {
      entered.push_back(std::string(place) + name);
      ASSERT_TRUE(keep_one(station_, new_id(), site_at(place, entered.back().c_str())));
    }
  }
  std::vector<std::string> told;
  std::optional<Position> after;
  for (;;) {
    const auto page = list(station_, town, after, 2).value();
    ASSERT_LE(page.size(), 2U);
    if (page.empty()) break;
    for (const Site& site : page) told.push_back(site.name);
    after = Position{page.back().place, page.back().recorded_at, page.back().id};
  }
  EXPECT_TRUE(std::ranges::is_sorted(told, {}, [](const std::string& name) { return name.substr(0, 12); }));
  EXPECT_THAT(told, testing::UnorderedElementsAreArray(entered));
  EXPECT_EQ(list(own_, town, std::nullopt, 9)->size(), 3U);
}

TEST_P(SitesTest, AreTheSameWhenEnteredTwiceAndNeverChangedOverWhatWasNotSeen) {
  const auto id = new_id();
  ASSERT_TRUE(keep_one(own_, id, site_at(village)));
  const auto again = keep_one(own_, id, site_at(village));
  ASSERT_TRUE(again);
  EXPECT_FALSE(again->is_new);
  EXPECT_EQ(again->site.version, 1);
  EXPECT_EQ(code_of(keep_one(own_, id, site_at(village, "新名"))), ProblemCode::stale);
  EXPECT_EQ(keep_one(station_, id, site_at(village, "新名"), "\"v1\"")->site.version, 2);
  EXPECT_EQ(code_of(keep_one(own_, id, site_at(village, "旧名"), "\"v1\"")), ProblemCode::stale);
}

TEST_P(SitesTest, AreWrittenForOnesOwnPlacesOnlyAndReadByThoseWhoMay) {
  const auto id = new_id();
  ASSERT_TRUE(keep_one(station_, id, site_at(other_village)));
  EXPECT_EQ(code_of(keep_one(own_, new_id(), site_at(other_village))), ProblemCode::forbidden);
  EXPECT_EQ(code_of(keep_one(own_, id, site_at(village), "\"v1\"")), ProblemCode::forbidden);
  EXPECT_EQ(code_of(keep_one(station_, new_id(), site_at(town))), ProblemCode::unknown_choice);
  EXPECT_EQ(code_of(keep_one(station_, new_id(), site_at("none"))), ProblemCode::unknown_choice);
  EXPECT_EQ(code_of(remove(own_, id)), ProblemCode::not_found);
  EXPECT_EQ(code_of(remove(person(Role::district, "500118"), id)), ProblemCode::not_found);
  EXPECT_EQ(code_of(list(own_, other_village)), ProblemCode::not_found);
  EXPECT_EQ(code_of(list(person(Role::auditor, town), town)), ProblemCode::not_found);
  EXPECT_THAT(names(own_, town), ElementsAre());
}

TEST_P(SitesTest, AreGoneForGoodOnceRemoved) {
  const auto id = new_id();
  ASSERT_TRUE(keep_one(own_, id, site_at(village)));
  EXPECT_EQ(code_of(remove(own_, id, "\"v7\"")), ProblemCode::stale);
  ASSERT_TRUE(remove(own_, id, "\"v1\""));
  EXPECT_EQ(code_of(remove(own_, id)), ProblemCode::gone);
  EXPECT_EQ(code_of(keep_one(own_, id, site_at(village), "\"v2\"")), ProblemCode::gone);
  EXPECT_THAT(names(own_, village), ElementsAre());
  const auto counts = database().read_now([](Snapshot& snapshot) { return count_sites(snapshot, PlaceId(town)); });
  EXPECT_TRUE(counts.empty());
}

TEST_P(SitesTest, AreCountedByPlaceAndKind) {
  ASSERT_TRUE(keep_one(own_, new_id(), site_at(village, "一")));
  ASSERT_TRUE(keep_one(own_, new_id(), site_at(village, "二")));
  SiteChange hall = site_at(village, "体验馆");
  hall.kind = SiteKind::experience_hall;
  ASSERT_TRUE(keep_one(own_, new_id(), hall));
  const auto counts = database().read_now([](Snapshot& snapshot) { return count_sites(snapshot, PlaceId(town)); });
  ASSERT_EQ(counts.size(), 2U);
  EXPECT_EQ(counts[0].kind, SiteKind::education_site);
  EXPECT_EQ(counts[0].sites, 2);
  EXPECT_EQ(counts[1].sites, 1);
}

TEST_P(SitesTest, OwnTheirPicturesUntilTheyLetThemGo) {
  const auto id = new_id();
  const auto photo = Id<Photo>::random(randomness());
  SiteChange change = site_at(village);
  change.photos = {claim_of(photo)};
  ASSERT_TRUE(keep_one(own_, id, change));
  const SiteOwners owners(clock());
  const auto seen_by = [&](const people::Actor& actor) {
    return database().read_now([&](Snapshot& snapshot) {
      return std::pair(owners.describe(snapshot, actor, std::vector{id.uuid()}).size(),
                       owners.may_write(snapshot, actor, id.uuid()));
    });
  };
  EXPECT_EQ(seen_by(own_), std::pair(std::size_t{1}, true));
  EXPECT_EQ(seen_by(person(Role::village, other_village)), std::pair(std::size_t{0}, false));
  EXPECT_EQ(seen_by(person(Role::district, "500118")), std::pair(std::size_t{0}, false));
  EXPECT_EQ(code_of(keep_one(station_, new_id(),
                             [&] {
                               SiteChange other = site_at(other_village);
                               other.photos = {claim_of(photo)};
                               return other;
                             }())),
            ProblemCode::conflict);
  ASSERT_TRUE(keep_one(own_, id, site_at(village), "\"v1\""));
  const auto found = database().read_now([&](Snapshot& snapshot) { return photos::find(snapshot, photo); });
  EXPECT_FALSE(found && found->owner);
}

struct Bad {
  const char* what;
  void (*spoil)(SiteChange&);
  const char* field;
  ProblemCode code;
};

TEST(Sites, refuse_what_is_wrong_naming_the_field) {
  const Date today = parse_date("2023-10-26").value();
  const Bad table[] = {
      {"no name", [](SiteChange& site) { site.name = ""; }, "name", ProblemCode::required},
      {"a long name", [](SiteChange& site) { site.name = std::string(61, 'x'); }, "name", ProblemCode::too_long},
      {"a long address", [](SiteChange& site) { site.address = std::string(121, 'x'); }, "address", ProblemCode::too_long},
      {"seen tomorrow", [](SiteChange& site) { site.confirmed_on = parse_date("2023-10-27").value(); }, "confirmed_on",
       ProblemCode::out_of_range},
      {"seen before the century", [](SiteChange& site) { site.confirmed_on = parse_date("1999-12-31").value(); }, "confirmed_on",
       ProblemCode::out_of_range},
      {"four pictures", [](SiteChange& site) { site.photos.resize(4, claim_of(Id<Photo>())); }, "photos", ProblemCode::too_many},
      {"a picture twice", [](SiteChange& site) { site.photos.resize(2, claim_of(Id<Photo>())); }, "photos[1].id",
       ProblemCode::duplicate},
      {"an empty picture",
       [](SiteChange& site) {
         site.photos = {claim_of(Id<Photo>())};
         site.photos[0].bytes = 0;
       },
       "photos[0].bytes", ProblemCode::out_of_range},
      {"a hash that is none",
       [](SiteChange& site) {
         site.photos = {claim_of(Id<Photo>())};
         site.photos[0].sha256 = "xyz";
       },
       "photos[0].sha256", ProblemCode::invalid},
  };
  for (const Bad& bad : table) {
    SiteChange change = site_at(village);
    bad.spoil(change);
    const auto checked = check(change, today);
    ASSERT_FALSE(checked) << bad.what;
    const Problem problem = checked.error();
    EXPECT_EQ(problem.faults().front().field, bad.field) << bad.what;
    EXPECT_EQ(problem.faults().front().code, bad.code) << bad.what;
  }
  SiteChange good = site_at(village);
  good.confirmed_on = today;
  EXPECT_TRUE(check(good, today));
}

TEST_P(SitesTest, AreNotAddedToAPlaceThatEndedButKeptUpWhereTheyStand) {
  const auto id = new_id();
  const auto kept = keep_one(own_, id, site_at(village));
  ASSERT_TRUE(kept);
  EXPECT_TRUE(database().write_now([&](Transaction& transaction) -> Result<> {
    const Date yesterday = plus_days(china_date(clock().now()), -1);
    places::write_ending(transaction, PlaceId(village), places::Ending{yesterday, PlaceId(other_village), "并村"});
    return {};
  }));
  EXPECT_EQ(code_of(keep_one(own_, new_id(), site_at(village))), ProblemCode::place_merged);
  const auto renamed = keep_one(own_, id, site_at(village, "老村委会宣传点"), etag_of(kept->site));
  ASSERT_TRUE(renamed);
  EXPECT_TRUE(keep_one(station_, id, site_at(other_village), etag_of(renamed->site)));
}

}  // namespace
}  // namespace wujin::sites
