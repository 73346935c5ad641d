#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "database/database.h"
#include "database/migrate.h"

// Durable work: enqueued in the transaction that makes it necessary, done later by workers (jobs/workers.h), at least once.
namespace wujin::jobs {

std::span<const Migration> migrations();

// Waiting jobs of a higher urgency run first.
enum class Urgency : std::uint8_t { idle = 0, normal = 1, soon = 2 };

struct NewJob {
  std::string kind{};     // names the handler: "photos.render"
  std::string payload{};  // what the handler reads, JSON or an id
  // Not empty: while one of this kind and key waits, another adds nothing and only brings it forward when it would run sooner, so
  // that work asked for by a clock that was ahead does not wait for that time to come again.
  std::string key{};
  Urgency urgency = Urgency::normal;
  std::chrono::milliseconds delay{0};
  int attempts = 8;
};

// Where rooms put work. Safe to share between threads.
class Queue {
 public:
  explicit Queue(const Clock& clock) : clock_(clock) {}
  Queue(const Queue&) = delete;
  Queue& operator=(const Queue&) = delete;

  // Workers wake once the transaction has committed.
  void enqueue(Transaction& transaction, const NewJob& job);

  // Returns when something was enqueued since `seen`, after `patience`, or on stop; answers the new count to pass next time.
  std::uint64_t wait(std::uint64_t seen, std::chrono::milliseconds patience);
  void wake();

 private:
  const Clock& clock_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t wakes_ = 0;
};

struct Figures {
  std::int64_t waiting = 0;
  std::int64_t running = 0;
  std::int64_t given_up = 0;
};
Figures figures(Snapshot& snapshot);

// A job whose attempts are used up, kept for whoever looks after the server.
struct GivenUp {
  std::int64_t number = 0;
  std::string kind;
  std::string payload;
  std::string cause;
  Instant at;
};
std::vector<GivenUp> given_up(Snapshot& snapshot, int limit);

}  // namespace wujin::jobs
