#include "database/write_queue.h"

#include <utility>

namespace wujin {

WriteQueue::WriteQueue(std::size_t group_limit, Commit commit)
    : group_limit_(group_limit), commit_(std::move(commit)), thread_([this] { run(); }) {}

WriteQueue::~WriteQueue() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  arrived_.notify_one();
  thread_.join();
}

void WriteQueue::submit(std::function<bool(Transaction&)> body, Completion completion) {
  {
    const std::lock_guard lock(mutex_);
    Write& write = queue_.emplace_back();
    write.body = std::move(body);
    write.completion = std::move(completion);
  }
  arrived_.notify_one();
}

void WriteQueue::run() {
  std::vector<Write> group;
  while (true) {
    {
      std::unique_lock lock(mutex_);
      arrived_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
      if (queue_.empty()) return;
      while (!queue_.empty() && group.size() < group_limit_) {
        group.push_back(std::move(queue_.front()));
        queue_.pop_front();
      }
    }
    commit_(group);
    for (Write& write : group) {
      if (write.keeps && !write.failure) {
        for (const auto& hook : write.hooks) hook();
      }
      write.completion(write.failure);
    }
    group.clear();
  }
}

}  // namespace wujin
