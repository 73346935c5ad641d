#include "app/forgetting.h"

#include <gtest/gtest.h>

#include "changes/feed.h"
#include "database/engines.h"
#include "replays/replays.h"

namespace wujin::app {
namespace {

class ForgettingTest : public test::StoreTest {
 protected:
  ForgettingTest() : StoreTest({changes::migrations(), jobs::migrations(), replays::migrations()}) {
    write([&](Transaction& transaction) { changes::open_epoch(transaction, randomness()); });
    add_forgetting(workers_, queue_, database(), clock());
  }

  template <class F>
  void write(F body) {
    ASSERT_TRUE(database().write_now([&](Transaction& transaction) -> Result<> {
      body(transaction);
      return {};
    }));
  }
  void days_go_by(int days) {
    for (int day = 0; day < days; ++day) {
      clock().advance(std::chrono::hours(24));
      EXPECT_EQ(workers_.run_due(), 1) << "once a day";
    }
  }

  // Answers how often the work behind this one key was done.
  int ask_once_more() {
    replays::Attempt attempt;
    attempt.account = account_;
    attempt.key = "kthe-same-key";
    attempt.digest = "the same request";
    attempt.subject = "activity/one";
    write([&](Transaction& transaction) {
      const auto answer = replays::once(transaction, attempt, clock().now(), [&]() -> Result<http::Response> {
        ++done_;
        return http::Response::empty();
      });
      EXPECT_TRUE(answer);
    });
    return done_;
  }

  void note(const std::string& id, bool deleted) {
    write([&](Transaction& transaction) {
      changes::record(transaction, {"t1", "c1", "p1", "activity", id, deleted}, clock().now());
    });
  }
  changes::Page follow(std::string& cursor) {
    const changes::Filter filter{{{"t1", ""}}, std::nullopt, std::nullopt, ""};
    const auto page = database().read_now([&](Snapshot& snapshot) { return changes::since(snapshot, cursor, filter, 10); });
    cursor = page.cursor;
    return page;
  }

  jobs::Queue queue_{clock()};
  jobs::Workers workers_{database(), queue_, clock(), randomness(), {}, [](std::string_view what) { FAIL() << what; }};
  const Uuid account_ = Uuid::random(randomness());
  int done_ = 0;
};
WUJIN_ON_BOTH_ENGINES(ForgettingTest);

TEST_P(ForgettingTest, keeps_an_answer_for_phones_that_were_away_and_lets_it_go_in_the_end) {
  EXPECT_EQ(ask_once_more(), 1);
  days_go_by(60);
  EXPECT_EQ(ask_once_more(), 1);
  days_go_by(1);
  EXPECT_EQ(ask_once_more(), 2);
}

TEST_P(ForgettingTest, lets_a_phone_that_was_away_for_weeks_go_on_and_resets_one_away_for_a_season) {
  note("a", false);
  std::string away, later;
  follow(away);
  note("a", true);
  later = away;
  days_go_by(90);
  EXPECT_FALSE(follow(later).reset) << "the deletion is still told";
  days_go_by(1);
  EXPECT_TRUE(follow(away).reset);
}

TEST_P(ForgettingTest, waits_once_however_often_the_server_starts) {
  jobs::Workers started_again(database(), queue_, clock(), randomness(), {}, [](std::string_view what) { FAIL() << what; });
  add_forgetting(started_again, queue_, database(), clock());
  days_go_by(2);
}

}  // namespace
}  // namespace wujin::app
