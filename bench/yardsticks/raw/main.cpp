// What the machine itself can do, nothing of the server around it; prints one line of JSON.
//
//   bench_raw commits --folder DIR --threads 8     a row a transaction into SQLite, WAL and synchronous FULL, one connection that
//                                                  the threads take in turn, as SQLite has one writer
//   bench_raw files --folder DIR --threads 4       files of 2.5 MB, written, synced, renamed, their folder synced
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <functional>
#include <iostream>
#include <mutex>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "parts/process_usage.h"

namespace wujin::bench {
namespace {

using Clock = std::chrono::steady_clock;

struct Options {
  std::string work;
  std::filesystem::path folder;
  int threads = 4;
  double seconds = 3;
  std::size_t bytes = 2'500'000;
};

// One operation, by the thread of that number.
using Operation = std::function<void(int thread, std::uint64_t number)>;

void measure(const Options& options, const Operation& operation) {
  std::vector<std::vector<double>> took(static_cast<std::size_t>(options.threads));
  const double cpu = own_cpu_ms();
  const auto began = Clock::now();
  const auto ends = began + std::chrono::duration<double>(options.seconds);
  std::vector<std::thread> threads;
  for (int thread = 0; thread < options.threads; ++thread) {
    threads.emplace_back([&, thread] {
      auto& mine = took[static_cast<std::size_t>(thread)];
      for (std::uint64_t number = 0; Clock::now() < ends; ++number) {
        const auto one = Clock::now();
        operation(thread, number);
        mine.push_back(std::chrono::duration<double, std::milli>(Clock::now() - one).count());
      }
    });
  }
  for (auto& thread : threads) thread.join();
  const double seconds = std::chrono::duration<double>(Clock::now() - began).count();
  std::vector<double> all;
  for (const auto& mine : took) all.insert(all.end(), mine.begin(), mine.end());
  std::ranges::sort(all);
  const double count = static_cast<double>(all.size());
  fmt::print(R"({{"rate":{:.2f},"p50_ms":{:.4f},"p99_ms":{:.4f},"cpu_ms_per_operation":{:.5f},"peak_kib":{}}})"
             "\n",
             count / seconds, all[all.size() / 2], all[all.size() * 99 / 100], (own_cpu_ms() - cpu) / count, own_peak_kib());
}

// SQLite with a table like that of the activities.
class Table {
 public:
  explicit Table(const std::filesystem::path& file) {
    check(sqlite3_open(file.c_str(), &database_));
    for (const char* sql :
         {"PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL",
          "CREATE TABLE activity (id BLOB PRIMARY KEY, place TEXT, kind TEXT, started_at INTEGER, ended_at INTEGER, title TEXT,"
          " venue TEXT, people INTEGER, leader TEXT, audience INTEGER, materials TEXT, note TEXT, state TEXT) WITHOUT ROWID",
          "CREATE INDEX activity_by_place ON activity (place, started_at)"}) {
      check(sqlite3_exec(database_, sql, nullptr, nullptr, nullptr));
    }
    constexpr const char* insert =
        "INSERT INTO activity VALUES (randomblob(16), ?1, 'home_visit', ?2, ?2 + 7200000, '示例村入户宣传', '示例村文化广场', "
        "12, '示例甲', 80,"
        " '宣传单、灭火器、水带', '检查消火栓与灶台，讲解疏散路线，发放宣传单。检查消火栓与灶台，讲解疏散路线，发放宣传单。', "
        "'submitted')";
    check(sqlite3_prepare_v2(database_, insert, -1, &insert_, nullptr));
  }
  ~Table() {
    sqlite3_finalize(insert_);
    sqlite3_close(database_);
  }
  Table(const Table&) = delete;
  Table& operator=(const Table&) = delete;

  void insert(std::uint64_t number) {
    const std::lock_guard lock(mutex_);
    const std::string place = fmt::format("5001181122{:02}", number % 40);
    sqlite3_bind_text(insert_, 1, place.c_str(), -1, SQLITE_TRANSIENT);
    sqlite3_bind_int64(insert_, 2, static_cast<sqlite3_int64>(1'697'000'000'000 + number * 1000));
    if (sqlite3_step(insert_) != SQLITE_DONE) throw std::runtime_error(sqlite3_errmsg(database_));
    sqlite3_reset(insert_);
  }

 private:
  void check(int code) {
    if (code != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(database_));
  }
  std::mutex mutex_;
  sqlite3* database_ = nullptr;
  sqlite3_stmt* insert_ = nullptr;
};

void measure_commits(const Options& options, const std::filesystem::path& folder) {
  Table table(folder / "commits.db");
  measure(options, [&](int, std::uint64_t number) { table.insert(number); });
}

void expect(bool well, const char* what) {
  if (!well) throw std::system_error(errno, std::generic_category(), what);
}

void write_durably(const std::filesystem::path& file, const std::string& bytes, int folder) {
  const auto part = file.string() + ".part";
  const int descriptor = ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  expect(descriptor >= 0, "open");
  for (std::size_t done = 0; done < bytes.size();) {
    const auto written = ::write(descriptor, bytes.data() + done, bytes.size() - done);
    expect(written > 0, "write");
    done += static_cast<std::size_t>(written);
  }
  expect(::fsync(descriptor) == 0, "fsync");
  ::close(descriptor);
  expect(::rename(part.c_str(), file.c_str()) == 0, "rename");
  expect(::fsync(folder) == 0, "fsync of the folder");
}

void measure_files(const Options& options, const std::filesystem::path& folder) {
  std::string bytes(options.bytes, '\0');
  std::mt19937_64 random(1);
  for (std::size_t i = 0; i + 8 <= bytes.size(); i += 8) {
    const auto word = random();
    std::copy_n(reinterpret_cast<const char*>(&word), 8, &bytes[i]);
  }
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  expect(descriptor >= 0, "open the folder");
  measure(options, [&](int thread, std::uint64_t number) {
    write_durably(folder / fmt::format("{}-{}", thread, number), bytes, descriptor);
  });
  ::close(descriptor);
}

int main(int count, char** words) {
  Options options;
  CLI::App app("What the machine itself can do.");
  app.add_option("work", options.work, "commits or files")->required()->check(CLI::IsMember({"commits", "files"}));
  app.add_option("--folder", options.folder, "where to write; what is written is removed again")->required();
  app.add_option("--threads", options.threads, "at once")->check(CLI::Range(1, 1000));
  app.add_option("--seconds", options.seconds, "how long");
  app.add_option("--bytes", options.bytes, "files: of each");
  CLI11_PARSE(app, count, words);
  const auto folder = options.folder / fmt::format("raw-{}", ::getpid());
  std::filesystem::create_directories(folder);
  try {
    (options.work == "commits" ? measure_commits : measure_files)(options, folder);
  } catch (const std::exception& failure) {
    std::cerr << "bench_raw: " << failure.what() << std::endl;
    std::filesystem::remove_all(folder);
    return 1;
  }
  std::filesystem::remove_all(folder);
  return 0;
}

}  // namespace
}  // namespace wujin::bench

int main(int count, char** words) { return wujin::bench::main(count, words); }
