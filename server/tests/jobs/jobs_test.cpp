#include <gmock/gmock.h>
#include <sched.h>

#include <latch>

#include "database/engines.h"
#include "jobs/workers.h"

namespace wujin::jobs {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class JobsTest : public test::StoreTest {
 protected:
  JobsTest() : StoreTest({migrations()}) {}

  std::unique_ptr<Workers> workers(WorkerOptions options = {}) {
    auto made = std::make_unique<Workers>(database(), queue_, clock(), randomness(), options, [this](std::string_view line) {
      const std::lock_guard lock(mutex_);
      log_ += line;
    });
    made->on("note", [this](const Job& job) -> Result<> {
      const std::lock_guard lock(mutex_);
      done_.push_back(job.payload);
      return {};
    });
    return made;
  }
  void add(NewJob job) {
    database()
        .write_now([&](Transaction& transaction) -> Result<> {
          queue_.enqueue(transaction, job);
          return {};
        })
        .value();
  }
  void add_note(const std::string& payload) { add({.kind = "note", .payload = payload}); }
  Figures counted() { return database().read_now(figures); }
  std::vector<std::string> done() {
    const std::lock_guard lock(mutex_);
    return done_;
  }

  Queue queue_{clock()};
  std::mutex mutex_;
  std::vector<std::string> done_;
  std::string log_;
};
WUJIN_ON_BOTH_ENGINES(JobsTest);

TEST_P(JobsTest, does_each_job_once_in_the_order_enqueued) {
  for (const char* payload : {"a", "b", "c"}) add_note(payload);
  EXPECT_EQ(workers()->run_due(), 3);
  EXPECT_THAT(done(), ElementsAre("a", "b", "c"));
  EXPECT_EQ(workers()->run_due(), 0);
  EXPECT_EQ(counted().waiting, 0);
}

TEST_P(JobsTest, leaves_a_kind_to_workers_of_its_own) {
  add_note("a");
  add({.kind = "mail", .payload = "m"});
  EXPECT_EQ(workers({.kinds = {.but_not = "note"}})->run_due(), 1);  // the mail, which nobody here handles
  EXPECT_THAT(done(), IsEmpty());
  EXPECT_EQ(workers({.kinds = {.only = "note"}})->run_due(), 1);
  EXPECT_THAT(done(), ElementsAre("a"));
}

TEST_P(JobsTest, does_the_urgent_first_and_the_idle_last) {
  add({.kind = "note", .payload = "idle", .urgency = Urgency::idle});
  add_note("normal");
  add({.kind = "note", .payload = "soon", .urgency = Urgency::soon});
  workers()->run_due();
  EXPECT_THAT(done(), ElementsAre("soon", "normal", "idle"));
}

TEST_P(JobsTest, does_nothing_of_a_write_that_was_rolled_back) {
  const auto refused = database().write_now([&](Transaction& transaction) -> Result<> {
    queue_.enqueue(transaction, {.kind = "note", .payload = "never"});
    return Problem(ProblemCode::conflict);
  });
  EXPECT_FALSE(refused.has_value());
  EXPECT_EQ(workers()->run_due(), 0);
}

TEST_P(JobsTest, waits_until_a_job_is_due) {
  add({.kind = "note", .payload = "later", .delay = std::chrono::minutes(10)});
  const auto crew = workers();
  EXPECT_EQ(crew->run_due(), 0);
  clock().advance(std::chrono::minutes(10));
  EXPECT_EQ(crew->run_due(), 1);
}

TEST_P(JobsTest, adds_nothing_while_one_of_the_same_key_waits) {
  add({.kind = "note", .payload = "first", .key = "report"});
  add({.kind = "note", .payload = "second", .key = "report"});
  add({.kind = "note", .payload = "other", .key = "another report"});
  add({.kind = "elsewhere", .payload = "same key of another kind", .key = "report"});
  EXPECT_EQ(counted().waiting, 3);
  workers()->run_due();
  EXPECT_THAT(done(), ElementsAre("first", "other"));
}

TEST_P(JobsTest, brings_forward_what_a_clock_that_was_ahead_asked_for) {
  add({.kind = "note", .payload = "first", .key = "report", .delay = std::chrono::hours(24 * 365)});
  EXPECT_EQ(workers()->run_due(), 0);
  add({.kind = "note", .payload = "second", .key = "report"});
  add({.kind = "note", .payload = "third", .key = "report", .delay = std::chrono::hours(1)});
  EXPECT_EQ(counted().waiting, 1);
  workers()->run_due();
  EXPECT_THAT(done(), ElementsAre("first"));
}

TEST_P(JobsTest, does_at_once_what_was_asked_for_before_the_clock_was_set_back) {
  add_note("asked for by the wrong clock");
  clock().advance(-std::chrono::hours(8));
  add_note("asked for by the right one");
  workers()->run_due();
  EXPECT_THAT(done(), ElementsAre("asked for by the wrong clock", "asked for by the right one"));
}

TEST_P(JobsTest, adds_one_of_the_same_key_while_the_first_is_running) {
  const auto crew = workers();
  int runs = 0;
  crew->on("refresh", [&](const Job&) -> Result<> {
    if (++runs == 1) add({.kind = "refresh", .payload = "changed meanwhile", .key = "report"});
    return {};
  });
  add({.kind = "refresh", .payload = "first", .key = "report"});
  EXPECT_EQ(crew->run_due(), 2);
}

TEST_P(JobsTest, leaves_the_work_of_a_failed_job_to_one_of_the_same_key_that_waits) {
  const auto crew = workers();
  crew->on("refresh", [&](const Job& job) -> Result<> {
    if (job.payload != "first") return {};
    add({.kind = "refresh", .payload = "second", .key = "report"});
    return Problem(ProblemCode::busy);
  });
  add({.kind = "refresh", .payload = "first", .key = "report"});
  EXPECT_EQ(crew->run_due(), 2);
  EXPECT_EQ(counted().waiting, 0);
}

TEST_P(JobsTest, tries_again_later_and_later_and_gives_up_at_last) {
  const auto crew = workers({.backoff = std::chrono::seconds(2)});
  std::vector<int> attempts;
  crew->on("fails", [&](const Job& job) -> Result<> {
    attempts.push_back(job.attempt);
    if (job.attempt == 2) throw std::runtime_error("no such picture");
    return Problem(ProblemCode::busy).because("the disk is slow");
  });
  add({.kind = "fails", .payload = "x", .attempts = 3});
  EXPECT_EQ(crew->run_due(), 1);
  clock().advance(std::chrono::seconds(1));
  EXPECT_EQ(crew->run_due(), 0);
  clock().advance(std::chrono::seconds(1));
  EXPECT_EQ(crew->run_due(), 1);
  clock().advance(std::chrono::seconds(4));
  EXPECT_EQ(crew->run_due(), 1);
  clock().advance(std::chrono::hours(24));
  EXPECT_EQ(crew->run_due(), 0);
  EXPECT_THAT(attempts, ElementsAre(1, 2, 3));
  EXPECT_EQ(counted().given_up, 1);
  const auto abandoned = database().read_now([](Snapshot& snapshot) { return given_up(snapshot, 10); });
  ASSERT_EQ(abandoned.size(), 1u);
  EXPECT_EQ(abandoned[0].payload, "x");
  EXPECT_EQ(abandoned[0].cause, "the disk is slow");
}

TEST_P(JobsTest, keeps_other_jobs_going_when_nobody_handles_a_kind) {
  add({.kind = "unheard of", .payload = "?"});
  add_note("known");
  workers()->run_due();
  EXPECT_THAT(done(), ElementsAre("known"));
  EXPECT_EQ(counted().waiting, 1);
}

// A worker that crashed is one whose handler never came back.
TEST_P(JobsTest, lets_another_do_the_job_of_a_worker_that_crashed) {
  add_note("a");
  const auto crashed = workers();
  const auto successor = workers();
  bool first = true;
  crashed->on("crash", [&](const Job&) -> Result<> { return {}; });
  const auto crash = workers();
  crash->on("nested", [&](const Job&) -> Result<> {
    // While this runs it stands for a process that is gone: its claim is not given back.
    if (std::exchange(first, false)) {
      EXPECT_EQ(successor->run_due(), 1) << "only the other job is anybody's";
      clock().advance(std::chrono::minutes(5));
      successor->on("nested", [&](const Job& job) -> Result<> {
        EXPECT_EQ(job.attempt, 2);
        const std::lock_guard lock(mutex_);
        done_.push_back("nested");
        return {};
      });
      EXPECT_EQ(successor->run_due(), 1);
    }
    return {};
  });
  add({.kind = "nested", .payload = "b", .urgency = Urgency::soon});
  crash->run_due();
  EXPECT_THAT(done(), ElementsAre("a", "nested"));
  EXPECT_EQ(counted().waiting + counted().running, 0);
}

TEST_P(JobsTest, is_woken_by_a_commit_and_stops_after_the_job_under_way) {
  std::latch begun(1), may_end(1);
  const auto crew = workers({.threads = 2, .patience = std::chrono::hours(1)});
  crew->on("long", [&](const Job&) -> Result<> {
    begun.count_down();
    may_end.wait();
    return {};
  });
  crew->start();
  add({.kind = "long", .payload = "x"});
  begun.wait();
  std::thread stopping([&] { crew->stop(); });
  may_end.count_down();
  stopping.join();
  EXPECT_EQ(counted().running, 0);
  EXPECT_EQ(counted().waiting, 0);
}

TEST_P(JobsTest, works_when_nobody_else_wants_the_processor) {
  int policy = SCHED_OTHER;
  std::latch looked(1);
  const auto crew = workers();
  crew->on("look", [&](const Job&) -> Result<> {
    policy = sched_getscheduler(0);
    looked.count_down();
    return {};
  });
  add({.kind = "look"});
  crew->start();
  looked.wait();
  EXPECT_EQ(policy, SCHED_IDLE);
}

TEST_P(JobsTest, shares_the_work_between_threads_and_does_each_job_once) {
  const auto crew = workers({.threads = 3, .patience = std::chrono::milliseconds(50)});
  std::latch all_done(30);
  crew->on("count", [&](const Job& job) -> Result<> {
    {
      const std::lock_guard lock(mutex_);
      done_.push_back(job.payload);
    }
    all_done.count_down();
    return {};
  });
  crew->start();
  for (int i = 0; i < 30; ++i) add({.kind = "count", .payload = std::to_string(i)});
  all_done.wait();
  crew->stop();
  const auto finished = done();
  EXPECT_EQ(finished.size(), 30u);
  EXPECT_EQ(std::set<std::string>(finished.begin(), finished.end()).size(), 30u);
  EXPECT_EQ(counted().waiting + counted().running, 0);
}

TEST_P(JobsTest, has_helpers_do_their_kind_alone_while_another_takes_long) {
  const auto crew = workers({.threads = 1, .helpers = 1, .helped = {.only = "draw"}, .patience = std::chrono::milliseconds(50)});
  std::latch begun(1), may_end(1), drawn(2);
  crew->on("long", [&](const Job&) -> Result<> {
    begun.count_down();
    may_end.wait();
    return {};
  });
  crew->on("draw", [&](const Job&) -> Result<> {
    drawn.count_down();
    return {};
  });
  add({.kind = "long", .payload = "x"});
  crew->start();
  begun.wait();
  add_note("a");
  for (int i = 0; i < 2; ++i) add({.kind = "draw", .payload = std::to_string(i)});
  drawn.wait();
  EXPECT_THAT(done(), IsEmpty());
  may_end.count_down();
  crew->stop();
}

TEST(JobsOnSqlite, takes_up_at_once_what_a_crash_left_claimed) {
  test::Engine engine(Dialect::sqlite, {migrations()});
  ManualClock clock(Instant(std::chrono::hours(1)));
  SeededRandomness randomness(7);
  Queue queue(clock);
  engine.database().write_now([&](Transaction& transaction) -> Result<> {
    queue.enqueue(transaction, {.kind = "x", .payload = "left"});
    transaction.execute("UPDATE jobs SET claimed_by = 'gone', claimed_until = 99999999999999");
    return {};
  });
  std::latch done(1);
  Workers workers(engine.database(), queue, clock, randomness, {}, [](std::string_view) {});
  workers.on("x", [&](const Job&) -> Result<> {
    done.count_down();
    return {};
  });
  workers.start();
  done.wait();
  workers.stop();
}

}  // namespace
}  // namespace wujin::jobs
