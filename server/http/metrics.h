#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "http/router.h"

namespace wujin::http {

// A figure that only grows. Safe to share between threads.
class Counter {
 public:
  void add(std::uint64_t count = 1) { value_.fetch_add(count, std::memory_order_relaxed); }
  std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_{0};
};

// The figures of the running server as Prometheus reads them. Rooms register their own while the application is built.
class Metrics {
 public:
  // `labels` as in `kind="retry"`, or empty. The counter lives as long as the metrics; the same name and labels give the same
  // one.
  Counter& counter(std::string_view name, std::string_view explanation, std::string_view labels = "");
  // `read` is called on the thread that renders; it must not block.
  void gauge(std::string_view name, std::string_view explanation, std::function<double()> read);

  // Makes room for the routes; called once by the server before it answers.
  void watch(const Router& router);
  // `route` counts as in the router; no_route for what matched none.
  static constexpr std::size_t no_route = static_cast<std::size_t>(-1);
  void begin() { in_flight_.fetch_add(1, std::memory_order_relaxed); }
  void end(std::size_t route, unsigned status, std::chrono::microseconds duration);

  std::string render() const;

 private:
  static constexpr std::array<double, 11> bounds = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 30};

  struct RouteFigures {
    std::string labels;
    std::array<std::atomic<std::uint64_t>, 6> by_class{};
    std::array<std::atomic<std::uint64_t>, bounds.size() + 1> buckets{};
    std::atomic<std::uint64_t> microseconds{0};
  };
  struct Registered {
    std::string name;
    std::string explanation;
    std::string labels;
    Counter counter;
  };
  struct Gauge {
    std::string name;
    std::string explanation;
    std::function<double()> read;
  };

  void render_requests(std::string& out) const;
  void render_registered(std::string& out) const;

  std::deque<RouteFigures> routes_;  // the last is for what matched no route
  std::atomic<std::int64_t> in_flight_{0};
  mutable std::mutex mutex_;
  std::deque<Registered> counters_;
  std::vector<Gauge> gauges_;
};

}  // namespace wujin::http
