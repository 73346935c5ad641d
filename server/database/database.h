#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "base/calendar.h"
#include "base/id.h"
#include "base/result.h"
#include "base/storage_full.h"
#include "base/task.h"
#include "database/memo.h"

// One way to talk to both engines. SQL is written once, parameters as $1, $2 …; stores see only Snapshot and Transaction.
namespace wujin {

enum class Dialect : std::uint8_t { sqlite, postgres };

// One bound parameter. Borrows text and bytes: they must live until the call returns.
// Stored forms: UUIDs are 16 bytes (BYTEA), moments are BIGINT milliseconds UTC, dates and months are ISO text, booleans are 0
// / 1.
class Value {
 public:
  using Blob = std::span<const std::byte>;

  Value(std::nullptr_t) {}                                            // NOLINT(google-explicit-constructor)
  Value(bool value) : value_(std::int64_t{value}) {}                  // NOLINT(google-explicit-constructor)
  Value(int value) : value_(std::int64_t{value}) {}                   // NOLINT(google-explicit-constructor)
  Value(std::int64_t value) : value_(value) {}                        // NOLINT(google-explicit-constructor)
  Value(double value) : value_(value) {}                              // NOLINT(google-explicit-constructor)
  Value(const char* text) : value_(std::string_view(text)) {}         // NOLINT(google-explicit-constructor)
  Value(std::string_view text) : value_(text) {}                      // NOLINT(google-explicit-constructor)
  Value(const std::string& text) : value_(std::string_view(text)) {}  // NOLINT(google-explicit-constructor)
  Value(Blob bytes) : value_(bytes) {}                                // NOLINT(google-explicit-constructor)
  Value(const Uuid& uuid) : value_(Blob(uuid.bytes())) {}             // NOLINT(google-explicit-constructor)
  template <class Record>
  Value(const Id<Record>& id) : value_(Blob(id.uuid().bytes())) {}  // NOLINT(google-explicit-constructor)
  template <class Record>
  Value(const Key<Record>& key) : value_(std::string_view(key.text())) {}  // NOLINT(google-explicit-constructor)
  Value(Instant instant) : value_(to_milliseconds(instant)) {}             // NOLINT(google-explicit-constructor)
  Value(Date date) : value_(to_string(date)) {}                            // NOLINT(google-explicit-constructor)
  Value(Month month) : value_(to_string(month)) {}                         // NOLINT(google-explicit-constructor)
  template <class T>
  Value(const std::optional<T>& value) : Value(value ? Value(*value) : Value(nullptr)) {}  // NOLINT(google-explicit-constructor)

  // The std::string alternative holds dates, which have no text of their own to borrow.
  using Holder = std::variant<std::monostate, std::int64_t, double, std::string_view, Blob, std::string>;
  const Holder& holder() const { return value_; }

 private:
  Holder value_;
};

// One row of an answer, valid inside the callback only. Columns count from 0. Reading a NULL as a plain value is a bug (throws);
// the wrong type throws too.
class Row {
 public:
  virtual ~Row() = default;
  virtual bool is_null(int column) const = 0;
  virtual std::int64_t integer(int column) const = 0;
  virtual double real(int column) const = 0;
  virtual std::string_view text(int column) const = 0;
  virtual std::span<const std::byte> bytes(int column) const = 0;

  bool boolean(int column) const { return integer(column) != 0; }
  int number(int column) const { return static_cast<int>(integer(column)); }
  std::string string(int column) const { return std::string(text(column)); }
  Uuid uuid(int column) const;
  Instant instant(int column) const { return from_milliseconds(integer(column)); }
  Date date(int column) const { return parse_date(text(column)).value(); }
  Month month(int column) const { return parse_month(text(column)).value(); }
  template <class Record>
  Id<Record> id(int column) const {
    return Id<Record>(uuid(column));
  }
  template <class Record>
  Key<Record> key(int column) const {
    return Key<Record>(string(column));
  }
  // `read` is a member above: row.maybe(3, &Row::instant).
  template <class T>
  std::optional<T> maybe(int column, T (Row::*read)(int) const) const {
    return is_null(column) ? std::nullopt : std::optional<T>((this->*read)(column));
  }
};

// A consistent view of the database; reads only.
class Snapshot {
 public:
  virtual ~Snapshot() = default;
  virtual Dialect dialect() const = 0;
  virtual Memo& memo() const = 0;  // of the database it is a view of

  // Calls `row` for each row of the answer, in order.
  void each(std::string_view sql, std::initializer_list<Value> parameters, const std::function<void(const Row&)>& row) {
    run(sql, std::span(parameters.begin(), parameters.size()), &row);
  }
  void each(std::string_view sql, std::span<const Value> parameters, const std::function<void(const Row&)>& row) {
    run(sql, parameters, &row);
  }
  // The first row read by `read`, or nothing.
  template <class F>
  auto first(std::string_view sql, std::initializer_list<Value> parameters, F read)
      -> std::optional<std::invoke_result_t<F, const Row&>> {
    std::optional<std::invoke_result_t<F, const Row&>> found;
    each(sql, parameters, [&](const Row& row) {
      if (!found) found.emplace(read(row));
    });
    return found;
  }

 protected:
  // Answers how many rows a write changed. `row` may be null.
  virtual std::int64_t run(std::string_view sql, std::span<const Value> parameters,
                           const std::function<void(const Row&)>* row) = 0;
};

// A snapshot one may write to. On both engines a constraint that fails throws ConstraintViolation; what an action expects to
// collide it asks first or writes ON CONFLICT.
class Transaction : public Snapshot {
 public:
  // On PostgreSQL it is sent along with the next question or the commit, which then throws what became of it.
  void execute(std::string_view sql, std::initializer_list<Value> parameters = {}) {
    post(sql, std::span(parameters.begin(), parameters.size()));
  }
  void execute(std::string_view sql, std::span<const Value> parameters) { post(sql, parameters); }

  // Answers how many rows changed, and so waits for it.
  std::int64_t execute_counted(std::string_view sql, std::initializer_list<Value> parameters = {}) {
    return run(sql, std::span(parameters.begin(), parameters.size()), nullptr);
  }

  // Several statements without parameters, as migrations have them.
  virtual void run_script(std::string_view sql) = 0;

  // Runs after the commit stands, on the committing thread; must be short and must not throw (waking a worker, say).
  virtual void after_commit(std::function<void()> hook) = 0;

 protected:
  virtual void post(std::string_view sql, std::span<const Value> parameters) = 0;
};

struct ConstraintViolation : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Opens with open_database (open.h). Safe to share between threads. What a body does besides the database must bear being run
// again: PostgreSQL repeats a write that lost a conflict, SQLite those that shared a commit with one that failed halfway. A body
// never calls back into its database.
class Database {
 public:
  virtual ~Database() = default;
  virtual Dialect dialect() const = 0;

  // Runs `function(Transaction&)`, which answers some Result<T>, on a database thread, and resumes after the commit stands.
  // A problem or an exception rolls back. Writes that wait together go into one durable commit.
  template <class F>
  auto write(F function) -> Task<std::invoke_result_t<F, Transaction&>> {
    std::optional<std::invoke_result_t<F, Transaction&>> outcome;
    std::function<bool(Transaction&)> body = [&](Transaction& transaction) {
      outcome.emplace(function(transaction));
      return outcome->has_value();
    };
    co_await run_write(std::move(body));
    co_return std::move(*outcome);
  }

  // Runs `function(Snapshot&)` on a consistent view. On SQLite it may run at once on the calling thread's own reader.
  template <class F>
  auto read(F function) -> Task<std::invoke_result_t<F, Snapshot&>> {
    std::optional<std::invoke_result_t<F, Snapshot&>> outcome;
    std::function<void(Snapshot&)> body = [&](Snapshot& snapshot) { outcome.emplace(function(snapshot)); };
    co_await run_read(std::move(body));
    co_return std::move(*outcome);
  }

  // The same, blocking the calling thread: for start-up, jobs, the sample town and tests; never on a loop thread.
  template <class F>
  auto write_now(F function) -> std::invoke_result_t<F, Transaction&> {
    std::optional<std::invoke_result_t<F, Transaction&>> outcome;
    run_write_now([&](Transaction& transaction) {
      outcome.emplace(function(transaction));
      return outcome->has_value();
    });
    return std::move(*outcome);
  }
  template <class F>
  auto read_now(F function) -> std::invoke_result_t<F, Snapshot&> {
    std::optional<std::invoke_result_t<F, Snapshot&>> outcome;
    run_read_now([&](Snapshot& snapshot) { outcome.emplace(function(snapshot)); });
    return std::move(*outcome);
  }

 protected:
  Memo& memo() { return memo_; }
  virtual Task<void> run_write(std::function<bool(Transaction&)> body) = 0;  // commits when `body` answers true
  virtual Task<void> run_read(std::function<void(Snapshot&)> body) = 0;
  virtual void run_write_now(std::function<bool(Transaction&)> body) = 0;
  virtual void run_read_now(std::function<void(Snapshot&)> body) = 0;

 private:
  Memo memo_;
};

}  // namespace wujin
