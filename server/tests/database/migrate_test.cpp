#include "database/migrate.h"

#include <gmock/gmock.h>

#include "database/engines.h"

namespace wujin {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

class MigrateTest : public test::StoreTest {
 protected:
  MigrateTest() : StoreTest({}) {}

  void run(std::vector<std::vector<Migration>> rooms) {
    std::vector<std::span<const Migration>> spans(rooms.begin(), rooms.end());
    migrate(database(), spans);
  }
  std::vector<std::string> names() {
    return database().read_now([](Snapshot& snapshot) {
      std::vector<std::string> found;
      snapshot.each("SELECT name FROM villages ORDER BY name", {}, [&](const Row& row) { found.push_back(row.string(0)); });
      return found;
    });
  }

  const Migration first{"places", "0001_villages", std::nullopt,
                        "CREATE TABLE villages (code TEXT PRIMARY KEY);\nINSERT INTO villages VALUES ('a;b'), ('c');\n"};
  const Migration second{
      "places", "0002_names", std::nullopt,
      "ALTER TABLE villages ADD COLUMN name TEXT NOT NULL DEFAULT '';\nUPDATE villages SET name = 'village ' || code;\n"};
};
WUJIN_ON_BOTH_ENGINES(MigrateTest);

TEST_P(MigrateTest, carries_rows_from_one_step_to_the_next) {
  run({{first}});
  run({{first, second}});
  EXPECT_THAT(names(), testing::ElementsAre("village a;b", "village c"));
}

TEST_P(MigrateTest, runs_steps_in_the_order_of_their_names_and_each_once) {
  run({{second, first}});
  run({{second, first}});
  EXPECT_THAT(names(), testing::ElementsAre("village a;b", "village c"));
}

TEST_P(MigrateTest, runs_rooms_in_the_order_given) {
  const Migration later{"plans", "0001_plans", std::nullopt,
                        "CREATE TABLE plans (village TEXT NOT NULL REFERENCES villages (code));\n"};
  run({{first}, {later}});
  run({{first}, {later}});
}

TEST_P(MigrateTest, takes_only_the_text_of_its_own_engine) {
  const Migration lite{"places", "0002_names", Dialect::sqlite, "ALTER TABLE villages ADD COLUMN name TEXT DEFAULT 'sqlite';\n"};
  const Migration postgres{"places", "0002_names", Dialect::postgres,
                           "ALTER TABLE villages ADD COLUMN name TEXT DEFAULT 'postgres';\n"};
  run({{first, lite, postgres}});
  EXPECT_EQ(names().front(), GetParam() == Dialect::sqlite ? "sqlite" : "postgres");
}

TEST_P(MigrateTest, refuses_a_step_that_changed_after_it_ran) {
  run({{first}});
  Migration changed = first;
  changed.sql = "CREATE TABLE villages (code TEXT);\n";
  EXPECT_THAT([&] { run({{changed}}); }, ThrowsMessage<std::runtime_error>(HasSubstr("places/0001_villages has changed")));
}

TEST_P(MigrateTest, refuses_a_database_of_a_newer_program) {
  run({{first, second}});
  EXPECT_THAT([&] { run({{first}}); }, ThrowsMessage<std::runtime_error>(HasSubstr("places/0002_names")));
}

TEST_P(MigrateTest, keeps_nothing_of_a_step_that_fails_halfway) {
  const Migration broken{"places", "0002_broken", std::nullopt,
                         "CREATE TABLE half (a BIGINT);\nINSERT INTO nowhere VALUES (1);\n"};
  EXPECT_THROW(run({{first, broken}}), std::runtime_error);
  const Migration mended{"places", "0002_broken", std::nullopt, "CREATE TABLE half (a BIGINT);\n"};
  run({{first, mended}});
}

TEST_P(MigrateTest, runs_triggers_whose_text_holds_semicolons) {
  const Migration lite{"places", "0002_guard", Dialect::sqlite,
                       "CREATE TRIGGER guard BEFORE DELETE ON villages BEGIN\n  SELECT RAISE(ABORT, 'kept; for ever');\nEND;\n"};
  const Migration postgres{
      "places", "0002_guard", Dialect::postgres,
      "CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$\nBEGIN\n  RAISE EXCEPTION 'kept; for ever';\nEND;\n$$;\n"
      "CREATE TRIGGER guard BEFORE DELETE ON villages FOR EACH ROW EXECUTE FUNCTION keep();\n"};
  run({{first, lite, postgres}});
  EXPECT_ANY_THROW(database().write_now([](Transaction& transaction) -> Result<> {
    transaction.execute("DELETE FROM villages");
    return {};
  }));
}

}  // namespace
}  // namespace wujin
