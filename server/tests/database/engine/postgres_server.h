#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>

namespace wujin::test {

// A real PostgreSQL 15 for one test program: its own cluster under /tmp, listening on a Unix socket only. Root runs it as
// nobody. It ends with the program, also when the program crashes.
class PostgresServer {
 public:
  PostgresServer();  // throws, saying what is missing, when it cannot be started
  ~PostgresServer();
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;

  std::string url(const std::string& database_name) const;
  void execute(const std::string& sql) const;  // as the owner of the cluster

 private:
  void start();
  void stop();
  void wait_until_ready() const;
  std::string log() const;

  std::filesystem::path programs_;
  std::filesystem::path directory_;
  pid_t process_ = 0;
};

}  // namespace wujin::test
