#include "database/sqlite/sqlite_database.h"

#include <future>

#include "base/resume.h"
#include "database/sqlite/sqlite_connection.h"
#include "database/sqlite/writer.h"

namespace wujin {
namespace {

class ReaderSnapshot final : public Snapshot {
 public:
  ReaderSnapshot(sqlite::Connection& connection, Memo& memo) : connection_(connection), memo_(memo) {}
  Dialect dialect() const override { return Dialect::sqlite; }
  Memo& memo() const override { return memo_; }

 protected:
  std::int64_t run(std::string_view sql, std::span<const Value> parameters, const std::function<void(const Row&)>* row) override {
    return connection_.run(sql, parameters, row);
  }

 private:
  sqlite::Connection& connection_;
  Memo& memo_;
};

// As many readers as threads ever read at one time; the one used last, whose cache is warm, first.
class Readers {
 public:
  Readers(std::filesystem::path path, const SqliteOptions& options, Memo& memo)
      : path_(std::move(path)), options_(options), memo_(memo) {}

  void read(const std::function<void(Snapshot&)>& body) {
    std::unique_ptr<sqlite::Connection> connection = take();
    connection->run("BEGIN", {}, nullptr);
    try {
      ReaderSnapshot snapshot(*connection, memo_);
      body(snapshot);
    } catch (...) {
      connection->run("ROLLBACK", {}, nullptr);
      give_back(std::move(connection));
      throw;
    }
    connection->run("COMMIT", {}, nullptr);
    give_back(std::move(connection));
  }

 private:
  std::unique_ptr<sqlite::Connection> take() {
    {
      const std::lock_guard lock(mutex_);
      if (!idle_.empty()) {
        auto connection = std::move(idle_.back());
        idle_.pop_back();
        return connection;
      }
    }
    return std::make_unique<sqlite::Connection>(path_, sqlite::Purpose::reading, options_);
  }
  void give_back(std::unique_ptr<sqlite::Connection> connection) {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(connection));
  }

  std::filesystem::path path_;
  SqliteOptions options_;
  Memo& memo_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<sqlite::Connection>> idle_;
};

class SqliteDatabase final : public Database {
 public:
  SqliteDatabase(const std::filesystem::path& path, const SqliteOptions& options)
      : readers_(path, options, memo()),
        writer_(std::make_unique<sqlite::Connection>(path, sqlite::Purpose::writing, options), memo(), options.group_limit) {}

  Dialect dialect() const override { return Dialect::sqlite; }

 protected:
  Task<void> run_write(std::function<bool(Transaction&)> body) override {
    std::function<void(Completion)> begin = [this, &body](Completion completion) {
      writer_.submit(std::move(body), std::move(completion));
    };
    co_await suspend_until_completed(std::move(begin));
  }

  // A read takes microseconds, less than handing it to another thread.
  Task<void> run_read(std::function<void(Snapshot&)> body) override {
    readers_.read(body);
    co_return;
  }

  void run_write_now(std::function<bool(Transaction&)> body) override {
    if (writer_.is_current_thread()) throw std::logic_error("a write waits for another write on the writing thread");
    // Shared: the writing thread may still be inside set_value when this one goes on.
    const auto promise = std::make_shared<std::promise<void>>();
    auto future = promise->get_future();
    writer_.submit(std::move(body), [promise](const std::exception_ptr& failure) {
      if (failure) {
        promise->set_exception(failure);
      } else {
        promise->set_value();
      }
    });
    future.get();
  }

  void run_read_now(std::function<void(Snapshot&)> body) override { readers_.read(body); }

 private:
  Readers readers_;
  sqlite::Writer writer_;
};

}  // namespace

std::unique_ptr<Database> open_sqlite(const std::filesystem::path& path, SqliteOptions options) {
  return std::make_unique<SqliteDatabase>(path, options);
}

}  // namespace wujin
