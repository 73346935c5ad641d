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
  std::promise<void> release;
  WorkPool pool(1, 1);
  boost::asio::io_context loop;
  std::vector<ProblemCode> refused;
  int done = 0;
  const auto gate = release.get_future().share();
  auto one = [&]() -> Task<void> {
    auto work = [&] { gate.wait(); };
    const auto answer = co_await pool.run(work);
    if (answer) {
      ++done;
    } else {
      refused.push_back(answer.error().code());
      release.set_value();
    }
  };
  // One works, one waits, so at the latest the third is refused; that lets the others go.
  auto spawn = [&] { boost::asio::co_spawn(loop, one(), [](std::exception_ptr) {}); };
  spawn();
  while (loop.poll() == 0) {
  }
  spawn();
  spawn();
  if (loop.run(); refused.size() > 1) FAIL() << "more than one refused";
  EXPECT_EQ(refused, std::vector{ProblemCode::busy});
  EXPECT_EQ(done, 2);
}

}  // namespace
}  // namespace wujin::http
