#pragma once

#include <exception>
#include <memory>
#include <span>
#include <vector>

#include "database/sqlite/sqlite_connection.h"
#include "database/write_queue.h"

namespace wujin::sqlite {

// Writes what waits into one durable commit; when one of them fails halfway, they are run again, each in a savepoint of its own.
class Writer {
 public:
  Writer(std::unique_ptr<Connection> connection, Memo& memo, std::size_t group_limit);

  void submit(std::function<bool(Transaction&)> body, Completion completion) {
    queue_.submit(std::move(body), std::move(completion));
  }
  bool is_current_thread() const { return queue_.is_current_thread(); }

 private:
  class GroupTransaction;

  void commit_group(std::vector<Write>& group);
  bool commit_together(std::vector<Write>& group);
  void commit_apart(std::vector<Write>& group);
  void perform(Write& write);
  static void fail(std::span<Write> writes, const std::exception_ptr& cause);

  std::unique_ptr<Connection> connection_;
  Memo& memo_;
  WriteQueue queue_;  // last: its thread uses the others
};

}  // namespace wujin::sqlite
