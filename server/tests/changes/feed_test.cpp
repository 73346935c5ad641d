#include "changes/feed.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <latch>

#include "database/engines.h"

namespace wujin::changes {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> ids(const Page& page) {
  std::vector<std::string> found;
  for (const Change& change : page.items) found.push_back((change.deleted ? "-" : "") + change.id);
  return found;
}

// A phone that follows the feed.
class Follower {
 public:
  Follower(Database& database, Filter filter) : database_(database), filter_(std::move(filter)) {}

  Page ask(int limit = 100) {
    Page page = database_.read_now([&](Snapshot& snapshot) {
      return since(snapshot, cursor_ ? std::optional<std::string_view>(*cursor_) : std::nullopt, filter_, limit);
    });
    cursor_ = page.cursor;
    return page;
  }
  void hold(std::optional<std::string> cursor) { cursor_ = std::move(cursor); }
  Filter& filter() { return filter_; }

 private:
  Database& database_;
  Filter filter_;
  std::optional<std::string> cursor_;
};

const Filter whole_town{{{"t1", ""}}, {}, {}, "1"};

class FeedTest : public test::StoreTest {
 protected:
  FeedTest() : StoreTest({migrations()}) { open(); }

  void open() {
    run([&](Transaction& transaction) { open_epoch(transaction, randomness()); });
  }
  void run(const std::function<void(Transaction&)>& body) {
    database()
        .write_now([&](Transaction& transaction) -> Result<> {
          body(transaction);
          return {};
        })
        .value();
  }
  void note(const std::string& id, const std::string& place = "p1", const std::string& town = "t1", bool deleted = false,
            const std::string& campaign = "c1") {
    run([&](Transaction& transaction) { record(transaction, {town, campaign, place, "activity", id, deleted}, clock().now()); });
  }
  Follower follower(Filter filter = whole_town) {
    Follower made(database(), std::move(filter));
    EXPECT_TRUE(made.ask().reset);
    return made;
  }
};
WUJIN_ON_BOTH_ENGINES(FeedTest);

TEST_P(FeedTest, begins_with_a_reset_and_then_tells_only_what_is_new) {
  note("before");
  Follower phone = follower();
  EXPECT_THAT(ids(phone.ask()), IsEmpty());
  note("a");
  note("b");
  EXPECT_THAT(ids(phone.ask()), ElementsAre("a", "b"));
  EXPECT_THAT(ids(phone.ask()), IsEmpty());
}

TEST_P(FeedTest, tells_a_record_once_at_its_newest_place) {
  Follower phone = follower();
  note("a");
  note("b");
  note("a");
  EXPECT_THAT(ids(phone.ask()), ElementsAre("b", "a"));
  note("a", "p1", "t1", true);
  EXPECT_THAT(ids(phone.ask()), ElementsAre("-a"));
}

TEST_P(FeedTest, goes_page_by_page_without_a_gap) {
  Follower phone = follower();
  for (const char* id : {"a", "b", "c"}) note(id);
  const Page first = phone.ask(2);
  EXPECT_TRUE(first.more);
  EXPECT_THAT(ids(first), ElementsAre("a", "b"));
  note("d");
  const Page second = phone.ask(2);
  EXPECT_FALSE(second.more);
  EXPECT_THAT(ids(second), ElementsAre("c", "d"));
  EXPECT_THAT(ids(phone.ask(2)), IsEmpty());
}

TEST_P(FeedTest, tells_only_what_the_caller_may_see) {
  Follower town = follower();
  Follower village = follower({{{"t1", "p1"}}, {}, {}, "1"});
  Follower two_villages = follower({{{"t1", "p1"}, {"t1", "p2"}}, {}, {}, "1"});
  Follower everything = follower({{{"", ""}}, {}, {}, "1"});
  Follower nobody = follower({{}, {}, {}, "1"});
  note("mine", "p1");
  note("next", "p2");
  note("third", "p3");
  note("whole town", "");
  note("other town", "p9", "t2");
  note("everybody", "", "");
  EXPECT_THAT(ids(town.ask()), ElementsAre("mine", "next", "third", "whole town", "everybody"));
  EXPECT_THAT(ids(village.ask()), ElementsAre("mine", "whole town", "everybody"));
  EXPECT_THAT(ids(two_villages.ask()), ElementsAre("mine", "next", "whole town", "everybody"));
  EXPECT_THAT(ids(everything.ask()), ElementsAre("mine", "next", "third", "whole town", "other town", "everybody"));
  EXPECT_THAT(ids(nobody.ask()), ElementsAre("everybody"));
}

TEST_P(FeedTest, narrows_to_a_campaign_and_a_place) {
  Follower narrow = follower({{{"t1", ""}}, "c1", "p1", "1"});
  note("mine");
  note("other campaign", "p1", "t1", false, "c2");
  note("standing", "p1", "t1", false, "");
  note("other place", "p2");
  EXPECT_THAT(ids(narrow.ask()), ElementsAre("mine", "standing"));
}

TEST_P(FeedTest, goes_page_by_page_through_the_places_of_a_few) {
  Follower few = follower({{{"t1", "p1"}, {"t1", "p2"}, {"t2", "p9"}}, "c1", {}, "1"});
  note("a", "p2");
  note("not theirs", "p3");
  note("b", "p1");
  note("other campaign", "p1", "t1", false, "c2");
  note("c", "");
  note("d", "p9", "t2");
  note("e", "p2");
  EXPECT_THAT(ids(few.ask(2)), ElementsAre("a", "b"));
  EXPECT_THAT(ids(few.ask(2)), ElementsAre("c", "d"));
  EXPECT_THAT(ids(few.ask(2)), ElementsAre("e"));
}

TEST_P(FeedTest, tells_one_who_answers_for_very_many_places_the_same) {
  Filter filter{{}, {}, {}, "1"};
  for (int number = 0; number < 200; ++number) filter.scopes.push_back({"t1", fmt::format("p{}", number)});
  Follower many = follower(filter);
  filter.place = "p150";
  Follower one_of_them = follower(filter);
  note("a", "p199");
  note("not theirs", "p200");
  note("b", "p150");
  EXPECT_THAT(ids(many.ask()), ElementsAre("a", "b"));
  EXPECT_THAT(ids(one_of_them.ask()), ElementsAre("b"));
}

TEST_P(FeedTest, tells_a_record_that_moved_as_gone_from_its_old_place) {
  note("a", "p1");
  Follower old_place = follower({{{"t1", "p1"}}, {}, {}, "1"});
  Follower new_place = follower({{{"t1", "p2"}}, {}, {}, "1"});
  run([&](Transaction& transaction) {
    record(transaction, {"t1", "c1", "p1", "activity", "a", true}, clock().now());
    record(transaction, {"t1", "c1", "p2", "activity", "a", false}, clock().now());
  });
  EXPECT_THAT(ids(old_place.ask()), ElementsAre("-a"));
  EXPECT_THAT(ids(new_place.ask()), ElementsAre("a"));
}

TEST_P(FeedTest, resets_on_a_cursor_it_cannot_read) {
  Follower phone = follower();
  for (const char* cursor : {"", ".", "...", "x", "a.b.c.d", "a.b.1.2.3", "a.b.-1.2", "a.b.99999999999999999999.1", "\xFF\x00"}) {
    phone.hold(cursor);
    EXPECT_TRUE(phone.ask().reset) << cursor;
  }
}

TEST_P(FeedTest, resets_when_the_callers_rights_changed) {
  Follower phone = follower();
  note("a");
  phone.filter().rights = "2";
  EXPECT_TRUE(phone.ask().reset);
  EXPECT_FALSE(phone.ask().reset);
}

TEST_P(FeedTest, resets_when_the_folder_was_restored) {
  Follower phone = follower();
  run([&](Transaction& transaction) { renew_epoch(transaction, randomness()); });
  EXPECT_TRUE(phone.ask().reset);
}

TEST_P(FeedTest, keeps_its_epoch_over_a_restart) {
  Follower phone = follower();
  note("a");
  open();
  const Page page = phone.ask();
  EXPECT_FALSE(page.reset);
  EXPECT_THAT(ids(page), ElementsAre("a"));
}

TEST_P(FeedTest, resets_only_those_who_missed_a_pruned_deletion) {
  note("a");
  Follower away = follower();
  note("a", "p1", "t1", true);
  Follower present = follower();
  clock().advance(std::chrono::hours(24 * 90));
  note("b");
  run([&](Transaction& transaction) { EXPECT_EQ(prune(transaction, clock().now() - std::chrono::hours(24)), 1); });
  EXPECT_TRUE(away.ask().reset);
  const Page page = present.ask();
  EXPECT_FALSE(page.reset);
  EXPECT_THAT(ids(page), ElementsAre("b"));
  EXPECT_FALSE(present.ask().reset);
}

// The newest entry pruned must not lend its place to the next change.
TEST_P(FeedTest, tells_a_change_after_everything_was_pruned) {
  note("a", "p1", "t1", true);
  Follower phone = follower();
  clock().advance(std::chrono::hours(1));
  run([&](Transaction& transaction) { prune(transaction, clock().now()); });
  EXPECT_FALSE(phone.ask().reset);
  note("b");
  EXPECT_THAT(ids(phone.ask()), ElementsAre("b"));
}

TEST_P(FeedTest, says_when_it_was_never_opened) {
  test::Engine fresh(GetParam(), {migrations()});
  EXPECT_THROW(fresh.database().read_now([](Snapshot& snapshot) { return since(snapshot, {}, {}, 1); }), std::logic_error);
}

TEST_P(FeedTest, skips_nothing_while_many_write) {
  Follower phone = follower();
  std::atomic<int> writing = 4;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&, thread] {
      for (int i = 0; i < 25; ++i) note(fmt::format("{}-{}", thread, i));
      --writing;
    });
  }
  std::vector<std::string> seen;
  while (true) {
    const bool last = writing == 0;
    const Page page = phone.ask(7);
    EXPECT_FALSE(page.reset);
    for (const auto& id : ids(page)) seen.push_back(id);
    if (last && !page.more) break;
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(seen.size(), 100u);
  EXPECT_EQ(std::set<std::string>(seen.begin(), seen.end()).size(), 100u);
}

class FeedOnPostgres : public testing::Test {
 protected:
  FeedOnPostgres() {
    database_.write_now([&](Transaction& transaction) -> Result<> {
      open_epoch(transaction, randomness_);
      return {};
    });
  }
  static void note(Transaction& transaction, const std::string& id) {
    record(transaction, {"t1", "c1", "p1", "activity", id, false}, Instant());
  }
  void note_now(const std::string& id) {
    database_
        .write_now([&](Transaction& transaction) -> Result<> {
          note(transaction, id);
          return {};
        })
        .value();
  }

  SeededRandomness randomness_{1};
  test::Engine engine_{Dialect::postgres, {migrations()}};
  Database& database_ = engine_.database();
};

TEST_F(FeedOnPostgres, holds_back_what_committed_beside_a_transaction_still_running) {
  Follower phone(database_, whole_town);
  phone.ask();
  std::latch slow_has_written(1), slow_may_end(1);
  std::thread slow([&] {
    database_
        .write_now([&](Transaction& transaction) -> Result<> {
          note(transaction, "slow");
          test::perform_what_is_posted(transaction);
          slow_has_written.count_down();
          slow_may_end.wait();
          return {};
        })
        .value();
  });
  slow_has_written.wait();
  note_now("quick");
  EXPECT_THAT(ids(phone.ask()), IsEmpty());
  slow_may_end.count_down();
  slow.join();
  EXPECT_THAT(ids(phone.ask()), testing::UnorderedElementsAre("slow", "quick"));
  EXPECT_THAT(ids(phone.ask()), IsEmpty());
}

// The older transaction notes its change later and commits first: its place in the feed is after that of the younger one, which
// is still running. A cursor of places alone would pass the younger one over.
TEST_F(FeedOnPostgres, skips_nothing_when_places_and_transactions_are_in_opposite_order) {
  Follower phone(database_, whole_town);
  phone.ask();
  std::latch old_has_begun(1), young_has_noted(1), young_may_end(1);
  std::thread old([&] {
    database_
        .write_now([&](Transaction& transaction) -> Result<> {
          transaction.each("SELECT pg_current_xact_id()::text", {}, [](const Row&) {});
          old_has_begun.count_down();
          young_has_noted.wait();
          note(transaction, "old");
          return {};
        })
        .value();
  });
  old_has_begun.wait();
  std::thread young([&] {
    database_
        .write_now([&](Transaction& transaction) -> Result<> {
          note(transaction, "young");
          test::perform_what_is_posted(transaction);
          young_has_noted.count_down();
          young_may_end.wait();
          return {};
        })
        .value();
  });
  old.join();
  EXPECT_THAT(ids(phone.ask()), ElementsAre("old"));
  young_may_end.count_down();
  young.join();
  EXPECT_THAT(ids(phone.ask()), ElementsAre("young"));
}

TEST_F(FeedOnPostgres, begins_anew_in_a_cluster_that_counts_its_transactions_from_a_lower_number) {
  Follower phone(database_, whole_town);
  phone.ask();
  note_now("a");
  database_.write_now([&](Transaction& transaction) -> Result<> {
    transaction.execute("UPDATE change_entries SET transaction_number = 9000000000");
    open_epoch(transaction, randomness_);
    return {};
  });
  EXPECT_TRUE(phone.ask().reset);
  note_now("b");
  EXPECT_THAT(ids(phone.ask()), ElementsAre("b"));
}

}  // namespace
}  // namespace wujin::changes
