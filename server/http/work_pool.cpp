#include "http/work_pool.h"

namespace wujin::http {

WorkPool::WorkPool(unsigned threads, std::size_t most_waiting) : most_waiting_(most_waiting) {
  for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

WorkPool::~WorkPool() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

Task<bool> WorkPool::run_erased(std::function<void()> work) {
  bool was_taken = true;
  std::function<void(Completion)> begin = [&](const Completion& completion) {
    std::function<void()> task = [&work, completion] {
      std::exception_ptr failure;
      try {
        work();
      } catch (...) {
        failure = std::current_exception();
      }
      completion(failure);
    };
    if (submit(task)) return;
    was_taken = false;
    completion(nullptr);
  };
  co_await suspend_until_completed(std::move(begin));
  co_return was_taken;
}

bool WorkPool::submit(std::function<void()>& work) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || waiting_.size() >= most_waiting_) return false;
    waiting_.push_back(std::move(work));
  }
  wake_.notify_one();
  return true;
}

void WorkPool::work() {
  while (true) {
    std::function<void()> next;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      next = std::move(waiting_.front());
      waiting_.pop_front();
    }
    next();
  }
}

}  // namespace wujin::http
