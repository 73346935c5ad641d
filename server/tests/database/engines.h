#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/clock.h"
#include "base/randomness.h"
#include "database/database.h"
#include "database/migrate.h"

namespace wujin::test {

using Rooms = std::vector<std::span<const Migration>>;

// A directory of its own under the system's temporary directory, gone afterwards.
class TemporaryDirectory {
 public:
  TemporaryDirectory();
  ~TemporaryDirectory();
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// A fresh, migrated database of one engine, dropped afterwards. PostgreSQL is started once a program and stopped at its end.
class Engine {
 public:
  Engine(Dialect dialect, const Rooms& rooms);
  ~Engine();
  Database& database() { return *database_; }
  // What open_database takes, for a second connection or a restart.
  const std::string& where() const { return where_; }
  // Closes and opens again, as a restart of the server does.
  void reopen();

 private:
  TemporaryDirectory directory_;
  std::string postgres_name_;  // empty on SQLite
  std::string where_;
  std::unique_ptr<Database> database_;
};

// What the transaction executed so far was performed, not only posted, when it returns.
inline void perform_what_is_posted(Transaction& transaction) {
  transaction.each("SELECT 1", {}, [](const Row&) {});
}

// Every store test runs on both engines:
//   class ActivityStoreTest : public wujin::test::StoreTest {
//    protected:
//     ActivityStoreTest() : StoreTest({audit::migrations(), changes::migrations(), activities::migrations()}) {}
//   };
//   WUJIN_ON_BOTH_ENGINES(ActivityStoreTest);
//   TEST_P(ActivityStoreTest, lists_the_newest_first) { database().write_now(…); }
class StoreTest : public testing::TestWithParam<Dialect> {
 protected:
  explicit StoreTest(const Rooms& rooms);

  Database& database() { return engine_.database(); }
  Engine& engine() { return engine_; }
  ManualClock& clock() { return clock_; }  // stands at 2023-10-26 09:00 China time
  SeededRandomness& randomness() { return randomness_; }

 private:
  Engine engine_;
  ManualClock clock_;
  SeededRandomness randomness_{20231026};
};

std::string engine_name(const testing::TestParamInfo<Dialect>& parameter);

}  // namespace wujin::test

#define WUJIN_ON_BOTH_ENGINES(suite)                                                                              \
  INSTANTIATE_TEST_SUITE_P(engines, suite, testing::Values(::wujin::Dialect::sqlite, ::wujin::Dialect::postgres), \
                           ::wujin::test::engine_name)
