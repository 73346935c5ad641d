#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "database/postgres/postgres_connection.h"

namespace wujin::postgres {

// At most so many connections, opened when first needed, lent to one thread at a time.
class Pool {
 public:
  Pool(std::string url, int connections);  // opens one, so that a wrong URL is told at once

  std::unique_ptr<Connection> take();  // waits while all are lent
  void give_back(std::unique_ptr<Connection> connection);

 private:
  std::string url_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<Connection>> idle_;
  int unopened_;
};

// One connection for as long as it lives.
class Lease {
 public:
  explicit Lease(Pool& pool) : pool_(pool), connection_(pool.take()) {}
  ~Lease() { pool_.give_back(std::move(connection_)); }
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;
  Connection& operator*() const { return *connection_; }
  Connection* operator->() const { return connection_.get(); }

 private:
  Pool& pool_;
  std::unique_ptr<Connection> connection_;
};

// The threads that wait for PostgreSQL so that no loop thread has to.
class Crew {
 public:
  explicit Crew(int threads);
  ~Crew();  // finishes what is queued
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;
  void submit(std::function<void()> work);  // `work` does not throw

 private:
  void run();

  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<std::function<void()>> queue_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace wujin::postgres
