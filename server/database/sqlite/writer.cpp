#include "database/sqlite/writer.h"

namespace wujin::sqlite {

struct Writer::Write {
  Body body;
  Completion completion;
  std::vector<std::function<void()>> hooks;
  bool performed = false;
  bool keeps = false;
  std::exception_ptr failure;
};

class Writer::GroupTransaction final : public Transaction {
 public:
  GroupTransaction(Connection& connection, Memo& memo, Write& write) : connection_(connection), memo_(memo), write_(write) {}
  Dialect dialect() const override { return Dialect::sqlite; }
  Memo& memo() const override { return memo_; }
  void run_script(std::string_view sql) override { connection_.run_script(sql); }
  void after_commit(std::function<void()> hook) override { write_.hooks.push_back(std::move(hook)); }

 protected:
  std::int64_t run(std::string_view sql, std::span<const Value> parameters, const std::function<void(const Row&)>* row) override {
    // SQLite may have rolled everything back under a body that swallowed the error; its next statement must not commit by itself.
    if (!connection_.is_in_transaction()) throw std::runtime_error("the transaction was rolled back before this statement");
    return connection_.run(sql, parameters, row);
  }

 private:
  Connection& connection_;
  Memo& memo_;
  Write& write_;
};

Writer::Writer(std::unique_ptr<Connection> connection, Memo& memo, std::size_t group_limit)
    : connection_(std::move(connection)), memo_(memo), group_limit_(group_limit), thread_([this] { run(); }) {}

Writer::~Writer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  arrived_.notify_one();
  thread_.join();
}

void Writer::submit(Body body, Completion completion) {
  {
    const std::lock_guard lock(mutex_);
    Write& write = queue_.emplace_back();
    write.body = std::move(body);
    write.completion = std::move(completion);
  }
  arrived_.notify_one();
}

void Writer::run() {
  std::vector<Write> group;
  while (true) {
    {
      std::unique_lock lock(mutex_);
      arrived_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
      if (queue_.empty()) return;
      while (!queue_.empty() && group.size() < group_limit_) {
        group.push_back(std::move(queue_.front()));
        queue_.pop_front();
      }
    }
    commit_group(group);
    group.clear();
  }
}

// Every write of the group is answered, and only once its outcome is certain.
void Writer::commit_group(std::vector<Write>& group) {
  std::size_t begun = 0;  // the first write of the transaction under way
  try {
    for (std::size_t i = 0; i < group.size(); ++i) {
      if (!connection_->is_in_transaction()) connection_->run("BEGIN IMMEDIATE", {}, nullptr);
      perform(group[i]);
      if (connection_->is_in_transaction()) continue;
      // A full or broken disk took along what those before had written; those after begin anew.
      fail(std::span(group).subspan(begun, i - begun), group[i].failure);
      begun = i + 1;
    }
    if (connection_->is_in_transaction()) connection_->run("COMMIT", {}, nullptr);
  } catch (...) {
    fail(std::span(group).subspan(begun), std::current_exception());
    if (connection_->is_in_transaction()) connection_->run_script("ROLLBACK");
  }
  for (Write& write : group) {
    if (write.keeps && !write.failure) {
      for (const auto& hook : write.hooks) hook();
    }
    write.completion(write.failure);
  }
}

// Runs one body in its savepoint; what it changed is gone when it answers false or throws.
void Writer::perform(Write& write) {
  GroupTransaction transaction(*connection_, memo_, write);
  connection_->run("SAVEPOINT one_write", {}, nullptr);
  write.performed = true;
  try {
    write.keeps = write.body(transaction);
  } catch (...) {
    write.failure = std::current_exception();
  }
  if (!connection_->is_in_transaction()) {
    if (!write.failure) write.failure = std::make_exception_ptr(StorageFull("SQLite rolled the transaction back"));
    return;
  }
  if (!write.keeps) connection_->run("ROLLBACK TO one_write", {}, nullptr);
  connection_->run("RELEASE one_write", {}, nullptr);
}

// Those that wanted to keep something cannot; a refusal stays the answer it was.
void Writer::fail(std::span<Write> writes, std::exception_ptr cause) {
  for (Write& write : writes) {
    const bool refused = write.performed && !write.keeps;
    if (!refused && !write.failure) write.failure = cause;
  }
}

}  // namespace wujin::sqlite
