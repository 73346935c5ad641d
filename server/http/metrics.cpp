#include "http/metrics.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include <fmt/format.h>

namespace wujin::http {
namespace {

std::uint64_t resident_bytes() {
  std::FILE* file = std::fopen("/proc/self/statm", "re");
  if (!file) return 0;
  unsigned long size = 0;
  unsigned long resident = 0;
  const int read = std::fscanf(file, "%lu %lu", &size, &resident);
  std::fclose(file);
  return read == 2 ? resident * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE)) : 0;
}

void describe(std::string& out, std::string_view name, std::string_view explanation, std::string_view type) {
  out += fmt::format("# HELP {0} {1}\n# TYPE {0} {2}\n", name, explanation, type);
}

}  // namespace

Counter& Metrics::counter(std::string_view name, std::string_view explanation, std::string_view labels) {
  const std::lock_guard lock(mutex_);
  for (Registered& known : counters_) {
    if (known.name == name && known.labels == labels) return known.counter;
  }
  Registered& added = counters_.emplace_back();
  added.name = name;
  added.explanation = explanation;
  added.labels = labels;
  return added.counter;
}

void Metrics::gauge(std::string_view name, std::string_view explanation, std::function<double()> read) {
  const std::lock_guard lock(mutex_);
  gauges_.push_back({std::string(name), std::string(explanation), std::move(read)});
}

void Metrics::watch(const Router& router) {
  routes_.clear();
  for (const auto& listing : router.list()) {
    routes_.emplace_back().labels = fmt::format("route=\"{}\",method=\"{}\"", listing.pattern, name_of(listing.method));
  }
  routes_.emplace_back().labels = "route=\"\",method=\"\"";
}

void Metrics::end(std::size_t route, unsigned status, std::chrono::microseconds duration) {
  in_flight_.fetch_sub(1, std::memory_order_relaxed);
  RouteFigures& figures = route < routes_.size() ? routes_[route] : routes_.back();
  figures.by_class[std::min(status / 100, 5u)].fetch_add(1, std::memory_order_relaxed);
  const double seconds = static_cast<double>(duration.count()) / 1e6;
  std::size_t bucket = 0;
  while (bucket < bounds.size() && seconds > bounds[bucket]) ++bucket;
  figures.buckets[bucket].fetch_add(1, std::memory_order_relaxed);
  figures.microseconds.fetch_add(static_cast<std::uint64_t>(duration.count()), std::memory_order_relaxed);
}

void Metrics::render_requests(std::string& out) const {
  describe(out, "wujin_http_requests_total", "Requests answered.", "counter");
  for (const RouteFigures& route : routes_) {
    for (std::size_t status = 1; status < route.by_class.size(); ++status) {
      const auto count = route.by_class[status].load(std::memory_order_relaxed);
      if (count > 0) out += fmt::format("wujin_http_requests_total{{{},status=\"{}xx\"}} {}\n", route.labels, status, count);
    }
  }
  describe(out, "wujin_http_request_seconds", "Time from a whole header to the last byte of the answer.", "histogram");
  for (const RouteFigures& route : routes_) {
    std::uint64_t sum = 0;
    std::array<std::uint64_t, bounds.size() + 1> sums{};
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] = sum += route.buckets[i].load(std::memory_order_relaxed);
    if (sum == 0) continue;
    for (std::size_t i = 0; i < bounds.size(); ++i) {
      out += fmt::format("wujin_http_request_seconds_bucket{{{},le=\"{}\"}} {}\n", route.labels, bounds[i], sums[i]);
    }
    out += fmt::format("wujin_http_request_seconds_bucket{{{},le=\"+Inf\"}} {}\n", route.labels, sum);
    out += fmt::format("wujin_http_request_seconds_sum{{{}}} {:.6f}\n", route.labels,
                       static_cast<double>(route.microseconds.load(std::memory_order_relaxed)) / 1e6);
    out += fmt::format("wujin_http_request_seconds_count{{{}}} {}\n", route.labels, sum);
  }
}

void Metrics::render_registered(std::string& out) const {
  const std::lock_guard lock(mutex_);
  std::vector<const Registered*> sorted;  // the lines of one name must stand together
  for (const Registered& entry : counters_) sorted.push_back(&entry);
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto* a, const auto* b) { return a->name < b->name; });
  std::string_view described;
  for (const Registered* entry : sorted) {
    if (described != entry->name) describe(out, entry->name, entry->explanation, "counter");
    described = entry->name;
    const std::string labels = entry->labels.empty() ? "" : "{" + entry->labels + "}";
    out += fmt::format("{}{} {}\n", entry->name, labels, entry->counter.value());
  }
  for (const Gauge& entry : gauges_) {
    describe(out, entry.name, entry.explanation, "gauge");
    out += fmt::format("{} {}\n", entry.name, entry.read());
  }
}

std::string Metrics::render() const {
  std::string out;
  render_requests(out);
  describe(out, "wujin_http_requests_in_flight", "Requests being answered.", "gauge");
  out += fmt::format("wujin_http_requests_in_flight {}\n", in_flight_.load(std::memory_order_relaxed));
  describe(out, "process_resident_memory_bytes", "Resident memory size in bytes.", "gauge");
  out += fmt::format("process_resident_memory_bytes {}\n", resident_bytes());
  render_registered(out);
  return out;
}

}  // namespace wujin::http
