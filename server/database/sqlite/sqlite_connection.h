#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "database/database.h"
#include "database/sqlite/sqlite_database.h"

struct sqlite3;
struct sqlite3_stmt;

namespace wujin::sqlite {

enum class Purpose : std::uint8_t { writing, reading };

// One connection with its prepared statements. Used by one thread at a time.
class Connection {
 public:
  Connection(const std::filesystem::path& path, Purpose purpose, const SqliteOptions& options);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  std::int64_t run(std::string_view sql, std::span<const Value> parameters, const std::function<void(const Row&)>* row);
  void run_script(std::string_view sql);
  // False once SQLite rolled the transaction back by itself, as it does when the disk is full.
  bool is_in_transaction() const;
  // How many rows were ever changed over it, those rolled back included.
  std::int64_t changes() const;

 private:
  struct Finalizer {
    void operator()(sqlite3_stmt* statement) const;
  };
  struct Closer {
    void operator()(sqlite3* handle) const;
  };
  using Statement = std::unique_ptr<sqlite3_stmt, Finalizer>;
  struct Prepared {
    Statement statement;
    bool is_running = false;  // a second run of the same text meanwhile is given a statement of its own
  };
  class Running;
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };

  Prepared prepare(std::string_view sql) const;
  Prepared& find_or_prepare(std::string_view sql, Prepared& spare);
  [[noreturn]] void fail(int code, std::string_view sql) const;

  std::unique_ptr<sqlite3, Closer> handle_;
  std::unordered_map<std::string, Prepared, TextHash, std::equal_to<>> prepared_;
  std::size_t prepared_bytes_ = 0;  // of their texts
  int running_ = 0;
};

}  // namespace wujin::sqlite
