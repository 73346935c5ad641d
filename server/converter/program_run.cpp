#include "converter/program_run.h"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <system_error>

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace wujin::converter {
namespace {

using Steady = std::chrono::steady_clock;

// How soon a request to stop is noticed.
constexpr std::chrono::milliseconds glance{100};
// More than this it may not write into one file.
constexpr rlim_t largest_file = 512UL * 1024 * 1024;

[[noreturn]] void fail(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

// All that the child needs, made before the fork: between fork and exec nothing may allocate.
class Prepared {
 public:
  explicit Prepared(const Invocation& invocation)
      : program_(invocation.program.string()), folder_(invocation.folder.string()), words_(invocation.words.string()) {
    texts_ = {program_};
    texts_.insert(texts_.end(), invocation.arguments.begin(), invocation.arguments.end());
    const char* path = std::getenv("PATH");
    settings_ = {"HOME=" + folder_, "TMPDIR=" + folder_, "LANG=C.UTF-8",
                 "PATH=" + std::string(path != nullptr ? path : "/usr/bin:/bin")};
    user_map_ = std::to_string(::geteuid()) + ' ' + std::to_string(::geteuid()) + " 1";
    group_map_ = std::to_string(::getegid()) + ' ' + std::to_string(::getegid()) + " 1";
    arguments_ = pointers_to(texts_);
    environment_ = pointers_to(settings_);
  }

  // In the child: becomes the program.
  [[noreturn]] void become() const {
    ::setpgid(0, 0);
    leave_the_network();
    const rlimit limit{largest_file, largest_file};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    ::signal(SIGPIPE, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    const int nothing = ::open("/dev/null", O_RDONLY);
    const int words = ::open(words_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, S_IRUSR | S_IWUSR);
    ::dup2(nothing, STDIN_FILENO);
    ::dup2(words, STDOUT_FILENO);
    ::dup2(words, STDERR_FILENO);
    ::close_range(STDERR_FILENO + 1, ~0U, 0);
    if (::chdir(folder_.c_str()) == 0) ::execve(program_.c_str(), arguments_.data(), environment_.data());
    ::_exit(127);
  }

 private:
  static std::vector<char*> pointers_to(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    pointers.reserve(texts.size() + 1);
    for (std::string& text : texts) pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
  }

  static void write_file(const char* path, std::string_view text) {
    const int file = ::open(path, O_WRONLY | O_CLOEXEC);
    if (file < 0) return;
    [[maybe_unused]] const ssize_t written = ::write(file, text.data(), text.size());
    ::close(file);
  }

  // A user of its own may have a network of its own: an empty one. Who is asked is still the same user everywhere else. Where the
  // kernel refuses, the program runs as it is.
  void leave_the_network() const {
    if (::unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0) return;
    write_file("/proc/self/setgroups", "deny");
    write_file("/proc/self/uid_map", user_map_);
    write_file("/proc/self/gid_map", group_map_);
  }

  std::string program_;
  std::string folder_;
  std::string words_;
  std::vector<std::string> texts_;
  std::vector<std::string> settings_;
  std::string user_map_;
  std::string group_map_;
  std::vector<char*> arguments_;
  std::vector<char*> environment_;
};

// A program on its way, the leader of its group. Its number stays its own until it is taken away here.
class Child {
 public:
  explicit Child(const Prepared& prepared) : number_(::fork()) {
    if (number_ < 0) fail("fork");
    if (number_ == 0) prepared.become();
    ::setpgid(number_, number_);  // whichever of the two comes first
    watch_ = static_cast<int>(::syscall(SYS_pidfd_open, number_, 0));
    if (watch_ >= 0) return;
    const int cause = errno;
    take_away();
    errno = cause;
    fail("pidfd_open");
  }
  ~Child() {
    if (number_ > 0) take_away();
    if (watch_ >= 0) ::close(watch_);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  bool ends_within(std::chrono::milliseconds time) const {
    pollfd ended{watch_, POLLIN, 0};
    return ::poll(&ended, 1, static_cast<int>(time.count())) > 0;
  }

  // Kills what is left of the group; answers how the leader ended, as waitpid says it.
  int take_away() {
    ::kill(-number_, SIGKILL);
    int status = 0;
    while (::waitpid(number_, &status, 0) < 0 && errno == EINTR) {
    }
    number_ = -1;
    return status;
  }

 private:
  pid_t number_;
  int watch_ = -1;
};

}  // namespace

Ending run(const Invocation& invocation, const std::stop_token& stop) {
  const Prepared prepared(invocation);
  const auto deadline = Steady::now() + invocation.time_limit;
  Child child(prepared);
  while (!child.ends_within(glance)) {
    if (stop.stop_requested()) return Ending::stopped;
    if (Steady::now() >= deadline) return Ending::too_slow;
  }
  const int status = child.take_away();
  return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? Ending::done : Ending::failed;
}

}  // namespace wujin::converter
