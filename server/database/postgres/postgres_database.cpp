#include "database/postgres/postgres_database.h"

#include <algorithm>
#include <mutex>
#include <random>
#include <shared_mutex>
#include <thread>

#include "base/resume.h"
#include "database/postgres/pool.h"
#include "database/write_queue.h"

namespace wujin {
namespace {

class PostgresTransaction final : public Transaction {
 public:
  PostgresTransaction(postgres::Connection& connection, Memo& memo) : connection_(connection), memo_(memo) {}
  Dialect dialect() const override { return Dialect::postgres; }
  Memo& memo() const override { return memo_; }
  void run_script(std::string_view sql) override {
    has_changed_ = true;
    connection_.run_script(std::string(sql));
  }
  void after_commit(std::function<void()> hook) override { hooks_.push_back(std::move(hook)); }
  std::vector<std::function<void()>> take_hooks() { return std::move(hooks_); }
  bool has_changed() const { return has_changed_; }

 protected:
  void post(std::string_view sql, std::span<const Value> parameters) override {
    connection_.post(sql, parameters);
    has_changed_ = true;  // as far as is known
  }
  std::int64_t run(std::string_view sql, std::span<const Value> parameters, const std::function<void(const Row&)>* row) override {
    const auto changed = connection_.run(sql, parameters, row);
    has_changed_ = has_changed_ || changed != 0;
    return changed;
  }

 private:
  postgres::Connection& connection_;
  Memo& memo_;
  std::vector<std::function<void()>> hooks_;
  bool has_changed_ = false;
};

// Who may write at once: everybody side by side, or one alone once those under way are done; nobody overtakes who waits to be
// alone.
class Gate {
 public:
  std::shared_lock<std::shared_mutex> side_by_side() {
    const std::lock_guard turn(turn_);
    return std::shared_lock(writing_);
  }
  std::unique_lock<std::shared_mutex> alone() {
    const std::lock_guard turn(turn_);
    return std::unique_lock(writing_);
  }

 private:
  std::mutex turn_;
  std::shared_mutex writing_;
};

// Keeps losers of a conflict from meeting again at once.
std::chrono::microseconds pause_after(int attempt) {
  thread_local std::minstd_rand spread(static_cast<unsigned>(std::hash<std::thread::id>{}(std::this_thread::get_id())));
  const auto longest = 1000u << std::min(attempt, 6);
  return std::chrono::microseconds(spread() % longest);
}

class PostgresDatabase final : public Database {
 public:
  PostgresDatabase(const std::string& url, const PostgresOptions& options)
      : attempts_(options.attempts),
        pool_(url, options.connections),
        crew_(options.connections),
        queue_(options.group_limit, [this](std::vector<Write>& group) { commit_group(group); }) {}

  Dialect dialect() const override { return Dialect::postgres; }

 protected:
  Task<void> run_write(std::function<bool(Transaction&)> body) override {
    std::function<void(Completion)> begin = [this, &body](Completion completion) {
      queue_.submit(std::move(body), std::move(completion));
    };
    co_await suspend_until_completed(std::move(begin));
  }
  Task<void> run_read(std::function<void(Snapshot&)> body) override {
    std::function<void(Completion)> begin = [this, &body](Completion completion) {
      crew_.submit([this, &body, completion = std::move(completion)] {
        std::exception_ptr failure;
        try {
          read(body);
        } catch (...) {
          failure = std::current_exception();
        }
        completion(failure);
      });
    };
    co_await suspend_until_completed(std::move(begin));
  }
  void run_write_now(std::function<bool(Transaction&)> body) override { write(body); }
  void run_read_now(std::function<void(Snapshot&)> body) override { read(body); }

 private:
  void commit_group(std::vector<Write>& group) {
    if (group.size() > 1 && commit_together(group)) return;
    for (Write& one : group) {
      one.hooks.clear();  // write() runs its own
      try {
        write(one.body);
      } catch (...) {
        one.failure = std::current_exception();
      }
    }
  }

  // Whether all of the group stand; otherwise none does, whatever went wrong: each then learns by itself how it ends.
  bool commit_together(std::vector<Write>& group) {
    try {
      const postgres::Lease lease(pool_);
      const auto gate = gate_.side_by_side();
      return commit_together(*lease, group);
    } catch (...) {
      return false;
    }
  }

  bool commit_together(postgres::Connection& connection, std::vector<Write>& group) {
    begin(connection);
    try {
      const bool all_stand = std::ranges::all_of(group, [&](Write& one) { return perform(connection, one); });
      end(connection, all_stand);
      return all_stand;
    } catch (...) {
      abandon(connection);
      throw;
    }
  }

  // Whether the transaction may go on with the next.
  bool perform(postgres::Connection& connection, Write& one) {
    PostgresTransaction transaction(connection, memo());
    one.keeps = one.body(transaction);
    one.hooks = transaction.take_hooks();
    return (one.keeps || !transaction.has_changed()) && !connection.is_transaction_failed();
  }

  // What other threads and other servers write at the same time may win; after a few attempts a write goes alone.
  void write(const std::function<bool(Transaction&)>& body) {
    constexpr int most_side_by_side = 4;
    const postgres::Lease lease(pool_);
    for (int attempt = 1;; ++attempt) {
      try {
        if (attempt > most_side_by_side) {
          const auto gate = gate_.alone();
          return write_once(*lease, body);
        }
        const auto gate = gate_.side_by_side();
        return write_once(*lease, body);
      } catch (const postgres::Conflict&) {
        if (attempt >= attempts_) throw;
      }
      std::this_thread::sleep_for(pause_after(attempt));
    }
  }

  void write_once(postgres::Connection& connection, const std::function<bool(Transaction&)>& body) {
    begin(connection);
    PostgresTransaction transaction(connection, memo());
    bool keeps = false;
    try {
      keeps = body(transaction);
      end(connection, keeps);
    } catch (...) {
      abandon(connection);
      throw;
    }
    if (!keeps) return;
    for (const auto& hook : transaction.take_hooks()) hook();
  }

  void read(const std::function<void(Snapshot&)>& body) {
    const postgres::Lease lease(pool_);
    lease->begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    PostgresTransaction snapshot(*lease, memo());
    try {
      body(snapshot);
    } catch (...) {
      abandon(*lease);
      throw;
    }
    lease->end_reading();
  }

  static void begin(postgres::Connection& connection) { connection.begin("BEGIN ISOLATION LEVEL SERIALIZABLE"); }

  static void end(postgres::Connection& connection, bool keeps) {
    if (keeps) {
      connection.commit();
    } else {
      connection.rollback();
    }
  }

  // The cause is on its way up; a connection that is lost is noticed when it is next leased.
  static void abandon(postgres::Connection& connection) {
    try {
      if (connection.is_alive()) connection.rollback();
    } catch (const std::exception&) {
    }
  }

  int attempts_;
  Gate gate_;
  postgres::Pool pool_;
  postgres::Crew crew_;
  WriteQueue queue_;  // last: its thread uses the others
};

}  // namespace

std::unique_ptr<Database> open_postgres(const std::string& url, PostgresOptions options) {
  return std::make_unique<PostgresDatabase>(url, options);
}

}  // namespace wujin
