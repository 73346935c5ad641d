#include "load/usage.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

namespace wujin::bench {
namespace {

namespace fs = std::filesystem;

struct Times {
  double cpu_ms = 0;
  int policy = SCHED_OTHER;
};

// utime, stime and policy are fields 14, 15 and 41; the name in parentheses may hold anything.
Times times_in(const fs::path& stat) {
  std::ifstream in(stat);
  std::string text((std::istreambuf_iterator<char>(in)), {});
  const auto name_end = text.rfind(')');
  if (name_end == std::string::npos) return {};
  std::istringstream fields(text.substr(name_end + 2));
  std::string field;
  Times times;
  const double tick_ms = 1000.0 / static_cast<double>(sysconf(_SC_CLK_TCK));
  for (int number = 3; number <= 41 && fields >> field; ++number) {
    if (number == 14 || number == 15) times.cpu_ms += std::stod(field) * tick_ms;
    if (number == 41) times.policy = std::stoi(field);
  }
  return times;
}

std::int64_t kib_in(pid_t process, const std::string& key) {
  std::ifstream in("/proc/" + std::to_string(process) + "/status");
  std::string line;
  while (std::getline(in, line)) {
    if (line.starts_with(key + ":")) return std::stoll(line.substr(key.size() + 1));
  }
  return 0;
}

}  // namespace

Usage usage_of(pid_t process) {
  const fs::path folder = "/proc/" + std::to_string(process);
  Usage usage;
  usage.cpu_ms = times_in(folder / "stat").cpu_ms;
  std::error_code error;
  for (const auto& task : fs::directory_iterator(folder / "task", error)) {
    const auto times = times_in(task.path() / "stat");
    if (times.policy == SCHED_IDLE) usage.background_ms += times.cpu_ms;
  }
  usage.peak_kib = kib_in(process, "VmHWM");
  usage.anonymous_kib = anonymous_kib_of(process);
  return usage;
}

std::int64_t anonymous_kib_of(pid_t process) { return kib_in(process, "RssAnon"); }

double own_cpu_ms() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto ms = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) * 1000 + static_cast<double>(time.tv_usec) / 1000;
  };
  return ms(used.ru_utime) + ms(used.ru_stime);
}

}  // namespace wujin::bench
