#include "audit/trail.h"

#include <gmock/gmock.h>

#include <latch>

#include "audit/sealer.h"
#include "database/engines.h"

namespace wujin::audit {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class TrailTest : public test::StoreTest {
 protected:
  TrailTest() : StoreTest({migrations()}) {}

  Entry entry(std::string verb, std::string town = "440100") {
    Entry made;
    made.at = clock().now();
    made.town = std::move(town);
    made.account = Uuid::random(randomness());
    made.verb = std::move(verb);
    made.kind = "activity";
    made.record = "r1";
    made.place = "440100001";
    made.before = R"({"title":"旧"})";
    made.after = R"({"title":"新"})";
    made.request_id = "q1";
    return made;
  }
  void write(const std::string& verb, const std::string& town = "440100") { write(entry(verb, town)); }
  void write(const Entry& made) {
    run([&](Transaction& transaction) { record(transaction, made); });
  }
  void run(const std::function<void(Transaction&)>& body) {
    database()
        .write_now([&](Transaction& transaction) -> Result<> {
          body(transaction);
          return {};
        })
        .value();
  }
  // As an earlier version of the program left entries on SQLite too.
  void write_unsealed(const std::string& verb) {
    run_sql(
        "INSERT INTO audit_entries (at, town, verb, kind, record, place, before_json, after_json, outcome, problem, "
        "request_id) VALUES (1, '440100', '" +
        verb + "', 'activity', 'r1', '', '', '', 'done', '', 'q1')");
  }
  // How many of `count` entries wait for the sealer: SQLite links as it writes.
  std::int64_t waiting(std::int64_t count) const { return GetParam() == Dialect::sqlite ? 0 : count; }
  void run_sql(const std::string& sql) {
    run([&](Transaction& transaction) { transaction.execute(sql); });
  }
  std::vector<std::string> verbs(const Filter& filter = {}, std::optional<std::int64_t> below = {}, int limit = 100) {
    std::vector<std::string> found;
    for (const ListedEntry& listed :
         database().read_now([&](Snapshot& snapshot) { return list(snapshot, filter, below, limit); }))
      found.push_back(listed.entry.verb);
    return found;
  }
  Verification verification() { return database().read_now(verify); }
};
WUJIN_ON_BOTH_ENGINES(TrailTest);

TEST_P(TrailTest, gives_back_every_word_of_an_entry) {
  Entry refused = entry("sign_in");
  refused.account.reset();
  refused.outcome = Outcome::refused;
  refused.problem = "wrong_login";
  write(refused);
  const auto listed = database().read_now([](Snapshot& snapshot) { return list(snapshot, {}, {}, 10); });
  ASSERT_EQ(listed.size(), 1u);
  const Entry& found = listed[0].entry;
  EXPECT_EQ(found.at, refused.at);
  EXPECT_EQ(found.town, refused.town);
  EXPECT_EQ(found.account, std::nullopt);
  EXPECT_EQ(found.outcome, Outcome::refused);
  EXPECT_EQ(found.problem, "wrong_login");
  EXPECT_EQ(found.before, refused.before);
  EXPECT_EQ(found.after, refused.after);
  EXPECT_EQ(found.request_id, "q1");
}

TEST_P(TrailTest, knows_whoever_acts_without_an_account_as_nobody) {
  Entry filed = entry("hand_in");
  filed.account = Uuid();
  write(filed);
  const auto listed = database().read_now([](Snapshot& snapshot) { return list(snapshot, {}, {}, 10); });
  EXPECT_EQ(listed.at(0).entry.account, std::nullopt);
  seal(database());
  EXPECT_THAT(verification().findings, IsEmpty());
}

TEST_P(TrailTest, lists_the_newest_first_page_by_page_and_by_what_is_asked_for) {
  for (const char* verb : {"one", "two", "three"}) write(verb);
  write("elsewhere", "440200");
  EXPECT_THAT(verbs(), ElementsAre("elsewhere", "three", "two", "one"));
  EXPECT_THAT(verbs({.town = "440100"}, {}, 2), ElementsAre("three", "two"));
  const auto last = database().read_now([](Snapshot& snapshot) { return list(snapshot, {.town = "440100"}, {}, 2); }).back();
  EXPECT_THAT(verbs({.town = "440100"}, last.number, 2), ElementsAre("one"));
  EXPECT_THAT(verbs({.verb = "two", .kind = "activity", .record = "r1", .place = "440100001"}), ElementsAre("two"));
  EXPECT_THAT(verbs({.from = clock().now(), .until = clock().now()}), IsEmpty());
}

TEST_P(TrailTest, leaves_no_trace_of_a_write_that_was_rolled_back) {
  const auto refused = database().write_now([&](Transaction& transaction) -> Result<> {
    record(transaction, entry("never"));
    return Problem(ProblemCode::conflict);
  });
  EXPECT_FALSE(refused.has_value());
  EXPECT_THAT(verbs(), IsEmpty());
}

TEST_P(TrailTest, links_each_towns_entries_into_its_own_chain) {
  write("one");
  write("two");
  write("elsewhere", "440200");
  EXPECT_EQ(verification().unsealed, waiting(3));
  EXPECT_EQ(seal(database()), waiting(3));
  EXPECT_EQ(seal(database()), 0);
  write("three");
  EXPECT_EQ(seal(database()), waiting(1));
  const Verification seen = verification();
  EXPECT_EQ(seen.sealed, 4);
  EXPECT_EQ(seen.unsealed, 0);
  EXPECT_THAT(seen.findings, IsEmpty());
  const auto ends = database().read_now(heads);
  ASSERT_EQ(ends.size(), 2u);
  EXPECT_EQ(ends[0].position, 3);
  EXPECT_EQ(ends[1].position, 1);
}

TEST_P(TrailTest, accepts_a_tail_that_is_not_sealed_yet) {
  write("one");
  seal(database());
  write_unsealed("two");
  const Verification seen = verification();
  EXPECT_EQ(seen.unsealed, 1);
  EXPECT_THAT(seen.findings, IsEmpty());
}

TEST_P(TrailTest, goes_on_with_a_chain_that_an_earlier_version_left_unsealed) {
  write_unsealed("one");
  write("two");
  EXPECT_EQ(seal(database()), 1 + waiting(1));
  write("three");
  seal(database());
  const Verification seen = verification();
  EXPECT_EQ(seen.sealed, 3);
  EXPECT_THAT(seen.findings, IsEmpty());
}

TEST_P(TrailTest, keeps_its_chain_through_a_write_that_was_rolled_back) {
  write("one");
  const auto refused = database().write_now([&](Transaction& transaction) -> Result<> {
    record(transaction, entry("never"));
    return Problem(ProblemCode::conflict);
  });
  EXPECT_FALSE(refused.has_value());
  write("two");
  seal(database());
  const Verification seen = verification();
  EXPECT_EQ(seen.sealed, 2);
  EXPECT_THAT(seen.findings, IsEmpty());
}

TEST_P(TrailTest, seals_more_than_one_batch) {
  run([&](Transaction& transaction) {
    for (int i = 0; i < 1201; ++i) record(transaction, entry("many"));
  });
  EXPECT_EQ(seal(database()), waiting(1201));
  EXPECT_THAT(verification().findings, IsEmpty());
}

TEST_P(TrailTest, refuses_every_edit_and_deletion) {
  write("one");
  const auto refuses_all = [&] {
    for (const char* sql : {"DELETE FROM audit_entries", "UPDATE audit_entries SET verb = 'other'",
                            "UPDATE audit_entries SET at = 0", "UPDATE audit_entries SET position = NULL, digest = NULL"})
      EXPECT_ANY_THROW(run_sql(sql)) << sql;
  };
  refuses_all();
  seal(database());
  refuses_all();
  for (const char* sql :
       {"UPDATE audit_entries SET position = 9", "UPDATE audit_entries SET digest = 'x'", "DELETE FROM audit_heads",
        "UPDATE audit_heads SET digest = 'x'", "UPDATE audit_heads SET position = 0"})
    EXPECT_ANY_THROW(run_sql(sql)) << sql;
  EXPECT_THAT(verification().findings, IsEmpty());
}

// What somebody with the database in hand could do: the guards are taken off first.
Result<> tamper(Transaction& transaction, const char* sql) {
  const bool lite = transaction.dialect() == Dialect::sqlite;
  for (const char* guard : {"audit_entries_stay", "audit_entries_are_sealed_once", "audit_entries_keep_their_words"})
    transaction.run_script(std::string("DROP TRIGGER ") + guard + (lite ? ";" : " ON audit_entries;"));
  transaction.run_script(sql);
  return {};
}

TEST_P(TrailTest, finds_whatever_was_done_to_the_chain_behind_its_back) {
  const std::vector<std::pair<const char*, const char*>> tamperings = {
      {"an edit", "UPDATE audit_entries SET after_json = '{}' WHERE position = 2;"},
      {"an edit of who", "UPDATE audit_entries SET account = NULL WHERE position = 2;"},
      {"an edit of when", "UPDATE audit_entries SET at = at + 1 WHERE position = 2;"},
      {"a move to another town", "UPDATE audit_entries SET town = 'x' WHERE position = 2;"},
      {"a deletion", "DELETE FROM audit_entries WHERE position = 2;"},
      {"a deletion of the first", "DELETE FROM audit_entries WHERE position = 1;"},
      {"a deletion of the last", "DELETE FROM audit_entries WHERE position = 4;"},
      {"a deletion of all", "DELETE FROM audit_entries;"},
      {"an exchange",
       "UPDATE audit_entries SET position = 99 WHERE position = 2; UPDATE audit_entries SET position = 2 WHERE position = 3; "
       "UPDATE "
       "audit_entries SET position = 3 WHERE position = 99;"},
      {"an exchange with digests",
       "UPDATE audit_entries SET verb = CASE WHEN position = 2 THEN 'three' ELSE 'two' END WHERE position IN (2, 3);"},
      {"an insertion",
       "UPDATE audit_entries SET position = 5 WHERE position = 4; INSERT INTO audit_entries (at, town, verb, kind, record, "
       "place, before_json, "
       "after_json, outcome, problem, request_id, position, digest) SELECT at, town, verb, kind, record, place, before_json, "
       "after_json, "
       "outcome, problem, request_id, 4, digest FROM audit_entries WHERE position = 3;"}};
  for (const auto& [what, sql] : tamperings) {
    test::Engine fresh(GetParam(), {migrations()});
    fresh.database()
        .write_now([&](Transaction& transaction) -> Result<> {
          for (const char* verb : {"one", "two", "three", "four"}) record(transaction, entry(verb));
          return {};
        })
        .value();
    seal(fresh.database());
    const auto tampered = [&](Transaction& transaction) { return tamper(transaction, sql); };
    fresh.database().write_now(tampered).value();
    EXPECT_THAT(fresh.database().read_now(verify).findings, testing::Not(IsEmpty())) << what;
  }
}

TEST_P(TrailTest, seals_on_its_own_thread_within_a_while) {
  write("one");
  std::string failures;
  {
    const Sealer sealer(database(), [&](std::string_view failure) { failures += failure; });
    while (verification().unsealed > 0) std::this_thread::yield();
  }
  EXPECT_EQ(failures, "");
  EXPECT_THAT(verification().findings, IsEmpty());
}

// A number handed out first may be committed last; the chain follows the commits.
TEST(TrailOnPostgres, links_in_commit_order_what_commits_out_of_order) {
  test::Engine engine(Dialect::postgres, {migrations()});
  Database& database = engine.database();
  const auto add = [](Transaction& transaction, std::string verb) {
    Entry entry;
    entry.town = "440100";
    entry.verb = std::move(verb);
    record(transaction, entry);
  };
  std::latch slow_has_written(1), quick_is_sealed(1);
  std::thread slow([&] {
    database
        .write_now([&](Transaction& transaction) -> Result<> {
          add(transaction, "slow");
          test::perform_what_is_posted(transaction);
          slow_has_written.count_down();
          quick_is_sealed.wait();
          return {};
        })
        .value();
  });
  slow_has_written.wait();
  database
      .write_now([&](Transaction& transaction) -> Result<> {
        add(transaction, "quick");
        return {};
      })
      .value();
  EXPECT_EQ(seal(database), 1);
  quick_is_sealed.count_down();
  slow.join();
  EXPECT_EQ(seal(database), 1);
  EXPECT_THAT(database.read_now(verify).findings, IsEmpty());
  const auto listed = database.read_now([](Snapshot& snapshot) { return list(snapshot, {}, {}, 10); });
  EXPECT_EQ(listed[0].entry.verb, "quick");
  EXPECT_EQ(listed[0].position, 1);
  EXPECT_EQ(listed[1].position, 2);
}

}  // namespace
}  // namespace wujin::audit
