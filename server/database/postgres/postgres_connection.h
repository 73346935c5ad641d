#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>

#include "database/database.h"

struct pg_conn;
struct pg_result;

namespace wujin::postgres {

// The transaction lost against another one and may be run again from the start.
struct Conflict : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// One connection with its prepared statements, in libpq's pipeline mode: what is posted travels with the next question, so that a
// transaction makes as many trips as it asks questions. Used by one thread at a time.
class Connection {
 public:
  explicit Connection(const std::string& url);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void begin(std::string_view statement);
  // Waits for nothing: a failure is thrown by the next run() or commit().
  void post(std::string_view sql, std::span<const Value> parameters);
  // Answers how many rows were changed. `row` may be null.
  std::int64_t run(std::string_view sql, std::span<const Value> parameters, const std::function<void(const Row&)>* row);
  void run_script(const std::string& sql);
  void commit();       // stands when it returns
  void end_reading();  // of a transaction that changed nothing: is not waited for
  void rollback();
  bool is_alive() const;
  bool is_in_transaction() const { return is_in_transaction_; }
  bool is_transaction_failed() const { return is_transaction_failed_; }  // COMMIT would silently roll back

 private:
  struct Closer {
    void operator()(pg_conn* handle) const;
  };
  struct Clearer {
    void operator()(pg_result* result) const;
  };
  using Answer = std::unique_ptr<pg_result, Clearer>;
  struct Bound;

  struct Prepared {
    std::string name, text;
  };

  const Prepared& prepare(std::string_view sql, const Bound& bound);
  void send(std::string_view sql, const Bound& bound);
  void send_mark();
  Answer take_answer();
  void check_next();
  void check_all();
  void check(const pg_result* answer, std::string_view sql);
  void check_sent(int sent, std::string_view sql);
  [[noreturn]] void fail(const pg_result* answer, std::string_view sql);

  std::unique_ptr<pg_conn, Closer> handle_;
  std::unordered_map<std::string, Prepared> prepared_;  // by their text and their parameters' types
  int next_name_ = 0;
  std::deque<std::string_view> sent_;  // what is not answered yet, eldest first: texts of statements; a mark has none
  bool is_in_transaction_ = false;
  bool is_transaction_failed_ = false;
};

}  // namespace wujin::postgres
