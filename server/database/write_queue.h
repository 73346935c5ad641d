#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "base/resume.h"
#include "database/database.h"

namespace wujin {

// One write on its way, and how it went.
struct Write {
  std::function<bool(Transaction&)> body;  // answers whether it wants to keep what it wrote; may run more than once
  Completion completion;
  std::vector<std::function<void()>> hooks;  // of its last run
  bool performed = false;
  bool keeps = false;
  bool left_changes = false;  // though it keeps nothing
  std::exception_ptr failure;
};

// The one thread that writes. Whatever waits when it is ready is handed over as a group, to go into one commit; then the hooks of
// those that were kept run, and each is answered.
class WriteQueue {
 public:
  // Settles `keeps`, `failure` and `hooks` of each once its outcome is certain. Does not throw.
  using Commit = std::function<void(std::vector<Write>&)>;

  WriteQueue(std::size_t group_limit, Commit commit);
  ~WriteQueue();  // finishes what is queued
  WriteQueue(const WriteQueue&) = delete;
  WriteQueue& operator=(const WriteQueue&) = delete;

  void submit(std::function<bool(Transaction&)> body, Completion completion);
  bool is_current_thread() const { return std::this_thread::get_id() == thread_.get_id(); }

 private:
  void run();

  std::size_t group_limit_;
  Commit commit_;
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<Write> queue_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace wujin
