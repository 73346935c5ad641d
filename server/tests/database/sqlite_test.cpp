#include <gmock/gmock.h>
#include <malloc.h>

#include "database/engines.h"
#include "database/notes.h"
#include "database/placeholders.h"
#include "database/sqlite/sqlite_database.h"
#include "database/together.h"

namespace wujin {
namespace {

using test::add_note;
using test::notes;
using test::write_together;
using testing::ElementsAre;

class SqliteTest : public testing::Test {
 protected:
  void open(SqliteOptions options = {}) {
    database_ = open_sqlite(directory_.path() / "notes.sqlite", options);
    const std::span<const Migration> rooms[] = {test::notes_steps};
    migrate(*database_, rooms);
  }

  test::TemporaryDirectory directory_;
  std::unique_ptr<Database> database_;
};

Result<> fill_the_disk(Transaction& transaction) {
  for (int i = 100; i < 100'000; ++i) add_note(transaction, i, std::string(3000, 'x'));
  return {};
}

TEST_F(SqliteTest, tells_a_full_disk_and_keeps_what_was_there) {
  open({.page_limit = 64});
  database_->write_now([](Transaction& transaction) -> Result<> {
    add_note(transaction, 1, "kept");
    return {};
  });
  EXPECT_THROW(database_->write_now(fill_the_disk), StorageFull);
  EXPECT_THAT(database_->read_now(notes), ElementsAre("kept"));
  database_->write_now([](Transaction& transaction) -> Result<> {
    add_note(transaction, 2, "small enough");
    return {};
  });
  EXPECT_THAT(database_->read_now(notes), ElementsAre("kept", "small enough"));
}

// Whatever a full disk takes along, nobody is told "kept" of a note that is not there.
TEST_F(SqliteTest, never_says_kept_of_a_write_that_a_full_disk_took_along) {
  open({.page_limit = 64});
  std::vector<test::Body> bodies;
  for (std::int64_t i = 0; i < 6; ++i) {
    if (i % 3 == 1) {
      bodies.emplace_back(fill_the_disk);
    } else {
      bodies.emplace_back([i](Transaction& transaction) -> Result<> {
        add_note(transaction, i, std::to_string(i));
        return {};
      });
    }
  }
  const auto outcomes = write_together(*database_, bodies);
  std::vector<std::string> kept;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    if (outcomes[i] == "kept") kept.push_back(std::to_string(i));
  }
  EXPECT_EQ(outcomes[1], "full");
  EXPECT_EQ(outcomes[4], "full");
  EXPECT_EQ(database_->read_now(notes), kept);
}

// SQLite rolls a whole transaction back on a full disk in some cases; this does the same from inside.
TEST_F(SqliteTest, fails_everybody_whose_work_the_engine_rolled_back_and_goes_on) {
  open();
  const auto outcomes = write_together(*database_, {[](Transaction& transaction) -> Result<> {
                                                      add_note(transaction, 1, "one");
                                                      return {};
                                                    },
                                                    [](Transaction& transaction) -> Result<> {
                                                      add_note(transaction, 2, "never kept");
                                                      return Problem(ProblemCode::conflict);
                                                    },
                                                    [](Transaction& transaction) -> Result<> {
                                                      transaction.run_script("ROLLBACK");
                                                      return {};
                                                    },
                                                    [](Transaction& transaction) -> Result<> {
                                                      add_note(transaction, 4, "four");
                                                      return {};
                                                    }});
  const auto kept = std::count(outcomes.begin(), outcomes.end(), "kept");
  EXPECT_EQ(static_cast<std::size_t>(kept), database_->read_now(notes).size());
  EXPECT_EQ(outcomes[1], "refused");
  EXPECT_EQ(outcomes[2], "full");
  database_->write_now([](Transaction& transaction) -> Result<> {
    add_note(transaction, 5, "five");
    return {};
  });
  EXPECT_THAT(database_->read_now(notes), testing::Contains("five"));
}

TEST_F(SqliteTest, refuses_a_write_that_waits_for_another_inside_a_write) {
  open();
  EXPECT_THROW(database_->write_now(
                   [&](Transaction&) -> Result<> { return database_->write_now([](Transaction&) -> Result<> { return {}; }); }),
               std::logic_error);
}

// A place's records grow by one, and each page of them is asked for with one id more.
TEST_F(SqliteTest, holds_no_more_however_many_texts_were_asked) {
  open();
  const auto ask = [&](std::size_t count) {
    const std::string sql = "SELECT text FROM notes WHERE number IN (" + placeholders(1, count) + ")";
    const std::vector<Value> numbers(count, Value(std::int64_t{7}));
    database_->read_now([&](Snapshot& snapshot) {
      snapshot.each(sql, numbers, [](const Row&) {});
      return 0;
    });
  };
  for (std::size_t count = 1; count <= 100; ++count) ask(count);
  const auto before = mallinfo2().uordblks;
  for (std::size_t count = 100; count < 4000; count += 10) ask(count);
  EXPECT_LT(mallinfo2().uordblks, before + 16 * 1024 * 1024);
}

TEST_F(SqliteTest, is_durable_and_checks_references) {
  open();
  const auto pragma = [&](const char* name) {
    return database_->write_now([&](Transaction& transaction) -> Result<std::int64_t> {
      return *transaction.first(std::string("SELECT * FROM pragma_") + name, {}, [](const Row& row) { return row.integer(0); });
    });
  };
  EXPECT_EQ(pragma("synchronous").value(), 2);
  EXPECT_EQ(pragma("foreign_keys").value(), 1);
}

TEST_F(SqliteTest, cannot_be_opened_where_there_is_no_folder) {
  EXPECT_THROW(open_sqlite(directory_.path() / "missing" / "notes.sqlite"), std::runtime_error);
}

}  // namespace
}  // namespace wujin
