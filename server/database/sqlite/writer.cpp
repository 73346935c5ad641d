#include "database/sqlite/writer.h"

namespace wujin::sqlite {

class Writer::GroupTransaction final : public Transaction {
 public:
  GroupTransaction(Connection& connection, Memo& memo, Write& write) : connection_(connection), memo_(memo), write_(write) {}
  Dialect dialect() const override { return Dialect::sqlite; }
  Memo& memo() const override { return memo_; }
  void run_script(std::string_view sql) override {
    ran_script_ = true;
    connection_.run_script(sql);
  }
  bool ran_script() const { return ran_script_; }
  void after_commit(std::function<void()> hook) override { write_.hooks.push_back(std::move(hook)); }

 protected:
  void post(std::string_view sql, std::span<const Value> parameters) override { run(sql, parameters, nullptr); }
  std::int64_t run(std::string_view sql, std::span<const Value> parameters, const std::function<void(const Row&)>* row) override {
    // SQLite may have rolled everything back under a body that swallowed the error; its next statement must not commit by itself.
    if (!connection_.is_in_transaction()) throw std::runtime_error("the transaction was rolled back before this statement");
    return connection_.run(sql, parameters, row);
  }

 private:
  Connection& connection_;
  Memo& memo_;
  Write& write_;
  bool ran_script_ = false;
};

Writer::Writer(std::unique_ptr<Connection> connection, Memo& memo, std::size_t group_limit)
    : connection_(std::move(connection)),
      memo_(memo),
      queue_(group_limit, [this](std::vector<Write>& group) { commit_group(group); }) {}

void Writer::commit_group(std::vector<Write>& group) {
  if (!commit_together(group)) commit_apart(group);
}

// Without savepoints, in which SQLite copies every page that is written. That cannot undo one write of several: when one keeps
// nothing though it changed something, all is undone and false answered.
bool Writer::commit_together(std::vector<Write>& group) {
  try {
    connection_->run("BEGIN IMMEDIATE", {}, nullptr);
    for (Write& write : group) {
      perform(write);
      if (connection_->is_in_transaction() && !write.left_changes) continue;
      if (connection_->is_in_transaction()) connection_->run("ROLLBACK", {}, nullptr);
      return group.size() == 1;
    }
    connection_->run("COMMIT", {}, nullptr);
  } catch (...) {
    fail(group, std::current_exception());
    if (connection_->is_in_transaction()) connection_->run_script("ROLLBACK");
  }
  return true;
}

// Each in a savepoint of its own; what was performed before is performed again.
void Writer::commit_apart(std::vector<Write>& group) {
  std::size_t begun = 0;  // the first write of the transaction under way
  try {
    for (std::size_t i = 0; i < group.size(); ++i) {
      if (!connection_->is_in_transaction()) connection_->run("BEGIN IMMEDIATE", {}, nullptr);
      connection_->run("SAVEPOINT one_write", {}, nullptr);
      perform(group[i]);
      if (connection_->is_in_transaction()) {
        if (!group[i].keeps) connection_->run("ROLLBACK TO one_write", {}, nullptr);
        connection_->run("RELEASE one_write", {}, nullptr);
        continue;
      }
      // A full or broken disk took along what those before had written; those after begin anew.
      fail(std::span(group).subspan(begun, i - begun), group[i].failure);
      begun = i + 1;
    }
    if (connection_->is_in_transaction()) connection_->run("COMMIT", {}, nullptr);
  } catch (...) {
    fail(std::span(group).subspan(begun), std::current_exception());
    if (connection_->is_in_transaction()) connection_->run_script("ROLLBACK");
  }
}

// Runs one body and notes how it ended.
void Writer::perform(Write& write) {
  write.hooks.clear();
  write.keeps = false;
  write.failure = nullptr;
  write.performed = true;
  GroupTransaction transaction(*connection_, memo_, write);
  const auto changes_before = connection_->changes();
  try {
    write.keeps = write.body(transaction);
  } catch (...) {
    write.failure = std::current_exception();
  }
  if (!connection_->is_in_transaction() && !write.failure)
    write.failure = std::make_exception_ptr(StorageFull("SQLite rolled the transaction back"));
  write.left_changes = !write.keeps && (transaction.ran_script() || connection_->changes() != changes_before);
}

// Those that wanted to keep something cannot; a refusal stays the answer it was.
void Writer::fail(std::span<Write> writes, const std::exception_ptr& cause) {
  for (Write& write : writes) {
    const bool refused = write.performed && !write.keeps;
    if (!refused && !write.failure) write.failure = cause;
  }
}

}  // namespace wujin::sqlite
