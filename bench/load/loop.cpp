#include "load/loop.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <vector>

#include <sys/epoll.h>
#include <unistd.h>

#include "load/usage.h"

namespace wujin::bench {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::uint64_t most_errors = 1000;

class Loop {
 public:
  Loop(Work& work, const LoopOptions& options) : work_(work), options_(options), poll_(::epoll_create1(EPOLL_CLOEXEC)) {
    clients_.resize(options.clients);
    latencies_.reserve(1U << 20U);
  }
  ~Loop() { ::close(poll_); }
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  Measured run() {
    for (unsigned client = 0; client < clients_.size(); ++client) {
      connect(client);
      begin(client);
    }
    turn_until(Clock::now() + options_.warm_up, std::nullopt);
    latencies_.clear();
    measured_ = {};
    const auto bytes = bytes_now();
    const Usage before = options_.server ? usage_of(*options_.server) : Usage();
    const double own = own_cpu_ms();
    const auto began = Clock::now();
    turn_until(began + options_.duration, options_.count);
    measured_.seconds = std::chrono::duration<double>(Clock::now() - began).count();
    measured_.client_cpu_ms = own_cpu_ms() - own;
    if (options_.server) take_usage(before);
    measured_.bytes = bytes_now() - bytes;
    sum_up();
    return std::move(measured_);
  }

 private:
  struct Client {
    std::unique_ptr<Connection> connection;
    int step = 0;
    Clock::time_point began;
  };

  void connect(unsigned client) {
    Client& one = clients_[client];
    if (one.connection) bytes_of_closed_ += one.connection->bytes();
    one.connection = std::make_unique<Connection>(options_.endpoint);
    epoll_event event{};
    event.events = EPOLLIN | EPOLLOUT | EPOLLET;
    event.data.u32 = client;
    ::epoll_ctl(poll_, EPOLL_CTL_ADD, one.connection->socket(), &event);
  }

  void begin(unsigned client) {
    clients_[client].step = 0;
    clients_[client].began = Clock::now();
    send(client);
  }
  void send(unsigned client) {
    Client& one = clients_[client];
    settle(client, one.connection->start(work_.exchange(client, one.step)));
  }

  // Answers are rarely there at once, so this hardly ever nests.
  void settle(unsigned client, Connection::State state) {
    Client& one = clients_[client];
    if (state == Connection::State::waiting) return;
    const int status = one.connection->status();
    if (state == Connection::State::broken || status < 200 || status >= 300) {
      fail(client,
           state == Connection::State::broken ? "connection lost" : std::to_string(status) + " " + one.connection->body());
      return;
    }
    work_.answered(client, one.step, one.connection->body());
    if (++one.step < work_.steps()) {
      send(client);
      return;
    }
    latencies_.push_back(std::chrono::duration<float, std::milli>(Clock::now() - one.began).count());
    ++measured_.operations;
    if (!is_over(Clock::now())) begin(client);
  }

  void fail(unsigned client, const std::string& why) {
    if (measured_.first_error.empty()) measured_.first_error = why.substr(0, 300);
    if (++measured_.errors > most_errors) throw std::runtime_error("too many errors, the first: " + measured_.first_error);
    connect(client);
    begin(client);
  }

  bool is_over(Clock::time_point now) const { return count_ ? measured_.operations >= *count_ : now >= ends_; }

  void turn_until(Clock::time_point ends, std::optional<std::uint64_t> count) {
    ends_ = ends;
    count_ = count;
    auto next_look = Clock::now();
    std::array<epoll_event, 64> events{};
    // Whoever stopped when the phase before ended goes on.
    for (unsigned client = 0; client < clients_.size(); ++client) {
      if (clients_[client].step >= work_.steps()) begin(client);
    }
    while (!is_over(Clock::now())) {
      const int ready = ::epoll_wait(poll_, events.data(), static_cast<int>(events.size()), 20);
      for (int i = 0; i < ready; ++i) {
        const unsigned client = events[static_cast<std::size_t>(i)].data.u32;
        if (clients_[client].step < work_.steps()) settle(client, clients_[client].connection->advance());
      }
      if (options_.server && Clock::now() >= next_look) {
        measured_.server_anonymous_kib = std::max(measured_.server_anonymous_kib, anonymous_kib_of(*options_.server));
        next_look = Clock::now() + std::chrono::milliseconds(100);
      }
    }
  }

  std::uint64_t bytes_now() const {
    std::uint64_t bytes = bytes_of_closed_;
    for (const Client& client : clients_) bytes += client.connection->bytes();
    return bytes;
  }

  void take_usage(const Usage& before) {
    const Usage after = usage_of(*options_.server);
    measured_.server_cpu_ms = after.cpu_ms - before.cpu_ms;
    measured_.server_background_ms = after.background_ms - before.background_ms;
    measured_.server_peak_kib = after.peak_kib;
    measured_.server_anonymous_kib = std::max(measured_.server_anonymous_kib, after.anonymous_kib);
  }

  void sum_up() {
    if (latencies_.empty()) return;
    std::ranges::sort(latencies_);
    const auto at = [&](double share) {
      return latencies_[std::min(latencies_.size() - 1,
                                 static_cast<std::size_t>(share * static_cast<double>(latencies_.size())))];
    };
    measured_.p50_ms = at(0.5);
    measured_.p99_ms = at(0.99);
    measured_.max_ms = latencies_.back();
  }

  Work& work_;
  const LoopOptions& options_;
  int poll_;
  std::vector<Client> clients_;
  std::vector<float> latencies_;
  Measured measured_;
  std::uint64_t bytes_of_closed_ = 0;
  Clock::time_point ends_;
  std::optional<std::uint64_t> count_;
};

}  // namespace

Measured run(Work& work, const LoopOptions& options) { return Loop(work, options).run(); }

}  // namespace wujin::bench
