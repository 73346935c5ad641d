#include <gmock/gmock.h>

#include <latch>

#include "database/engines.h"
#include "database/notes.h"
#include "database/postgres/postgres_database.h"

namespace wujin {
namespace {

class PostgresTest : public testing::Test {
 protected:
  test::Engine engine_{Dialect::postgres, {test::notes_steps}};
  Database& database_ = engine_.database();
};

// Both read the count before either writes: one must lose and be run again.
TEST_F(PostgresTest, runs_a_write_that_lost_a_conflict_again) {
  std::latch both_have_read(2);
  std::atomic<int> runs = 0;
  const auto add_the_next = [&] {
    bool first_run = true;
    database_
        .write_now([&](Transaction& transaction) -> Result<> {
          ++runs;
          const auto count = transaction.first("SELECT count(*) FROM notes", {}, [](const Row& row) { return row.integer(0); });
          if (std::exchange(first_run, false)) both_have_read.arrive_and_wait();
          test::add_note(transaction, *count, "note");
          return {};
        })
        .value();
  };
  std::thread other(add_the_next);
  add_the_next();
  other.join();
  EXPECT_GE(runs, 3);
  EXPECT_EQ(database_.read_now(test::notes).size(), 2u);
}

// All of them want the same record, and take their time between reading and writing it.
TEST_F(PostgresTest, loses_no_write_however_many_meet_on_one_record) {
  constexpr int writers = 12, writes = 20;
  const auto add_the_next = [&] {
    for (int i = 0; i < writes; ++i) {
      const auto added = database_.write_now([&](Transaction& transaction) -> Result<> {
        const auto count = transaction.first("SELECT count(*) FROM notes", {}, [](const Row& row) { return row.integer(0); });
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
        test::add_note(transaction, *count, "note");
        return {};
      });
      EXPECT_TRUE(added);
    }
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < writers; ++i) threads.emplace_back(add_the_next);
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(database_.read_now(test::notes).size(), static_cast<std::size_t>(writers * writes));
}

TEST_F(PostgresTest, tells_a_failed_statement_at_the_next_question) {
  bool went_on = false;
  EXPECT_THROW(database_.write_now([&](Transaction& transaction) -> Result<> {
    test::add_note(transaction, 1, "one");
    test::add_note(transaction, 1, "again");
    test::notes(transaction);
    went_on = true;
    return {};
  }),
               ConstraintViolation);
  EXPECT_FALSE(went_on);
  EXPECT_TRUE(database_.read_now(test::notes).empty());
}

TEST_F(PostgresTest, refuses_to_commit_a_write_that_swallowed_a_failed_statement) {
  EXPECT_THROW(database_.write_now([](Transaction& transaction) -> Result<> {
    test::add_note(transaction, 1, "one");
    try {
      test::add_note(transaction, 1, "again");
      test::notes(transaction);
    } catch (const ConstraintViolation&) {
    }
    return {};
  }),
               std::runtime_error);
  EXPECT_TRUE(database_.read_now(test::notes).empty());
}

// More than the connection and both ends buffer, before anything is asked.
TEST_F(PostgresTest, writes_as_much_as_it_likes_before_it_asks) {
  constexpr int many = 20'000;
  const std::string text(1000, 'x');
  database_
      .write_now([&](Transaction& transaction) -> Result<> {
        for (int i = 0; i < many; ++i) test::add_note(transaction, i, text);
        return {};
      })
      .value();
  EXPECT_EQ(database_.read_now(test::notes).size(), static_cast<std::size_t>(many));
}

TEST_F(PostgresTest, comes_back_after_its_connections_were_cut) {
  const auto cut = [&] {
    database_.write_now([](Transaction& transaction) -> Result<> {
      transaction.each("SELECT pg_terminate_backend(pid)::int FROM pg_stat_activity WHERE datname = current_database()", {},
                       [](const Row&) {});
      return {};
    });
  };
  EXPECT_ANY_THROW(cut());
  EXPECT_TRUE(database_.read_now(test::notes).empty());
}

TEST_F(PostgresTest, tells_a_wrong_address_at_once) {
  EXPECT_THROW(open_postgres("postgresql://nobody@/nowhere?host=/nonexistent"), std::runtime_error);
}

}  // namespace
}  // namespace wujin
