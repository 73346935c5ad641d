#include "database/engine/postgres_server.h"

#include <fcntl.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <libpq-fe.h>

namespace wujin::test {
namespace {

std::filesystem::path find_programs() {
  std::vector<std::filesystem::path> places{"/usr/lib/postgresql/15/bin"};
  std::istringstream path(std::getenv("PATH") ? std::getenv("PATH") : "");
  for (std::string place; std::getline(path, place, ':');) places.emplace_back(place);
  for (const auto& place : places) {
    if (std::filesystem::exists(place / "initdb") && std::filesystem::exists(place / "postgres")) return place;
  }
  throw std::runtime_error(
      "the tests need PostgreSQL 15: no initdb in /usr/lib/postgresql/15/bin nor on PATH (apt install postgresql-15)");
}

struct Account {
  uid_t user;
  gid_t group;
};

// PostgreSQL refuses to run as root.
Account postgres_account() {
  if (geteuid() != 0) return {geteuid(), getegid()};
  const passwd* nobody = getpwnam("nobody");
  if (!nobody) throw std::runtime_error("the tests run as root need the user nobody for PostgreSQL");
  return {nobody->pw_uid, nobody->pw_gid};
}

pid_t spawn(const std::vector<std::string>& command, const std::filesystem::path& directory) {
  const Account account = postgres_account();
  const std::string log = directory / "log";
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  const pid_t process = fork();
  if (process < 0) throw std::runtime_error("fork failed");
  if (process > 0) return process;
  // The child: only calls that are safe after fork.
  if (geteuid() == 0 && (setgid(account.group) != 0 || setuid(account.user) != 0)) _exit(126);
  // A fast shutdown when the test program is gone, however it went; a change of user would have cleared it.
  prctl(PR_SET_PDEATHSIG, SIGINT);
  const int output = open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  dup2(output, STDOUT_FILENO);
  dup2(output, STDERR_FILENO);
  if (chdir(directory.c_str()) != 0) _exit(126);
  execv(arguments[0], arguments.data());
  _exit(127);
}

}  // namespace

PostgresServer::PostgresServer() : programs_(find_programs()) {
  char name[] = "/tmp/wujin-postgres-XXXXXX";  // short, as a socket's path must be, and open to nobody
  if (!mkdtemp(name)) throw std::runtime_error("cannot make a directory under /tmp");
  directory_ = name;
  try {
    start();
  } catch (...) {
    stop();
    throw;
  }
}

PostgresServer::~PostgresServer() { stop(); }

void PostgresServer::start() {
  const Account account = postgres_account();
  if (chown(directory_.c_str(), account.user, account.group) != 0) throw std::runtime_error("chown failed");
  const std::string cluster = directory_ / "cluster";
  // The order of SQLite's text, so that both engines list alike.
  const pid_t initialisation = spawn({programs_ / "initdb", "-D", cluster, "-U", "wujin", "--auth=trust", "--no-sync",
                                      "--no-instructions", "--encoding=UTF8", "--locale=C"},
                                     directory_);
  int status = 0;
  waitpid(initialisation, &status, 0);
  if (status != 0) throw std::runtime_error("initdb failed: " + log());
  process_ = spawn({programs_ / "postgres", "-D", cluster, "-k", directory_, "-c", "listen_addresses=", "-c", "fsync=off", "-c",
                    "full_page_writes=off", "-c", "synchronous_commit=off", "-c", "shared_buffers=16MB", "-c",
                    "max_connections=60", "-c", "autovacuum=off"},
                   directory_);
  wait_until_ready();
}

void PostgresServer::wait_until_ready() const {
  const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (PQping(url("postgres").c_str()) != PQPING_OK) {
    if (waitpid(process_, nullptr, WNOHANG) != 0) throw std::runtime_error("PostgreSQL ended at once: " + log());
    if (std::chrono::steady_clock::now() > limit) throw std::runtime_error("PostgreSQL is not ready after a minute: " + log());
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

void PostgresServer::stop() {
  if (process_ > 0) {
    kill(process_, SIGQUIT);
    waitpid(process_, nullptr, 0);
    process_ = 0;
  }
  std::error_code ignored;
  std::filesystem::remove_all(directory_, ignored);
}

std::string PostgresServer::url(const std::string& database_name) const {
  return fmt::format("postgresql://wujin@/{}?host={}", database_name, directory_.string());
}

void PostgresServer::execute(const std::string& sql) const {
  const std::unique_ptr<PGconn, decltype(&PQfinish)> connection(PQconnectdb(url("postgres").c_str()), &PQfinish);
  const std::unique_ptr<PGresult, decltype(&PQclear)> answer(PQexec(connection.get(), sql.c_str()), &PQclear);
  if (PQresultStatus(answer.get()) != PGRES_COMMAND_OK) throw std::runtime_error(PQerrorMessage(connection.get()));
}

std::string PostgresServer::log() const {
  std::ifstream file(directory_ / "log");
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace wujin::test
