#include "database/engines.h"

#include <stdlib.h>

#include <map>

#include <fmt/format.h>

#include "database/engine/postgres_server.h"
#include "database/open.h"

namespace wujin::test {
namespace {

PostgresServer& postgres_server() {
  static PostgresServer server;
  return server;
}

std::string fresh_name() {
  static int made = 0;
  return fmt::format("test_{}", ++made);
}

// What is migrated once a program and copied for each test, by the names of the rooms.
template <class Make>
const std::string& template_for(std::map<std::string, std::string>& templates, const Rooms& rooms, Make make) {
  std::string key;
  for (const auto room : rooms) key += room.empty() ? "" : std::string(room.front().room) + " ";
  auto found = templates.find(key);
  if (found == templates.end()) found = templates.emplace(key, make()).first;
  return found->second;
}

std::string new_postgres_database(const Rooms& rooms) {
  static std::map<std::string, std::string> templates;
  PostgresServer& server = postgres_server();
  const std::string& source = template_for(templates, rooms, [&] {
    const std::string name = fresh_name();
    server.execute("CREATE DATABASE " + name);
    migrate(*open_database(server.url(name)), rooms);
    return name;
  });
  const std::string name = fresh_name();
  server.execute(fmt::format("CREATE DATABASE {} TEMPLATE {}", name, source));
  return name;
}

std::string new_sqlite_database(const Rooms& rooms, const std::filesystem::path& directory) {
  static const TemporaryDirectory shelf;
  static std::map<std::string, std::string> templates;
  const std::string& source = template_for(templates, rooms, [&] {
    const std::string file = shelf.path() / fresh_name();
    migrate(*open_database(file), rooms);
    return file;
  });
  const std::string file = directory / "wujin.sqlite";
  std::filesystem::copy_file(source, file);
  return file;
}

}  // namespace

TemporaryDirectory::TemporaryDirectory() {
  std::string name = std::filesystem::temp_directory_path() / "wujin-test-XXXXXX";
  if (!mkdtemp(name.data())) throw std::runtime_error("cannot make " + name);
  path_ = name;
}

TemporaryDirectory::~TemporaryDirectory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

Engine::Engine(Dialect dialect, const Rooms& rooms) {
  if (dialect == Dialect::postgres) {
    postgres_name_ = new_postgres_database(rooms);
    where_ = postgres_server().url(postgres_name_);
  } else {
    where_ = new_sqlite_database(rooms, directory_.path());
  }
  database_ = open_database(where_);
}

Engine::~Engine() {
  database_.reset();
  if (postgres_name_.empty()) return;
  try {
    postgres_server().execute(fmt::format("DROP DATABASE {} WITH (FORCE)", postgres_name_));
  } catch (const std::exception& failure) {
    ADD_FAILURE() << failure.what();
  }
}

void Engine::reopen() {
  database_.reset();
  database_ = open_database(where_);
}

StoreTest::StoreTest(const Rooms& rooms)
    : engine_(GetParam(), rooms), clock_(parse_instant("2023-10-26T09:00:00+08:00").value()) {}

std::string engine_name(const testing::TestParamInfo<Dialect>& parameter) {
  return parameter.param == Dialect::sqlite ? "sqlite" : "postgres";
}

}  // namespace wujin::test
