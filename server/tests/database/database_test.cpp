#include "database/database.h"

#include <gmock/gmock.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include "database/engines.h"
#include "database/like.h"
#include "database/notes.h"
#include "database/placeholders.h"
#include "database/together.h"

namespace wujin {
namespace {

using test::add_note;
using test::notes;
using test::write_together;
using testing::ElementsAre;
using testing::IsEmpty;

class DatabaseTest : public test::StoreTest {
 protected:
  DatabaseTest() : StoreTest({test::notes_steps}) {}

  void write(std::int64_t number, std::string_view text) {
    database()
        .write_now([&](Transaction& transaction) -> Result<> {
          add_note(transaction, number, text);
          return {};
        })
        .value();
  }
  std::vector<std::string> all() { return database().read_now(notes); }
};
WUJIN_ON_BOTH_ENGINES(DatabaseTest);

TEST_P(DatabaseTest, gives_every_kind_of_value_back_as_it_was_stored) {
  const Uuid uuid = Uuid::random(randomness());
  const std::string bytes("\0\xFFx", 3);
  database()
      .write_now([&](Transaction& transaction) -> Result<> {
        transaction.run_script(
            "CREATE TABLE kinds (a BIGINT, b DOUBLE PRECISION, c TEXT, d BYTEA, e BYTEA, f BIGINT, g TEXT, h TEXT, i BIGINT, j "
            "TEXT, k "
            "BYTEA);");
        const Value::Blob blob(reinterpret_cast<const std::byte*>(bytes.data()), bytes.size());
        transaction.execute(
            "INSERT INTO kinds VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            {std::int64_t{-9'007'199'254'740'993}, 0.1, "宝峰镇'; --", blob, uuid, clock().now(), china_date(clock().now()),
             month_of(china_date(clock().now())), true, std::optional<std::string>(), Value::Blob()});
        return {};
      })
      .value();
  const auto seen = database().read_now([&](Snapshot& snapshot) {
    return snapshot.first("SELECT a, b, c, d, e, f, g, h, i, j, k FROM kinds", {}, [&](const Row& row) {
      EXPECT_EQ(row.integer(0), -9'007'199'254'740'993);
      EXPECT_EQ(row.real(1), 0.1);
      EXPECT_EQ(row.text(2), "宝峰镇'; --");
      EXPECT_EQ(std::string(reinterpret_cast<const char*>(row.bytes(3).data()), row.bytes(3).size()), bytes);
      EXPECT_EQ(row.uuid(4), uuid);
      EXPECT_EQ(row.instant(5), clock().now());
      EXPECT_EQ(to_string(row.date(6)), "2023-10-26");
      EXPECT_EQ(to_string(row.month(7)), "2023-10");
      EXPECT_TRUE(row.boolean(8));
      EXPECT_TRUE(row.is_null(9));
      EXPECT_EQ(row.maybe(9, &Row::string), std::nullopt);
      EXPECT_FALSE(row.is_null(10));
      EXPECT_TRUE(row.bytes(10).empty());
      return true;
    });
  });
  EXPECT_TRUE(seen.has_value());
}

TEST_P(DatabaseTest, reads_counts_and_sums_as_integers) {
  write(1, "one");
  write(2, "two");
  const auto figures = database().read_now([](Snapshot& snapshot) {
    return snapshot.first("SELECT count(*), sum(number), max(number) FROM notes", {}, [](const Row& row) {
      return std::vector{row.integer(0), row.integer(1), row.integer(2)};
    });
  });
  EXPECT_THAT(*figures, ElementsAre(2, 3, 2));
}

TEST_P(DatabaseTest, refuses_to_read_a_column_as_what_it_is_not) {
  write(1, "one");
  const auto reading = [&](auto read) {
    return [this, read] {
      database().read_now([&](Snapshot& snapshot) {
        snapshot.each("SELECT number, text, NULL FROM notes", {}, [&](const Row& row) { read(row); });
        return true;
      });
    };
  };
  EXPECT_THROW(reading([](const Row& row) { return row.string(0); })(), std::logic_error);
  EXPECT_THROW(reading([](const Row& row) { return row.string(1).size() + static_cast<std::size_t>(row.integer(1)); })(),
               std::logic_error);
  EXPECT_THROW(reading([](const Row& row) { return row.string(2); })(), std::logic_error);
  EXPECT_THROW(reading([](const Row& row) { return row.string(3); })(), std::logic_error);
}

TEST_P(DatabaseTest, binds_parameters_by_their_number_however_they_are_ordered) {
  const auto text = database().read_now([](Snapshot& snapshot) {
    return snapshot.first("SELECT $2 || $1 || $2", {"a", "b"}, [](const Row& row) { return row.string(0); });
  });
  EXPECT_EQ(text, "bab");
}

TEST_P(DatabaseTest, tells_how_many_rows_a_write_changed) {
  write(1, "one");
  write(2, "two");
  const auto changed = database().write_now([](Transaction& transaction) -> Result<std::vector<std::int64_t>> {
    std::vector<std::int64_t> counts;
    counts.push_back(transaction.execute_counted("UPDATE notes SET text = text || '!'"));
    counts.push_back(transaction.execute_counted("UPDATE notes SET text = '' WHERE number = $1", {99}));
    counts.push_back(transaction.execute_counted("INSERT INTO notes (number, text) VALUES (1, 'again') ON CONFLICT DO NOTHING"));
    counts.push_back(transaction.execute_counted("DELETE FROM notes WHERE number = $1", {2}));
    return counts;
  });
  EXPECT_THAT(changed.value(), ElementsAre(2, 0, 0, 1));
}

TEST_P(DatabaseTest, keeps_nothing_of_a_write_that_answers_a_problem) {
  const auto outcome = database().write_now([](Transaction& transaction) -> Result<> {
    add_note(transaction, 1, "one");
    return Problem(ProblemCode::conflict);
  });
  EXPECT_EQ(outcome.error().code(), ProblemCode::conflict);
  EXPECT_THAT(all(), IsEmpty());
}

TEST_P(DatabaseTest, keeps_nothing_of_a_write_that_throws_and_goes_on_afterwards) {
  EXPECT_THROW(database().write_now([](Transaction& transaction) -> Result<> {
    add_note(transaction, 1, "one");
    throw std::runtime_error("broken");
  }),
               std::runtime_error);
  write(2, "two");
  EXPECT_THAT(all(), ElementsAre("two"));
}

TEST_P(DatabaseTest, throws_when_a_constraint_fails) {
  write(1, "one");
  EXPECT_THROW(write(1, "again"), ConstraintViolation);
  EXPECT_THROW(database().write_now([](Transaction& transaction) -> Result<> {
    transaction.execute("INSERT INTO tags (note) VALUES (77)");
    return {};
  }),
               ConstraintViolation);
  EXPECT_THAT(all(), ElementsAre("one"));
}

TEST_P(DatabaseTest, throws_when_parameters_do_not_fit_the_statement) {
  EXPECT_ANY_THROW(database().read_now([](Snapshot& snapshot) {
    snapshot.each("SELECT text FROM notes WHERE number = $1", {}, [](const Row&) {});
    return true;
  }));
  EXPECT_ANY_THROW(database().read_now([](Snapshot& snapshot) {
    snapshot.each("SELECT nothing FROM nowhere", {}, [](const Row&) {});
    return true;
  }));
  EXPECT_THAT(all(), IsEmpty());
}

TEST_P(DatabaseTest, sees_one_state_throughout_a_read) {
  write(1, "one");
  database().read_now([&](Snapshot& snapshot) {
    EXPECT_THAT(notes(snapshot), ElementsAre("one"));
    write(2, "two");
    EXPECT_THAT(notes(snapshot), ElementsAre("one"));
    return true;
  });
  EXPECT_THAT(all(), ElementsAre("one", "two"));
}

TEST_P(DatabaseTest, refuses_to_write_in_a_read) {
  EXPECT_ANY_THROW(database().read_now([](Snapshot& snapshot) {
    snapshot.each("INSERT INTO notes (number, text) VALUES (1, 'one')", {}, [](const Row&) {});
    return true;
  }));
  EXPECT_THAT(all(), IsEmpty());
}

TEST_P(DatabaseTest, runs_one_statement_inside_the_rows_of_the_same_statement) {
  write(1, "one");
  write(2, "two");
  int rows = 0;
  database().read_now([&](Snapshot& snapshot) {
    snapshot.each("SELECT text FROM notes", {},
                  [&](const Row&) { snapshot.each("SELECT text FROM notes", {}, [&](const Row&) { ++rows; }); });
    return true;
  });
  EXPECT_EQ(rows, 4);
}

TEST_P(DatabaseTest, calls_hooks_only_after_a_commit_that_stands) {
  std::vector<std::string> called;
  const auto hooked = [&](const std::string& name, Result<> outcome) {
    return database().write_now([&](Transaction& transaction) -> Result<> {
      transaction.after_commit([&called, name, this] { called.push_back(name + " " + std::to_string(all().size())); });
      add_note(transaction, static_cast<std::int64_t>(called.size()), name);
      return outcome;
    });
  };
  EXPECT_TRUE(hooked("kept", {}).has_value());
  EXPECT_FALSE(hooked("refused", Problem(ProblemCode::conflict)).has_value());
  EXPECT_THAT(called, ElementsAre("kept 1"));
}

TEST_P(DatabaseTest, keeps_what_many_threads_write_at_once) {
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 8; ++thread) {
    threads.emplace_back([this, thread] {
      for (int i = 0; i < 20; ++i) write(thread * 100 + i, "note");
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(all().size(), 160u);
}

// Each reads the count and writes what it read: a lost update would show as a repeated or failed number.
TEST_P(DatabaseTest, lets_concurrent_writes_ask_first_and_write_after) {
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([this] {
      for (int i = 0; i < 5; ++i) {
        database()
            .write_now([](Transaction& transaction) -> Result<> {
              const auto count =
                  transaction.first("SELECT count(*) FROM notes", {}, [](const Row& row) { return row.integer(0); });
              add_note(transaction, *count, "note");
              return {};
            })
            .value();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(all().size(), 20u);
}

TEST_P(DatabaseTest, keeps_what_was_committed_when_it_is_opened_again) {
  write(1, "one");
  engine().reopen();
  EXPECT_THAT(all(), ElementsAre("one"));
}

Task<void> write_and_read(Database& database, std::vector<std::string>& seen, std::thread::id& resumed) {
  const auto outcome = co_await database.write([](Transaction& transaction) -> Result<int> {
    add_note(transaction, 1, "one");
    return 7;
  });
  resumed = std::this_thread::get_id();
  seen = co_await database.read(notes);
  seen.push_back(std::to_string(outcome.value()));
}

TEST_P(DatabaseTest, resumes_a_coroutine_on_its_own_loop_after_the_commit) {
  boost::asio::io_context loop;
  std::vector<std::string> seen;
  std::thread::id resumed;
  std::exception_ptr failure;
  boost::asio::co_spawn(loop, write_and_read(database(), seen, resumed), [&](std::exception_ptr thrown) { failure = thrown; });
  loop.run();
  EXPECT_FALSE(failure);
  EXPECT_EQ(resumed, std::this_thread::get_id());
  EXPECT_THAT(seen, ElementsAre("one", "7"));
}

Task<void> fail_in_a_write(Database& database) {
  co_await database.write([](Transaction& transaction) -> Result<> {
    add_note(transaction, 1, "one");
    add_note(transaction, 1, "again");
    return {};
  });
}

TEST_P(DatabaseTest, throws_into_the_waiting_coroutine) {
  boost::asio::io_context loop;
  std::exception_ptr failure;
  boost::asio::co_spawn(loop, fail_in_a_write(database()), [&](std::exception_ptr thrown) { failure = thrown; });
  loop.run();
  ASSERT_TRUE(failure);
  EXPECT_THROW(std::rethrow_exception(failure), ConstraintViolation);
}

TEST_P(DatabaseTest, undoes_only_the_writes_that_failed_among_those_of_one_commit) {
  const auto outcomes = write_together(database(), {[](Transaction& transaction) -> Result<> {
                                                      add_note(transaction, 1, "first");
                                                      return {};
                                                    },
                                                    [](Transaction& transaction) -> Result<> {
                                                      add_note(transaction, 2, "second");
                                                      return Problem(ProblemCode::conflict);
                                                    },
                                                    [](Transaction& transaction) -> Result<> {
                                                      add_note(transaction, 3, "third");
                                                      throw std::runtime_error("broken");
                                                    },
                                                    [](Transaction& transaction) -> Result<> {
                                                      add_note(transaction, 1, "the first number again");
                                                      return {};
                                                    },
                                                    [](Transaction& transaction) -> Result<> {
                                                      add_note(transaction, 4, "fourth");
                                                      return {};
                                                    }});
  EXPECT_THAT(outcomes, ElementsAre("kept", "refused", "threw", "threw", "kept"));
  EXPECT_THAT(all(), ElementsAre("first", "fourth"));
}

TEST_P(DatabaseTest, performs_each_write_once_when_those_that_are_refused_changed_nothing) {
  std::atomic<int> performed = 0;
  const auto outcomes =
      write_together(database(), {[&](Transaction& transaction) -> Result<> {
                                    ++performed;
                                    add_note(transaction, 1, "first");
                                    return {};
                                  },
                                  [&](Transaction& transaction) -> Result<> {
                                    ++performed;
                                    return notes(transaction).empty() ? Result<>() : Problem(ProblemCode::conflict);
                                  }});
  EXPECT_THAT(outcomes, ElementsAre("kept", "refused"));
  EXPECT_EQ(performed, 2);
}

TEST_P(DatabaseTest, calls_a_hook_once_though_its_write_was_performed_again) {
  std::atomic<int> called = 0;
  const auto outcomes = write_together(database(), {[&](Transaction& transaction) -> Result<> {
                                                      transaction.after_commit([&] { ++called; });
                                                      add_note(transaction, 1, "first");
                                                      return {};
                                                    },
                                                    [](Transaction& transaction) -> Result<> {
                                                      add_note(transaction, 2, "second");
                                                      return Problem(ProblemCode::conflict);
                                                    },
                                                    [](Transaction& transaction) -> Result<> {
                                                      transaction.run_script("CREATE TABLE half (a BIGINT)");
                                                      return Problem(ProblemCode::conflict);
                                                    }});
  EXPECT_THAT(outcomes, ElementsAre("kept", "refused", "refused"));
  EXPECT_EQ(called, 1);
  const auto made = database().write_now([](Transaction& transaction) -> Result<> {
    transaction.run_script("CREATE TABLE half (a BIGINT)");
    return {};
  });
  EXPECT_TRUE(made);
}

TEST_P(DatabaseTest, asks_for_as_many_at_once_as_there_are) {
  for (int number = 1; number <= 3; ++number) write(number, std::to_string(number));
  for (const std::size_t count : std::array<std::size_t, 4>{3, 200, 2000, 2001}) {
    const std::string sql = "SELECT text FROM notes WHERE number IN (" + placeholders(1, count) + ") ORDER BY number";
    std::vector<Value> numbers;
    for (std::size_t i = 1; i <= count; ++i) numbers.emplace_back(static_cast<std::int64_t>(i));
    std::vector<std::string> texts;
    database().read_now([&](Snapshot& snapshot) {
      snapshot.each(sql, numbers, [&](const Row& row) { texts.push_back(row.string(0)); });
      return 0;
    });
    EXPECT_THAT(texts, ElementsAre("1", "2", "3"));
  }
}

TEST_P(DatabaseTest, finds_words_as_they_were_typed) {
  write(1, "已整改100%");
  write(2, "已整改1000");
  write(3, R"(C:\temp_1)");
  write(4, R"(C:\tempA1)");
  const auto found = [&](std::string_view words) {
    const std::string pattern = like_anywhere(words);
    return database().read_now([&](Snapshot& snapshot) {
      std::vector<std::int64_t> numbers;
      snapshot.each(R"(SELECT number FROM notes WHERE text LIKE $1 ESCAPE '\' ORDER BY number)", {pattern},
                    [&](const Row& row) { numbers.push_back(row.integer(0)); });
      return numbers;
    });
  };
  EXPECT_THAT(found("100"), ElementsAre(1, 2));
  EXPECT_THAT(found("100%"), ElementsAre(1));
  EXPECT_THAT(found("temp_"), ElementsAre(3));
  EXPECT_THAT(found(R"(:\t)"), ElementsAre(3, 4));
  EXPECT_THAT(found(""), ElementsAre(1, 2, 3, 4));
}

}  // namespace
}  // namespace wujin
