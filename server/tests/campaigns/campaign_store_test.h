#pragma once

#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include "campaigns/campaigns_actions.h"
#include "campaigns/campaigns_store.h"
#include "campaigns/catalogue.h"
#include "database/engines.h"
#include "people/actor.h"

namespace wujin::test {

// A store in which the real notice is kept, with the places of its town.
class CampaignStoreTest : public StoreTest {
 protected:
  explicit CampaignStoreTest(const Rooms& rooms) : StoreTest(rooms) { keep("baofeng-2023"); }
  // On a day of its own.
  CampaignStoreTest(const Rooms& rooms, Instant at) : StoreTest(rooms) {
    clock().set(at);
    keep("baofeng-2023");
  }

  // Keeps one of the campaigns that come with the program.
  void keep(const std::string& id) {
    const auto loaded = campaigns::load_campaign(std::filesystem::path(WUJIN_SOURCE_DIR) / "campaigns" / id);
    EXPECT_TRUE(database().write_now([&](Transaction& transaction) {
      return campaigns::keep_campaign(transaction, catalogue_, {}, *loaded.bundle, {}, clock().now());
    }));
  }

  people::Actor person(people::Role role, const char* place) {
    people::Actor actor;
    actor.account = Id<people::Account>::random(randomness());
    actor.display_name = "某人";
    actor.grants = {{role, places::PlaceId(place)}};
    return actor;
  }

  campaigns::Catalogue catalogue_;
};

}  // namespace wujin::test
