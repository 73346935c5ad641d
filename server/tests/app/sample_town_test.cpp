#include "app/sample_town.h"

#include <gtest/gtest.h>
#include <spdlog/sinks/null_sink.h>

#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "app/application.h"
#include "app/sample_accounts.h"
#include "base/json.h"
#include "database/engines.h"

namespace wujin::app {
namespace {

// The whole town is made once for all tests: it takes as long as a start of `wujin demo`.
class SampleTown : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    directory_ = std::make_unique<test::TemporaryDirectory>();
    const auto made = make_sample_town(config(), log(), [](std::string_view) {});
    ASSERT_TRUE(made.has_value()) << made.error().cause();
  }
  static void TearDownTestSuite() { directory_.reset(); }

  static Config config() {
    Config config;
    config.data = directory_->path();
    config.campaigns = std::filesystem::path(WUJIN_SOURCE_DIR) / "campaigns";
    config.clock = parse_instant("2023-10-26T09:00:00+08:00").value();
    return config;
  }
  static spdlog::logger& log() {
    static spdlog::logger silent("test", std::make_shared<spdlog::sinks::null_sink_mt>());
    return silent;
  }
  static std::string accounts_text() {
    std::ifstream in(directory_->path() / "demo-accounts.json", std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  }
  static std::string answers(std::string_view sql) {
    ShiftedClock clock(*config().clock);
    SystemRandomness randomness;
    House house(config(), {clock, randomness, log()});
    return house.database().read_now([&](Snapshot& snapshot) {
      std::string lines;
      snapshot.each(sql, {}, [&](const Row& row) { lines += row.string(0) + "\n"; });
      return lines;
    });
  }
  static std::int64_t count(std::string_view sql) {
    ShiftedClock clock(*config().clock);
    SystemRandomness randomness;
    House house(config(), {clock, randomness, log()});
    return house.database().read_now(
        [&](Snapshot& snapshot) { return *snapshot.first(sql, {}, [](const Row& row) { return row.integer(0); }); });
  }

  static inline std::unique_ptr<test::TemporaryDirectory> directory_;
};

TEST_F(SampleTown, has_recorded_its_autumn_with_pictures_all_drawn) {
  EXPECT_GE(count("SELECT COUNT(*) FROM activities"), 140);
  EXPECT_LE(count("SELECT COUNT(*) FROM activities"), 170);
  EXPECT_GE(count("SELECT COUNT(*) FROM photos"), 380);
  EXPECT_EQ(count("SELECT COUNT(*) FROM photos WHERE received_at IS NULL"), 0);
  EXPECT_EQ(count("SELECT COUNT(*) FROM photo_renditions"), 2 * count("SELECT COUNT(*) FROM photos"));
}

TEST_F(SampleTown, lays_what_reflects_badly_on_the_invented_place_alone) {
  EXPECT_EQ(answers("SELECT DISTINCT place FROM handins WHERE on_time = 0 OR no_activity = 1 OR state = 'returned'"),
            "500118112205\n");
  EXPECT_EQ(answers("SELECT DISTINCT a.place FROM photo_likenesses l JOIN photos p ON p.id = l.photo "
                    "JOIN activities a ON a.id = p.owner"),
            "500118112205\n");
}

TEST_F(SampleTown, lets_every_role_in) {
  const auto accounts = decode_json<std::vector<SampleAccount>>(accounts_text());
  ASSERT_TRUE(accounts.has_value());
  std::set<std::string> roles, passwords;
  for (const auto& account : *accounts) {
    roles.insert(account.role);
    EXPECT_TRUE(passwords.insert(account.password).second) << "no two passwords are alike";
    EXPECT_NE(account.link.find("/demo#"), std::string::npos);
  }
  const std::set<std::string> all = {"system", "security", "auditor", "station", "district", "resident_leader", "village"};
  EXPECT_EQ(roles, all);
}

TEST_F(SampleTown, is_left_as_it_is_by_a_second_start) {
  const auto before = accounts_text();
  const auto entries = count("SELECT COUNT(*) FROM audit_entries");
  ASSERT_TRUE(make_sample_town(config(), log(), [](std::string_view) {}).has_value());
  EXPECT_EQ(accounts_text(), before);
  EXPECT_EQ(count("SELECT COUNT(*) FROM audit_entries"), entries);
}

}  // namespace
}  // namespace wujin::app
