#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

#include "base/resume.h"
#include "database/sqlite/sqlite_connection.h"

namespace wujin::sqlite {

// The one thread that writes. Whatever waits when it is ready goes into one durable commit; when one of them fails halfway, they
// are run again, each in a savepoint of its own.
class Writer {
 public:
  Writer(std::unique_ptr<Connection> connection, Memo& memo, std::size_t group_limit);
  ~Writer();  // finishes what is queued
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  using Body = std::function<bool(Transaction&)>;
  void submit(Body body, Completion completion);
  bool is_current_thread() const { return std::this_thread::get_id() == thread_.get_id(); }

 private:
  struct Write;
  class GroupTransaction;

  void run();
  void commit_group(std::vector<Write>& group);
  bool commit_together(std::vector<Write>& group);
  void commit_apart(std::vector<Write>& group);
  void perform(Write& write);
  static void fail(std::span<Write> writes, const std::exception_ptr& cause);

  std::unique_ptr<Connection> connection_;
  Memo& memo_;
  std::size_t group_limit_;
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<Write> queue_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace wujin::sqlite
