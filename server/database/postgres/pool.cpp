#include "database/postgres/pool.h"

namespace wujin::postgres {

Pool::Pool(std::string url, int connections) : url_(std::move(url)), unopened_(connections) { give_back(take()); }

std::unique_ptr<Connection> Pool::take() {
  std::unique_lock lock(mutex_);
  returned_.wait(lock, [&] { return !idle_.empty() || unopened_ > 0; });
  if (!idle_.empty()) {
    auto connection = std::move(idle_.back());
    idle_.pop_back();
    return connection;
  }
  --unopened_;
  lock.unlock();
  try {
    return std::make_unique<Connection>(url_);
  } catch (...) {
    give_back(nullptr);
    throw;
  }
}

// A connection that was lost, or was left in the middle of a transaction, makes room for a new one.
void Pool::give_back(std::unique_ptr<Connection> connection) {
  {
    const std::lock_guard lock(mutex_);
    if (connection && connection->is_alive() && !connection->is_in_transaction()) {
      idle_.push_back(std::move(connection));
    } else {
      ++unopened_;
    }
  }
  returned_.notify_one();
}

Crew::Crew(int threads) {
  for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { run(); });
}

Crew::~Crew() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  arrived_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void Crew::submit(std::function<void()> work) {
  {
    const std::lock_guard lock(mutex_);
    queue_.push_back(std::move(work));
  }
  arrived_.notify_one();
}

void Crew::run() {
  while (true) {
    std::function<void()> work;
    {
      std::unique_lock lock(mutex_);
      arrived_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
      if (queue_.empty()) return;
      work = std::move(queue_.front());
      queue_.pop_front();
    }
    work();
  }
}

}  // namespace wujin::postgres
