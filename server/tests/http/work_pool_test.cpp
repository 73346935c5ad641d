#include "http/work_pool.h"

#include <future>

#include <gtest/gtest.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

namespace wujin::http {
namespace {

// Runs one coroutine to its end on a loop of its own.
template <class T>
T run_alone(Task<T> task) {
  boost::asio::io_context loop;
  auto future = boost::asio::co_spawn(loop, std::move(task), boost::asio::use_future);
  loop.run();
  return future.get();
}

Task<std::thread::id> where_it_resumes(WorkPool& pool, std::thread::id& worked_on) {
  auto work = [&] { worked_on = std::this_thread::get_id(); };
  const auto done = co_await pool.run(work);
  EXPECT_TRUE(done.has_value());
  co_return std::this_thread::get_id();
}

TEST(WorkPool, works_on_its_own_thread_and_resumes_on_the_callers) {
  WorkPool pool(1, 4);
  std::thread::id worked_on;
  EXPECT_EQ(run_alone(where_it_resumes(pool, worked_on)), std::this_thread::get_id());
  EXPECT_NE(worked_on, std::this_thread::get_id());
}

Task<Result<int>> answer_of(WorkPool& pool, Result<int> answer) {
  auto work = [&answer] { return answer; };
  co_return co_await pool.run(work);
}

TEST(WorkPool, passes_on_values_and_problems) {
  WorkPool pool(1, 4);
  EXPECT_EQ(run_alone(answer_of(pool, 7)).value(), 7);
  EXPECT_EQ(run_alone(answer_of(pool, Problem(ProblemCode::forbidden))).error().code(), ProblemCode::forbidden);
}

Task<Result<int>> thrown(WorkPool& pool) {
  auto work = []() -> int { throw std::runtime_error("broken"); };
  co_return co_await pool.run(work);
}

TEST(WorkPool, passes_on_exceptions) {
  WorkPool pool(1, 4);
  EXPECT_THROW(run_alone(thrown(pool)), std::runtime_error);
}

TEST(WorkPool, answers_busy_when_too_much_waits) {
  WorkPool pool(1, 1);
  std::promise<void> started;
  std::promise<void> release;
  const auto gate = release.get_future().share();
  auto hold = [&]() -> Task<bool> {
    auto work = [&] {
      started.set_value();
      gate.wait();
    };
    co_return (co_await pool.run(work)).has_value();
  };
  auto queued = [&]() -> Task<bool> {
    auto work = [] {};
    const auto answer = co_await pool.run(work);
    EXPECT_TRUE(answer || answer.error().code() == ProblemCode::busy);
    co_return answer.has_value();
  };
  auto worker = std::async(std::launch::async, [&] { return run_alone(hold()); });
  started.get_future().wait();  // the only thread is taken

  boost::asio::io_context loop;
  auto waits = boost::asio::co_spawn(loop, queued(), boost::asio::use_future);
  auto refused = boost::asio::co_spawn(loop, queued(), boost::asio::use_future);
  loop.run_one();
  loop.run_one();
  release.set_value();
  loop.run();
  EXPECT_TRUE(waits.get());
  EXPECT_FALSE(refused.get());
  EXPECT_TRUE(worker.get());
}

}  // namespace
}  // namespace wujin::http
