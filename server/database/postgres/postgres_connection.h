#pragma once

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

// One connection with its prepared statements. Used by one thread at a time.
class Connection {
 public:
  explicit Connection(const std::string& url);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  std::int64_t run(std::string_view sql, std::span<const Value> parameters, const std::function<void(const Row&)>* row);
  void run_script(const std::string& sql);
  bool is_alive() const;
  bool is_in_transaction() const;
  bool is_transaction_failed() const;  // COMMIT would silently roll back

 private:
  struct Closer {
    void operator()(pg_conn* handle) const;
  };
  struct Clearer {
    void operator()(pg_result* result) const;
  };
  using Answer = std::unique_ptr<pg_result, Clearer>;
  struct Bound;

  const std::string& prepare(std::string_view sql, const Bound& bound);
  Answer send(std::string_view sql, const Bound& bound);
  [[noreturn]] void fail(const pg_result* result, std::string_view sql) const;

  std::unique_ptr<pg_conn, Closer> handle_;
  std::unordered_map<std::string, std::string> names_;  // of prepared statements, by their text and their parameters' types
  int next_name_ = 0;
};

}  // namespace wujin::postgres
