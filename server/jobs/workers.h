#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/result.h"
#include "jobs/queue.h"

namespace wujin::jobs {

struct Job {
  std::int64_t number = 0;
  std::string kind;
  std::string payload;
  int attempt = 1;  // counts from 1
  int attempts = 1;
};

// Does one job on a worker thread. May run twice for the same job (a crash, a claim that expired), so it must be safe to repeat.
// A problem or an exception means "again later".
using Handler = std::function<Result<>(const Job&)>;

// Which jobs some workers do. What waits for other machines (mail) has workers of its own, so that a slow one holds up no
// picture.
struct Kinds {
  std::string only{};     // kinds of this pattern (SQL LIKE: "%.send") alone; empty: any
  std::string but_not{};  // leaves those of this pattern to others; empty: none
};

struct WorkerOptions {
  Kinds kinds{};
  int threads = 1;
  int helpers = 0;  // threads more, that do nothing but `helped`, which must be among `kinds`
  Kinds helped{};
  std::chrono::minutes claim{5};             // after this a crashed worker's job is anybody's
  std::chrono::milliseconds backoff{2000};   // before the second attempt; doubles, at most an hour
  std::chrono::milliseconds patience{1000};  // how often to look for what another process enqueued or what fell due
};

// Does the work of a queue, on threads that get what processor time nobody else wants (SCHED_IDLE), so that drawing slows no
// answer. Register every handler, then start. Destroy before what the handlers use.
class Workers {
 public:
  using Log = std::function<void(std::string_view)>;

  Workers(Database& database, Queue& queue, const Clock& clock, Randomness& randomness, WorkerOptions options, Log log);
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  void on(std::string kind, Handler handler);

  void start();
  // Lets running jobs finish, starts no other. Safe to call twice.
  void stop();

  // Does everything due now on the calling thread, what that enqueues included; answers how many jobs ran. For tests and the
  // sample town.
  int run_due();

 private:
  struct Claim;
  void work(const Kinds& kinds);
  std::optional<Job> next(const Kinds& kinds, const std::optional<Claim>& finished);
  Claim perform(const Job& job);
  void settle(Transaction& transaction, const Claim& finished, Instant now) const;

  Database& database_;
  Queue& queue_;
  const Clock& clock_;
  WorkerOptions options_;
  Log log_;
  std::string name_;  // of this process, on its claims
  std::map<std::string, Handler, std::less<>> handlers_;
  std::atomic<bool> stopping_{false};
  std::vector<std::thread> threads_;
};

}  // namespace wujin::jobs
