#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/resume.h"
#include "base/task.h"

namespace wujin::http {

// A few threads for what would hold a loop up: hashing, writing files, drawing. Its queue is bounded, so that load turns into
// an answer (`busy`) and never into memory.
class WorkPool {
  template <class T>
  static Result<T> as_result(T*);
  template <class T>
  static Result<T> as_result(Result<T>*);

 public:
  WorkPool(unsigned threads, std::size_t most_waiting);
  ~WorkPool();  // finishes what is queued
  WorkPool(const WorkPool&) = delete;
  WorkPool& operator=(const WorkPool&) = delete;

  // Runs `function()` on a pool thread and resumes on the caller's own executor. A function that answers a Result<T> gives that,
  // any other T gives Result<T>; exceptions come through. Name the function before the co_await (GCC 12):
  //   auto hash = [&] { return hash_password(password); };
  //   auto hashed = co_await pool.run(hash);
  template <class F>
  auto run(F function) -> Task<decltype(as_result(std::declval<std::invoke_result_t<F&>*>()))> {
    using Answer = decltype(as_result(std::declval<std::invoke_result_t<F&>*>()));
    std::optional<Answer> answer;
    std::function<void()> work = [&answer, &function] {
      if constexpr (std::is_void_v<std::invoke_result_t<F&>>) {
        function();
        answer.emplace();
      } else {
        answer.emplace(function());
      }
    };
    const bool was_taken = co_await run_erased(std::move(work));
    if (!was_taken) co_return Problem(ProblemCode::busy);
    co_return std::move(*answer);
  }

 private:
  Task<bool> run_erased(std::function<void()> work);
  bool submit(std::function<void()>& work);  // false, and left as it was, when the queue is full
  void work();

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> waiting_;
  const std::size_t most_waiting_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace wujin::http
